"""Submit, sign, send back, take back: each an act of one person about one exact text."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from towns.language.bilingual import LANGUAGES
from towns.models import Article, Document, TrailEntry, User
from towns.publishing.notices import (
    tell_about_sending_back,
    tell_about_signed,
    tell_about_step,
)
from towns.publishing.readiness import note_faults, stops
from towns.publishing.refusal import NotReadyError, RefusedError, TextChangedError
from towns.publishing.road import (
    SIGNED_BY,
    Road,
    Step,
    corrects,
    current_of,
    is_same_text,
    objection,
    road_of,
    text_of,
    written_languages,
)
from towns.publishing.trail import hold_the_end, note


def lock(article: Article) -> Article:
    """The article as it is now, locked until commit; every act on its road begins here.

    Locks of rows leave their keys free here and everywhere: whoever names a record in a row of
    its own asks for its key at commit, and then holds the end of the trail that we wait for.
    Raises `RefusedError`.
    """
    locked = Article.objects.select_for_update(of=("self",), no_key=True)
    found = locked.filter(pk=article.pk).first()
    if found is None:
        raise RefusedError(_("This article is no longer there."))
    return found


@transaction.atomic
def submit(
    article: Article, *, by: User, languages: Sequence[str], due_at: dt.datetime | None = None
) -> TrailEntry:
    """Hand the text in these languages to the first stage. Nobody writes in it from then on.

    Raises `RefusedError`, `NotReadyError`.
    """
    article = lock(article)
    if article.is_in_review:
        raise RefusedError(_("This article is being reviewed already."))
    languages = _checked_languages(article, languages)
    text, current = text_of(article, languages), current_of(article)
    if not corrects(text, current):
        # A note left over from an earlier try would go out with something that corrects nothing.
        article.note_zh = article.note_en = ""
        article.save(update_fields=["note_zh", "note_en"])
        text = text_of(article, languages)
    if current and is_same_text(text.content, current.document.content):
        raise RefusedError(_("The public reads exactly this text already."))
    faults = note_faults(article, languages) if corrects(text, current) else []
    if findings := [*stops(article), *faults]:
        raise NotReadyError(findings)
    if (document := text.keep()).is_erased:
        raise RefusedError(_("Exactly this text was erased: change it before you submit it."))
    entry = note(
        TrailEntry.Act.SUBMITTED,
        article,
        by=by,
        document=document,
        details={"languages": languages, "due_at": due_at},
    )
    article.submission, article.due_at = entry, due_at
    article.save(update_fields=["submission", "due_at"])
    tell_about_next(road_of(article))
    return entry


def _checked_languages(article: Article, languages: Sequence[str]) -> list[str]:
    """In fixed order; a language that the public reads already goes along."""
    current = current_of(article)
    public = current.document.content["languages"] if current else []
    wanted = [code for code in LANGUAGES if code in languages or code in public]
    if not wanted:
        raise RefusedError(_("Choose at least one language."))
    if set(wanted) - set(written_languages(article)):
        raise RefusedError(_("A language that goes out needs its title."))
    return wanted


@transaction.atomic
def take_back(article: Article, *, by: User, reason: str = "") -> TrailEntry:
    """The writers' text again. What was signed holds on, as long as the text is the same."""
    article = lock(article)
    _must_be_in_review(article)
    entry = note(TrailEntry.Act.TAKEN_BACK, article, by=by, reason=reason)
    _leave_review(article)
    return entry


@transaction.atomic
def sign(article: Article, *, by: User, digest: str, step: str) -> TrailEntry:
    """Sign the step that waits, for exactly the text with this digest.

    `step` is the key of the step that the person meant. Raises `RefusedError`, and
    `TextChangedError` where the text is no longer the one that was read.
    """
    article = lock(article)
    _must_be_in_review(article)
    hold_the_end()
    road = road_of(article)
    meant = next((one for one in road.steps if one.key == step), None)
    if meant is None:
        raise RefusedError(_("This stage was removed. Please look again at what waits now."))
    must_be_read(road, digest)
    must_be_next(road, meant)
    if said := objection(road, meant, by):
        raise RefusedError(said)
    entry = note(
        SIGNED_BY[meant.role],
        article,
        by=by,
        document=road.text.keep(),
        stage=meant.stage,
        details=as_it_was(road, meant),
    )
    tell_about_next(road_of(article))
    return entry


@transaction.atomic
def send_back(article: Article, *, by: User, digest: str, step: str, reason: str) -> TrailEntry:
    """Refuse the text with a reason; it is the writers' again. Raises as `sign` does."""
    if not reason.strip():
        raise RefusedError(_("Say what is to be put right."))
    article = lock(article)
    _must_be_in_review(article)
    hold_the_end()
    road = road_of(article)
    meant = next((one for one in road.steps if one.key == step), None)
    if meant is None or not meant.may_sign(by):
        raise RefusedError(_("Your role does not sign this step."))
    must_be_read(road, digest)
    entry = note(
        TrailEntry.Act.SENT_BACK,
        article,
        by=by,
        document=road.text.keep(),
        stage=meant.stage,
        reason=reason.strip(),
        details=as_it_was(road, meant),
    )
    _leave_review(article)
    tell_about_sending_back(article, entry)
    return entry


def tell_about_next(road: Road) -> None:
    if road.next is None:
        tell_about_signed(road)
    else:
        tell_about_step(road, road.next)


def _leave_review(article: Article) -> None:
    article.submission = article.due_at = article.urgent_request = None
    article.save(update_fields=["submission", "due_at", "urgent_request"])


def _must_be_in_review(article: Article) -> None:
    if not article.is_in_review:
        raise RefusedError(_("This article is not being reviewed."))


def must_be_read(road: Road, digest: str) -> None:
    if digest != road.text.digest:
        message = _("The text changed while you were reading it. Nothing was signed.")
        read = Document.objects.filter(digest=digest).first()
        raise TextChangedError(message, read=read, now=road.text.keep())


def must_be_next(road: Road, step: Step) -> None:
    if step.signature:
        said = _("%(who)s has signed this step already.") % {"who": step.signature.by}
        raise RefusedError(said)
    if road.next != step:
        raise RefusedError(_("Another signature comes first."))


def as_it_was(road: Road, step: Step) -> dict[str, Any]:
    """The stage may be renamed or deleted later; the trail keeps what it was called."""
    return {
        "languages": road.text.content["languages"],
        "stage": {"order": step.stage.order, "role": step.role, "name": step.names},
        "waivers": road.waivers,
    }
