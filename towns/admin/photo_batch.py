"""Credits and captions for many pictures in one go: what they share once, words for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from towns.admin.choices import RecordChoice, RecordChoices, fetched
from towns.admin.photo_credit import NamedCredit, credits_named
from towns.admin.photo_form import AsksForConsent
from towns.admin.photo_upload import batch_url, keys_of
from towns.language.people import is_person
from towns.language.script import is_chinese
from towns.models import Party, Photo, PhotoCredit, Town, User
from towns.publishing.announcing import announce
from towns.publishing.history import note_version

MOST = 100


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _few_lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class SharedForm(forms.Form):
    """For all pictures of the batch; what is left empty changes nothing."""

    kind = forms.ChoiceField(
        label=_("Credit"), choices=PhotoCredit.Kind.choices, initial=PhotoCredit.Kind.PHOTOGRAPHED
    )
    party = RecordChoice(
        label=_("Credited party"),
        queryset=Party.objects.all(),
        required=False,
        widget=AutocompleteSelect(PhotoCredit._meta.get_field("party"), admin.site),
    )
    towns = RecordChoices(
        label=_("Towns shown"),
        queryset=fetched(Town.objects.all()),
        required=False,
        widget=AutocompleteSelectMultiple(Photo._meta.get_field("towns"), admin.site),
    )
    caption_zh = forms.CharField(
        label=_("Chinese caption where there is none"), required=False, widget=_few_lines()
    )
    caption_en = forms.CharField(
        label=_("English caption where there is none"), required=False, widget=_few_lines()
    )
    licence = Photo._meta.get_field("licence").formfield()
    licence_url = Photo._meta.get_field("licence_url").formfield(assume_scheme="https")
    licence_ends = Photo._meta.get_field("licence_ends").formfield(widget=_day())

    def apply(self, photo: Photo) -> None:
        said = self.cleaned_data
        for name in ("licence", "licence_url", "licence_ends"):
            if said[name]:
                setattr(photo, name, said[name])
        for name in ("caption_zh", "caption_en"):
            setattr(photo, name, getattr(photo, name) or said[name])

    def apply_lists(self, photo: Photo) -> None:
        said = self.cleaned_data
        if said["party"]:
            credit(photo, kind=said["kind"], party=said["party"])
        if said["towns"]:
            photo.towns.set(said["towns"])


class WordsForm(AsksForConsent, forms.ModelForm):
    class Meta:
        model = Photo
        fields = (
            "caption_zh",
            "caption_en",
            "alt_zh",
            "alt_en",
            "taken_on",
            "shows_minors",
            "minors_consent",
        )
        widgets = {
            "caption_zh": _few_lines(),
            "caption_en": _few_lines(),
            "taken_on": _day(),
        }
        help_texts = dict.fromkeys(("alt_zh", "alt_en"), "")


class NamedForm(forms.Form):
    """One name out of the files: credit it or not, and as what it is created where it is new."""

    take = forms.BooleanField(required=False)
    kind = forms.ChoiceField(label=_("Credit"), choices=PhotoCredit.Kind.choices)
    party_kind = forms.ChoiceField(label=_("New party is"), choices=Party.Kind.choices)

    def __init__(self, *args: Any, named: NamedCredit, may_create: bool, **kwargs: Any) -> None:
        kind = Party.Kind.PERSON if is_person(named.name) else Party.Kind.MEDIA
        initial = {"take": named.party is not None, "kind": named.kind, "party_kind": kind}
        key = sha256(f"{named.kind}:{named.name}".encode()).hexdigest()[:12]
        super().__init__(*args, initial=initial, prefix=f"named-{key}", **kwargs)
        self.named = named
        self.is_ambiguous = len(named.parties) > 1
        if named.party:
            del self.fields["party_kind"]
        elif self.is_ambiguous or not may_create:
            self.fields.clear()

    def apply(self) -> None:
        if not self.cleaned_data.get("take"):
            return
        party = self.named.party or self._create()
        for photo in self.named.photos:
            credit(photo, kind=self.cleaned_data["kind"], party=party)

    def _create(self) -> Party:
        name = self.named.name[:200]
        language = {"name_zh": name} if is_chinese(name) else {"name_en": name}
        return Party.objects.create(kind=self.cleaned_data["party_kind"], **language)


def credit(photo: Photo, *, kind: str, party: Party) -> None:
    order = photo.credits.count() + 1
    PhotoCredit.objects.get_or_create(
        photo=photo, kind=kind, party=party, defaults={"order": order}
    )


@dataclass
class Batch:
    """The forms of one page; `save` keeps all of it or nothing."""

    photos: list[Photo]
    shared: SharedForm
    named: list[NamedForm]
    words: list[WordsForm]

    @classmethod
    def of(cls, photos: Sequence[Photo], data: Any, *, may_create: bool) -> "Batch":
        named = [NamedForm(data, named=one, may_create=may_create) for one in credits_named(photos)]
        words = [WordsForm(data, instance=photo, prefix=f"p{photo.pk}") for photo in photos]
        return cls(list(photos), SharedForm(data, prefix="all"), named, words)

    def __iter__(self) -> Iterator[forms.BaseForm]:
        yield from (self.shared, *self.named, *self.words)

    def is_valid(self) -> bool:
        """Asks every form, so that all that is wrong is said at once."""
        return not [form for form in self if not form.is_valid()]

    @property
    def media(self) -> forms.Media:
        return self.shared.media + (self.words[0].media if self.words else forms.Media())

    def save(self, *, by: User) -> None:
        for form in self.words:
            self.shared.apply(form.instance)
            form.save()
            self.shared.apply_lists(form.instance)
        for form in self.named:
            form.apply()
        for photo in self.photos:
            note_version(photo, by=by)
        announce(self.photos)


def asked_photos(request: HttpRequest) -> QuerySet:
    """The pictures that an address names by `ids`, in the order of their file names."""
    words = request.GET.get("ids", "").split(",")[:MOST]
    keys = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 18]
    return Photo.objects.filter(pk__in=keys).order_by("file_name", "pk")


class CreditsBatches:
    """For the ModelAdmin of pictures."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.batch_view)
        return [path("batch/", view, name="towns_photo_batch"), *super().get_urls()]

    @admin.action(description=_("Credit and caption the selected…"), permissions=["change"])
    def credit_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return HttpResponseRedirect(batch_url(list(queryset[:MOST])))

    def batch_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._show_batch(request, self._batch(request, asked_photos(request)))
        with transaction.atomic():
            locked = asked_photos(request).select_for_update(of=("self",), no_key=True)
            batch = self._batch(request, locked, data=request.POST)
            if not batch.is_valid():
                return self._show_batch(request, batch)
            batch.save(by=request.user)
        count = len(batch.photos)
        said = ngettext("%d picture saved.", "%d pictures saved.", count) % count
        self.message_user(request, said, messages.SUCCESS)
        if "begin" in request.POST and request.user.has_perm("towns.add_article"):
            url = f"{reverse('admin:towns_photo_article')}?ids={keys_of(batch.photos)}"
            return HttpResponseRedirect(url)
        return HttpResponseRedirect(reverse("admin:towns_photo_changelist"))

    def _batch(self, request: HttpRequest, asked: QuerySet, data: Any = None) -> Batch:
        """Without those that are public: a change of theirs is proposed on their own page."""
        public = set(Photo.objects.public().filter(pk__in=asked.order_by().values("pk")))
        if public and data is None:
            said = ngettext(
                "%d picture is public and not shown here: propose its change on its own page.",
                "%d pictures are public and not shown here: propose changes on their own pages.",
                len(public),
            )
            self.message_user(request, said % len(public), messages.WARNING)
        photos = asked.prefetch_related("credits__party", "towns")
        may_create = request.user.has_perm("towns.add_party")
        return Batch.of([one for one in photos if one not in public], data, may_create=may_create)

    def _show_batch(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Credit and caption"),
            "opts": self.opts,
            "batch": batch,
            "media": batch.media,
            "has_errors": any(form.errors for form in batch if form.is_bound),
        }
        return TemplateResponse(request, "admin/towns/photo/batch.html", context)
