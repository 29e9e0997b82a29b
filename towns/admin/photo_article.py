"""An article begun with pictures: a draft that holds them one by one, to be written around."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from towns.admin.photo_batch import MOST, asked_photos
from towns.admin.photo_upload import keys_of
from towns.models import Article, Column, Photo, PhotoBlock, User
from towns.publishing.history import note_version

STEP = 10  # between the places of two blocks, as the editor leaves it


class BeginForm(forms.Form):
    title_zh = forms.CharField(label=_("Chinese title"), max_length=200, required=False)
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    column = forms.ModelChoiceField(label=_("Column"), queryset=Column.objects.all())

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not (said.get("title_zh") or said.get("title_en")):
            raise forms.ValidationError(_("Give it a title, in one language at least."))
        return said


def begin_article(said: dict[str, Any], photos: QuerySet[Photo], *, by: User) -> Article:
    slug = Article.objects.free_slug(said["title_en"] or said["title_zh"])
    with transaction.atomic():
        article = Article.objects.create(**said, slug=slug, created_by=by)
        PhotoBlock.objects.bulk_create(
            PhotoBlock(parent=article, region="main", ordering=place * STEP, photo=photo)
            for place, photo in enumerate(photos, start=1)
        )
        note_version(article, by=by)
    return article


class BeginsArticles:
    """For the ModelAdmin of pictures."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.begin_view)
        return [path("article/", view, name="towns_photo_article"), *super().get_urls()]

    def has_begin_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("towns.add_article")

    @admin.action(description=_("Begin an article with the selected…"), permissions=["begin"])
    def begin_article_with_selected(
        self, request: HttpRequest, queryset: QuerySet
    ) -> HttpResponseRedirect:
        url = reverse("admin:towns_photo_article")
        return HttpResponseRedirect(f"{url}?ids={keys_of(queryset[:MOST])}")

    def begin_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_begin_permission(request):
            raise PermissionDenied
        photos, back = asked_photos(request), reverse("admin:towns_photo_changelist")
        count = photos.count()
        if not count:
            self.message_user(request, gettext("Choose one or more pictures first."), messages.INFO)
            return HttpResponseRedirect(back)
        form = BeginForm(request.POST or None, initial={"column": Column.objects.first()})
        if request.method == "POST" and form.is_valid():
            article = begin_article(form.cleaned_data, photos, by=request.user)
            return HttpResponseRedirect(reverse("admin:towns_article_change", args=[article.pk]))
        said = ngettext(
            "A draft with %d picture, to be written around it.",
            "A draft with %d pictures in the order of their file names, to be written around them.",
            count,
        )
        return self.admin_site.ask(
            request,
            title=gettext("Begin an article"),
            says=[said % count],
            button=gettext("Begin"),
            back=back,
            form=form,
            opts=self.opts,
        )
