"""纠错: a reader tells the desk of an error, from the page on which it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from towns.language.bilingual import current_language
from towns.models import Page, Project, Publication, Ranking, RankingEdition, ReaderLetter, Town
from towns.models.reader import (
    LONGEST_ADDRESS,
    LONGEST_ANSWER_TO,
    LONGEST_LETTER,
    LONGEST_WORDS,
)
from towns.views import errors
from towns.views.reader import ReaderForm, from_this_site, line_field, seconds_to_wait, text_field


class LetterForm(ReaderForm):
    words = text_field(
        _("The words on the page (optional)"),
        most=LONGEST_WORDS,
        missing="",
        rows=2,
        required=False,
        help_text=_("Copy here what is wrong. Words that you had selected are here already."),
    )
    message = text_field(
        _("What is wrong, and what would be right?"),
        most=LONGEST_LETTER,
        missing=_("Please say what is wrong."),
        rows=6,
        help_text=_("If you know a source, name it."),
    )
    answer_to = line_field(
        _("How we can answer you (optional)"),
        most=LONGEST_ANSWER_TO,
        required=False,
        help_text=_(
            "Such as an e-mail address or a telephone number. It is used for nothing else."
        ),
    )


@dataclass(frozen=True)
class Subject:
    """The page that a letter is about: its address, and the public record that stands there."""

    address: str = ""
    kind: str = ""
    permanent_id: str = ""
    title: str = ""


# By the name of the address: what it is called in the change log, and where to look for it. Only
# what is public is looked for, so that nobody learns of a draft by asking.
_RECORDS: dict[str, tuple[str, Callable[..., QuerySet]]] = {
    "article-detail": ("article", lambda slug: Publication.objects.public().filter(slug=slug)),
    "town-detail": ("town", lambda code: Town.objects.public().filter(code=code)),
    "project-detail": ("project", lambda slug: Project.objects.public().filter(slug=slug)),
    "page-detail": ("page", lambda slug: Page.objects.public().filter(slug=slug)),
    "ranking-comparison": ("ranking", lambda slug: Ranking.objects.public().filter(slug=slug)),
    "ranking-edition": (
        "ranking-edition",
        lambda slug, year: (
            RankingEdition.objects.public()
            .filter(ranking__slug=slug, year=year)
            .select_related("ranking")
        ),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@from_this_site
def report(request: HttpRequest) -> HttpResponse:
    subject = subject_at((request.POST or request.GET).get("about", ""))
    if request.method != "POST":
        form = LetterForm(initial={"words": request.GET.get("words", "")[:LONGEST_WORDS]})
        return _page(request, subject, form)
    form = LetterForm(request.POST)
    if form.is_filled_by_program:
        return _sent(subject)
    if not form.is_valid():
        return _page(request, subject, form)
    if wait := seconds_to_wait(request, "letter"):
        said = form.cleaned_data
        typed = [said[name] for name in ("words", "message", "answer_to") if said[name]]
        return errors.too_many(request, wait=wait, written="\n\n".join(typed))
    _keep(subject, form.cleaned_data)
    return _sent(subject)


def report_sent(request: HttpRequest) -> HttpResponse:
    subject = subject_at(request.GET.get("about", ""))
    return render(request, "towns/letter_sent.html", {"subject": subject})


def subject_at(path: str) -> Subject:
    """What stands at this address of the site; nothing where it is none of ours."""
    path = path.partition("?")[0].partition("#")[0]
    is_path = path.startswith("/") and path.isprintable()
    is_ours = is_path and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    if not is_ours or len(quote(path)) > LONGEST_ADDRESS:
        return Subject()
    kind, record = _record_at(path)
    if record is None:
        return Subject(path)
    identity = record.slug if kind == "article" else record.permanent_id
    return Subject(path, kind, identity, _title(record))


def _record_at(path: str) -> tuple[str, Any]:
    try:
        with override(get_language_from_path(path) or current_language()):
            found = resolve(path)
    except Resolver404:
        return "", None
    kind, records = _RECORDS.get(found.url_name, ("", None))
    return kind, records(**found.kwargs).first() if records else None


def _title(record: Any) -> str:
    """A publication calls itself by its number as well, which says nothing to a reader."""
    return str(record).rpartition(" (")[0] if isinstance(record, Publication) else str(record)


def _keep(subject: Subject, said: dict[str, str]) -> None:
    ReaderLetter.objects.create(
        address=subject.address,
        kind=subject.kind,
        permanent_id=subject.permanent_id,
        words=said["words"],
        message=said["message"],
        answer_to=said["answer_to"],
        language=current_language(),
    )


def _page(request: HttpRequest, subject: Subject, form: LetterForm) -> HttpResponse:
    return render(request, "towns/letter.html", {"subject": subject, "form": form})


def _sent(subject: Subject) -> HttpResponse:
    about = f"?{urlencode({'about': subject.address})}" if subject.address else ""
    return HttpResponseRedirect(reverse("report-sent") + about)
