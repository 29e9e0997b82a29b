"""The screen on which a text is read and signed, before it goes out or, if urgent, afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from towns.admin.acts import LANGUAGE_NAMES
from towns.admin.strip import seals_of
from towns.language.bilingual import LANGUAGES
from towns.models import Article, Document, Publication, TrailEntry, User
from towns.publishing.readiness import bundle, readiness
from towns.publishing.refusal import RefusedError, TextChangedError
from towns.publishing.review import send_back, sign
from towns.publishing.road import (
    Road,
    current_of,
    objection,
    road_afterwards,
    road_of,
)
from towns.publishing.urgent import confirm_urgent, sign_afterwards
from towns.rendering.marked import marked

MODES = (
    ("marked", _("All, changes marked")),
    ("changes", _("Changes only")),
    ("clean", _("Clean")),
)

BOTH = "both"


@dataclass(frozen=True)
class Asked:
    """How the reader wants to see it: unknown values fall back to the first."""

    mode: str
    language: str
    against: str

    @property
    def languages(self) -> list[str]:
        return list(LANGUAGES) if self.language == BOTH else [self.language]


class ReviewsArticles:
    """For the admin of articles."""

    def get_urls(self) -> list:
        pages = (
            ("<path:object_id>/review/", self.review_view, "review"),
            ("<path:object_id>/afterwards/<int:number>/", self.afterwards_view, "afterwards"),
        )
        return [
            *(
                path(address, self.admin_site.admin_view(view), name=f"towns_article_{name}")
                for address, view, name in pages
            ),
            *super().get_urls(),
        ]

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article = self.article_or_404(request, object_id)
        if not article.is_in_review:
            self.message_user(request, _("It is not being reviewed now."), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:towns_article_change", args=[article.pk]))
        if request.method == "POST":
            return self._decide(request, article)
        return self._show(request, road_of(article))

    def afterwards_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """For what went out urgently: the same screen, on the text that the public reads."""
        article = self.article_or_404(request, object_id)
        publication = article.publications.filter(number=number).first()
        if publication is None or publication.urgent_request_id is None:
            raise Http404
        if request.method == "POST":
            return self._decide_afterwards(request, publication)
        return self._show(request, road_afterwards(publication), publication=publication)

    # Deciding --------------------------------------------------------------------------------

    def _decide(self, request: HttpRequest, article: Article) -> HttpResponse:
        said = {"by": request.user, "digest": request.POST.get("digest", "")}
        try:
            match request.POST.get("act"):
                case "sign":
                    sign(article, step=request.POST.get("step", ""), **said)
                    done = gettext("Signed.")
                case "send_back":
                    reason = request.POST.get("reason", "")
                    send_back(article, step=request.POST.get("step", ""), reason=reason, **said)
                    done = gettext("Sent back. The writers have been told.")
                case "confirm_urgent":
                    confirm_urgent(article, with_records=bool(request.POST.get("records")), **said)
                    done = gettext("It is public now, and waits to be reviewed afterwards.")
                case _:
                    raise Http404
        except RefusedError as refusal:
            return self._refused(request, article, refusal)
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:index"))

    def _refused(
        self, request: HttpRequest, article: Article, refusal: RefusedError
    ) -> HttpResponse:
        article = Article.objects.get(pk=article.pk)
        if not article.is_in_review:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:towns_article_change", args=[article.pk]))
        return self._show(request, road_of(article), refusal=refusal)

    def _decide_afterwards(self, request: HttpRequest, publication: Publication) -> HttpResponse:
        said = {name: request.POST.get(name, "") for name in ("digest", "step")}
        try:
            sign_afterwards(publication, by=request.user, **said)
        except RefusedError as refusal:
            road = road_afterwards(publication)
            return self._show(request, road, publication=publication, refusal=refusal)
        self.message_user(request, _("Signed."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:index"))

    # Showing ---------------------------------------------------------------------------------

    def _show(
        self,
        request: HttpRequest,
        road: Road,
        *,
        publication: Publication | None = None,
        refusal: RefusedError | None = None,
    ) -> HttpResponse:
        article, languages = road.article, road.text.content["languages"]
        # What was read is kept, so that a later change can be shown against it.
        road.text.keep()
        bases = _bases(article, request.user, road, publication)
        asked = _asked(request, languages, [key for key, _label, _document in bases])
        old = _old(bases, asked, refusal)
        changes = {code: _changes(old, road, code) for code in languages}
        step = road.next
        trail = TrailEntry.objects.about(article).order_by("-number")
        context = {
            **self.admin_site.each_context(request),
            "title": step.stage.name if step else gettext("All stages have signed"),
            "opts": self.opts,
            "article": article,
            "road": road,
            "step": step,
            "seals": seals_of(road, is_out=publication is not None),
            "objection": objection(road, step, request.user) if step else "",
            "signers": _signers(road),
            "papers": [(code, _blocks(old, road, asked.mode, code)) for code in asked.languages],
            "changes": sum(changes[code] for code in asked.languages),
            "signed": [(code, LANGUAGE_NAMES[code], changes[code]) for code in languages],
            "asked": asked,
            "modes": MODES,
            "languages": _language_choices(languages),
            "bases": [(key, label) for key, label, _document in bases],
            "findings": [] if publication else readiness(article),
            "records": [] if publication else bundle(article),
            "acts": [] if publication else self.offered(request, article),
            "trail": list(trail[:10]),
            "earlier": list(trail[10:60]),
            **({} if publication else self.comments_context(request, article)),
            "publication": publication,
            "may_confirm": _may_confirm(road, request.user),
            "refusal": refusal,
            # What was written is not lost when the text changed meanwhile.
            "said_reason": request.POST.get("reason", ""),
        }
        status = 409 if refusal else 200
        return TemplateResponse(request, "admin/towns/article/review.html", context, status=status)


def _asked(request: HttpRequest, languages: Sequence[str], bases: Sequence[str]) -> Asked:
    codes = [code for code, _name in _language_choices(languages)]
    return Asked(
        _choice(request.GET.get("mode"), [mode for mode, _label in MODES]),
        _choice(request.GET.get("language"), codes),
        _choice(request.GET.get("against"), [*bases, ""]),
    )


def _choice(wanted: str | None, choices: Sequence[str]) -> str:
    return wanted if wanted in choices else choices[0]


def _bases(
    article: Article, user: User, road: Road, publication: Publication | None
) -> list[tuple[str, Any, Document]]:
    """What it can be laid beside: what this person read last, and what the public reads."""
    bases = []
    mine = TrailEntry.objects.about(article).reviews().filter(by=user, document__isnull=False)
    last = mine.select_related("document").order_by("-number").first()
    if last and last.document.body:
        bases.append(("mine", gettext("my last signature or refusal"), last.document))
    current = current_of(article)
    if current and publication is None and current.document.body:
        said = gettext("publication %d") % current.number
        bases.append(("published", said, current.document))
    return bases


def _old(
    bases: list[tuple[str, Any, Document]], asked: Asked, refusal: RefusedError | None
) -> dict[str, Any] | None:
    if isinstance(refusal, TextChangedError) and refusal.read:
        return refusal.read.content
    for key, _label, document in bases:
        if key == asked.against:
            return document.content
    return None


def _language_choices(languages: Sequence[str]) -> list[tuple[str, Any]]:
    choices = [(code, LANGUAGE_NAMES[code]) for code in languages]
    return [*choices, (BOTH, "中 / EN")] if len(choices) > 1 else choices


def _changes(old: dict[str, Any] | None, road: Road, language: str) -> int:
    return sum(block.is_changed for block in marked(old, road.text.content, language))


def _blocks(old: dict[str, Any] | None, road: Road, mode: str, language: str) -> list[Any]:
    blocks = marked(None if mode == "clean" else old, road.text.content, language)
    if mode == "changes":
        return [block for block in blocks if block.is_changed]
    return blocks


def _signers(road: Road) -> list[User]:
    """Who can sign the step that waits, for those who can't."""
    if road.next is None:
        return []
    step = road.next
    groups = step.stage.proofreaders if step.role == "proof" else step.stage.reviewers
    users = User.objects.filter(groups__in=groups.all(), is_active=True).distinct()
    return [user for user in users if not objection(road, step, user)]


def _may_confirm(road: Road, user: User) -> bool:
    request = road.article.urgent_request
    is_other = request is not None and request.by_id != user.pk and user.pk not in road.savers
    return is_other and user.has_perm("towns.confirm_urgent")
