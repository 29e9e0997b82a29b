"""Publishing, withdrawing and erasing an article: what the public reads is one exact Document."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.documents.canonical import plain
from towns.language.bilingual import EN, LANGUAGES, ZH, pick
from towns.models import (
    Article,
    Backup,
    Document,
    MovedOn,
    Party,
    Photo,
    Project,
    Publication,
    Town,
    TrailEntry,
    User,
    Version,
)
from towns.publishing.announcing import announce
from towns.publishing.history import note_version
from towns.publishing.readiness import bundle, readiness
from towns.publishing.record import lock_fresh, open_records
from towns.publishing.refusal import NotReadyError, RefusedError
from towns.publishing.review import lock
from towns.publishing.road import Road, corrects, current_of, may_publish, road_of
from towns.publishing.trail import must_be_short, note


@transaction.atomic
def publish_article(article: Article, *, by: User, with_records: bool = False) -> Publication:
    """Show the public exactly the text that every stage has signed.

    With its unpublished records in the same act, or not at all. Raises `RefusedError` and
    `NotReadyError`; then nothing has happened.
    """
    article = lock(article)
    road = road_of(article)
    if said := obstacle(road):
        raise RefusedError(said)
    if not may_publish(road, by):
        raise RefusedError(_("You do not have the right to publish this article."))
    return release(road, by=by, with_records=with_records)


def obstacle(road: Road) -> str:
    """Why nobody may publish this text now; "" where every stage has signed it."""
    if not road.article.is_in_review:
        return _("This article has not been submitted.")
    if not road.steps:
        return _("There is no stage of review. An administrator sets up the stages first.")
    missing = [pick(step.names.get(ZH, ""), step.names.get(EN, "")) for step in unsigned(road)]
    if missing:
        return _("Signatures are missing: %s.") % ", ".join(missing)
    return ""


def unsigned(road: Road) -> list[Any]:
    return [step for step in road.steps if step.signature is None]


def release(
    road: Road, *, by: User, with_records: bool = False, urgent: TrailEntry | None = None
) -> Publication:
    """Freeze the text and show it. The caller has locked the article and checked who may."""
    article, current = road.article, current_of(road.article)
    records = lock_fresh(bundle(article)) if with_records else []
    open_records(records, by=by)
    if findings := readiness(article):
        raise NotReadyError(findings)
    is_correction = corrects(road.text, current)
    document = road.text.keep()
    article.publications.filter(is_current=True).update(is_current=False)
    publication = _make(article, document, road.text.content, by=by, is_correction=is_correction)
    if urgent:
        publication.urgent_request = urgent
        publication.save(update_fields=["urgent_request"])
    note(
        TrailEntry.Act.PUBLISHED,
        article,
        by=by,
        document=document,
        reason=urgent.reason if urgent else "",
        details={
            "number": publication.number,
            "languages": road.text.content["languages"],
            "is_correction": is_correction,
            "is_urgent": urgent is not None,
            "waivers": road.waivers,
            "records": [str(record) for record in records],
        },
    )
    _end_of_the_road(article)
    note_version(article, by=by, act=Version.Act.PUBLISHED)
    announce(records, corrected=[publication] if is_correction else [])
    return publication


def _end_of_the_road(article: Article) -> None:
    """The note of a correction went out with it; the next one begins without."""
    MovedOn.objects.filter(publication__article=article).delete()
    article.submission = article.due_at = article.urgent_request = None
    article.publish_at = article.scheduled_by = article.missed_at = None
    article.note_zh = article.note_en = ""
    article.save()


def _make(
    article: Article, document: Document, content: dict, *, by: User, is_correction: bool
) -> Publication:
    latest = article.publications.order_by("-number").first()
    now = timezone.now()
    # A clock that was set back does not make the newest publication the oldest.
    published_at = max(now, latest.published_at) if latest else now
    notes = content["note"] if is_correction else {}
    publication = Publication.objects.create(
        article=article,
        number=latest.number + 1 if latest else 1,
        document=document,
        published_at=published_at,
        published_by=by,
        slug=article.slug,
        column=article.column,
        publisher=article.publisher,
        title_zh=content["title"].get(ZH, ""),
        title_en=content["title"].get(EN, ""),
        summary_zh=content["summary"].get(ZH, ""),
        summary_en=content["summary"].get(EN, ""),
        issued_at=article.issued_at or published_at,
        lead_photo=article.lead_photo,
        is_correction=is_correction,
        note_zh=notes.get(ZH, ""),
        note_en=notes.get(EN, ""),
    )
    publication.towns.set(Town.objects.filter(code__in=_town_codes(content)))
    publication.photos.set(Photo.objects.filter(uid__in=_photo_ids(content)))
    publication.parties.set(Party.objects.filter(uid__in=_party_ids(content)))
    publication.projects.set(Project.objects.filter(slug__in=_project_slugs(content)))
    return publication


def _blocks(content: dict, kind: str) -> Iterable[dict]:
    return (block for block in content["blocks"] if block["type"] == kind)


def _town_codes(content: dict) -> set[str]:
    return {block["town"]["code"] for block in _blocks(content, "heading") if block["town"]}


def _photo_ids(content: dict) -> set[str]:
    lead = {content["lead_photo"]["id"]} if content["lead_photo"] else set()
    return lead | {block["photo"]["id"] for block in _blocks(content, "photo")}


def _party_ids(content: dict) -> set[str]:
    """Whom it names: those it lists, and those it quotes."""
    quoted = (block["party"] for block in _blocks(content, "quotation"))
    return {party["id"] for party in (*content["parties"], *quoted) if party}


def _project_slugs(content: dict) -> set[str]:
    blocks = _blocks(content, "projects")
    return {project["slug"] for block in blocks for project in block["projects"]}


# Taking it out of public --------------------------------------------------------------------


@transaction.atomic
def withdraw_article(article: Article, *, by: User, notice_zh: str, notice_en: str) -> Publication:
    """Leave a notice in the article's place; its address stays reserved. Raises `RefusedError`."""
    _must_have_right(by)
    if not (notice_zh.strip() and notice_en.strip()):
        raise RefusedError(_("The notice is needed in both languages."))
    must_be_short(notice_zh, notice_en)
    article = lock(article)
    publication = current_of(article)
    if publication is None:
        raise RefusedError(_("This article is not public."))
    publication.is_current = False
    publication.withdrawn_at = max(timezone.now(), publication.published_at)
    publication.withdrawn_by = by
    publication.notice_zh, publication.notice_en = notice_zh.strip(), notice_en.strip()
    publication.save()
    note(
        TrailEntry.Act.WITHDRAWN,
        article,
        by=by,
        document=publication.document,
        details={"number": publication.number, "notice": publication.notices},
    )
    _end_of_the_road(article)
    announce()
    return publication


@transaction.atomic
def erase_publication(
    publication: Publication, *, by: User, reason: str, words: str = ""
) -> list[str]:
    """Destroy the body of an earlier publication; its number, date and digest stay.

    With `words`, every kept text of the article that has these words goes too. Returns the
    digests whose bodies are gone. Raises `RefusedError`.
    """
    _must_have_right(by)
    if not reason.strip():
        raise RefusedError(_("Say why the body is erased."))
    article = lock(publication.article)
    publication.refresh_from_db()
    if publication.is_current:
        raise RefusedError(_("The public reads this text: correct or withdraw it first."))
    words = words.strip()
    digests = {publication.document_id} | (_with_words(article, words) if words else set())
    _must_not_be_needed(article, digests)
    gone = Document.objects.filter(digest__in=digests, erased_at__isnull=True)
    erased = sorted(gone.values_list("digest", flat=True))
    gone.update(body="", erased_at=timezone.now(), erased_by=by)
    blank = dict.fromkeys(("title_zh", "title_en", "summary_zh", "summary_en"), "")
    article.publications.filter(document__in=digests).update(**blank, note_zh="", note_en="")
    if words:
        _drop_backups_with(article, words)
    details = {"number": publication.number, "digests": erased}
    note(TrailEntry.Act.ERASED, article, by=by, reason=reason.strip(), details=details)
    return erased


def _with_words(article: Article, words: str) -> set[str]:
    # As the words stand in canonical JSON, with its quotation marks and line feeds.
    said = json.dumps(plain(words), ensure_ascii=False)[1:-1]
    kept = Document.objects.filter(body__contains=said)
    versions = Version.objects.about(article).values("document")
    trail = TrailEntry.objects.about(article).values("document")
    mine = [kept.filter(digest__in=digests) for digests in (versions, trail)]
    published = kept.filter(publications__article=article)
    # What a form was made from is kept without a version.
    seen = kept.filter(kind="cells", body__contains=f'"model":"article","pk":{article.pk},"rows":')
    return {document.digest for documents in (*mine, published, seen) for document in documents}


def _drop_backups_with(article: Article, words: str) -> None:
    """Unsaved work that has these words goes; it never counted as anything."""
    for backup in Backup.objects.at(Article, article.pk):
        if any(words in value for _name, value in backup.fields):
            backup.delete()


def _must_not_be_needed(article: Article, digests: set[str]) -> None:
    current = current_of(article)
    newest = Version.objects.about(article).first()
    if current and current.document_id in digests:
        raise RefusedError(_("The public still reads these words: correct the article first."))
    if article.is_in_review or (newest and newest.document_id in digests):
        raise RefusedError(_("The working copy still has these words: change it first."))


def _must_have_right(user: User) -> None:
    if not (user.is_active and user.has_perm("towns.withdraw_article")):
        raise RefusedError(_("You do not have the right to withdraw or erase."))


def languages_of(publication: Publication) -> list[str]:
    return [code for code in LANGUAGES if publication.titles.get(code)]
