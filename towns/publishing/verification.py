"""Proof that the trail and the texts are as they were written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from towns.documents.canonical import digest_of
from towns.models import Document, Publication, TrailEntry, TrailHead
from towns.publishing.trail import entry_digest


@dataclass(frozen=True)
class Verified:
    """How much was recomputed, and the first thing that does not fit ("" where all does)."""

    entries: int
    documents: int
    publications: int
    fault: str = ""


def verify_trail(progress: Callable[[int, int], None] | None = None) -> Verified:
    """Recompute every digest and every link; stop at the first that does not fit."""
    total = TrailEntry.objects.count() + Document.objects.count() + Publication.objects.count()
    done, counts = 0, [0, 0, 0]
    for place, faults in enumerate((_trail_faults(), _document_faults(), _publication_faults())):
        for fault in faults:
            if fault:
                return Verified(*counts, fault=fault)
            counts[place] += 1
            done += 1
            if progress and (done % 500 == 0 or done == total):
                progress(done, total)
    return Verified(*counts, fault=_head_fault())


def _trail_faults() -> Iterable[str]:
    previous = ""
    entries = TrailEntry.objects.order_by("number").iterator()
    for number, entry in enumerate(entries, start=1):
        if entry.number != number:
            yield _("Trail: entry %d is missing.") % number
        elif entry.previous != previous:
            yield _("Trail: entry %d does not follow the one before it.") % number
        elif entry_digest(entry) != entry.digest:
            yield _("Trail: entry %d is not what was sealed.") % number
        else:
            yield ""
        previous = entry.digest


def _document_faults() -> Iterable[str]:
    for document in Document.objects.order_by("pk").iterator():
        is_whole = digest_of(document.body.encode()) == document.digest
        is_erased = document.is_erased and not document.body
        fits = is_whole or is_erased
        yield "" if fits else _("Document %s is not what was sealed.") % document.digest[:16]


def _publication_faults() -> Iterable[str]:
    acts = TrailEntry.objects.filter(act=TrailEntry.Act.PUBLISHED, subject_kind="article")
    sealed = {
        (entry.subject_id, entry.said["number"]): entry.document_id for entry in acts.iterator()
    }
    for publication in Publication.objects.order_by("pk").iterator():
        key = (publication.article_id, publication.number)
        fits = sealed.get(key) == publication.document_id
        said = _("Publication %(number)d of “%(title)s” is not the one in the trail.")
        yield "" if fits else said % {"number": publication.number, "title": publication}


def _head_fault() -> str:
    head = TrailHead.objects.get(pk=TrailHead.ONLY)
    last = TrailEntry.objects.order_by("-number").first()
    fits = (head.number, head.digest) == ((last.number, last.digest) if last else (0, ""))
    return "" if fits else _("Trail: the last entries are missing.")
