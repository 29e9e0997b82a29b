"""Readers' comments under an article, where the site takes them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from towns.language.bilingual import current_language
from towns.models import Publication, ReaderComment
from towns.models.reader import LONGEST_COMMENT, LONGEST_NAME
from towns.views import errors
from towns.views.reader import ReaderForm, from_this_site, line_field, seconds_to_wait, text_field
from towns.views.site import site_of

COMMENTS_SHOWN = 200


class CommentForm(ReaderForm):
    name = line_field(
        gettext_lazy("Your name, as it will be shown"),
        most=LONGEST_NAME,
        missing=gettext_lazy("Please give a name; it need not be your own."),
    )
    text = text_field(
        gettext_lazy("Your comment"),
        most=LONGEST_COMMENT,
        missing=gettext_lazy("Please write something."),
        rows=5,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@from_this_site
def comments(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on a page of its own: where what was typed under the article needs another look."""
    publication = _commented(request, slug)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_filled_by_program:
        return _sent(publication)
    if not form.is_valid():
        context = {"publication": publication, "comment_form": form}
        return render(request, "towns/comment.html", context)
    if wait := seconds_to_wait(request, "comment"):
        return errors.too_many(request, wait=wait, written=form.cleaned_data["text"])
    ReaderComment.objects.create(
        article_id=publication.article_id,
        name=form.cleaned_data["name"],
        text=form.cleaned_data["text"],
        language=current_language(),
    )
    return _sent(publication)


def comment_sent(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "towns/comment_sent.html", {"publication": _commented(request, slug)})


def _commented(request: HttpRequest, slug: str) -> Publication:
    site = site_of(request)
    publication = Publication.objects.public().filter(slug=slug).first()
    if publication is None or not site.takes_comments:
        raise Http404(_("There are no comments at this address."))
    return publication


def _sent(publication: Publication) -> HttpResponse:
    return HttpResponseRedirect(reverse("comment-sent", args=[publication.slug]))
