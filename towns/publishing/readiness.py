"""What stands in the way of publishing: found here, raised by the act itself."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from towns.documents.article import blocks_of
from towns.language.bilingual import EN, ZH
from towns.models import (
    Article,
    HeadingBlock,
    Photo,
    PhotoBlock,
    Project,
    ProjectsBlock,
    Publication,
    RankingBlock,
    RankingEdition,
    StatisticsBlock,
    Town,
)
from towns.proofing.checks import proof_stops
from towns.publishing.refusal import Finding


def record_readiness(record: Any) -> list[Finding]:
    """An edition goes out only if every rank lies within its size; pictures only with rights."""
    match record:
        case RankingEdition():
            return _ranks_beyond(record)
        case Town(lead_photo=Photo() as photo):
            return list(rights_faults(photo))
        case Project():
            return [fault for photo in record.photos.all() for fault in rights_faults(photo)]
    return []


def rights_faults(photo: Photo) -> Iterable[Finding]:
    """Why the picture itself may not be shown, wherever it stands; each with its cure."""
    if photo.licence_has_ended:
        said = _(
            "The licence of the picture “%(picture)s” ended on %(day)s: renew it, or choose "
            "another."
        )
        yield Finding(said % {"picture": photo, "day": photo.licence_ends.isoformat()})
    if photo.lacks_consent:
        said = _(
            "The picture “%(picture)s” shows minors without a consent: write down who consented, "
            "or choose another."
        )
        yield Finding(said % {"picture": photo})
    if photo.lacks_map_approval:
        said = _(
            "The picture “%(picture)s” shows a map without an approval number: enter it, or choose "
            "another."
        )
        yield Finding(said % {"picture": photo})


def _ranks_beyond(record: RankingEdition) -> list[Finding]:
    beyond = record.entries.filter(rank__gt=record.size).select_related("town")
    message = _("%(town)s: rank %(rank)d is beyond the %(size)d places of the list.")
    return [
        Finding(message % {"town": entry.town, "rank": entry.rank, "size": record.size})
        for entry in beyond
    ]


def readiness(article: Article) -> list[Finding]:
    """All that stands in the way; what names a `record` goes away when that is published along."""
    blocks = blocks_of(article)
    findings = [] if blocks else [Finding(_("The article has no text yet."))]
    findings.extend(_address_faults(article))
    findings.extend(_lead_faults(article, blocks))
    for number, block in enumerate(blocks, start=1):
        findings.extend(replace(finding, block=number) for finding in _faults(block))
    findings.extend(_proofed(article, blocks))
    return findings


def stops(article: Article) -> list[Finding]:
    """What no bundle cures."""
    return [finding for finding in readiness(article) if finding.record is None]


def bundle(article: Article) -> list[Any]:
    """The records that the article quotes and that are not public yet, each once."""
    records = {finding.record for finding in readiness(article) if finding.record is not None}
    return sorted(records, key=lambda record: (record._meta.model_name, record.pk))


def note_faults(article: Article, languages: Iterable[str]) -> list[Finding]:
    words = {
        ZH: _("Say in Chinese what this correction changes."),
        EN: _("Say in English what this correction changes."),
    }
    return [Finding(words[code]) for code in languages if not article.notes.get(code, "").strip()]


def _proofed(article: Article, blocks: Sequence[Any]) -> Iterable[Finding]:
    """What a proof of the draft says must not go out."""
    numbers = {block: number for number, block in enumerate(blocks, start=1)}
    for remark in proof_stops(article):
        yield Finding(remark.message, block=numbers.get(remark.block), check=remark.check)


def _address_faults(article: Article) -> Iterable[Finding]:
    """An address stays with the article that was public there, withdrawn or moved on."""
    others = Publication.objects.exclude(article=article)
    if others.filter(slug=article.slug).exists():
        yield Finding(_("Another article is or was public at this address: choose another."))


def _lead_faults(article: Article, blocks: Iterable[Any]) -> Iterable[Finding]:
    """Of a lead picture that no block shows: a block says it of its own."""
    lead = article.lead_photo
    shown = {block.photo_id for block in blocks if isinstance(block, PhotoBlock)}
    return rights_faults(lead) if lead and lead.pk not in shown else ()


def _faults(block: Any) -> Iterable[Finding]:
    match block:
        case HeadingBlock(town=town) if town and town.successor:
            said = _("%(town)s was merged into %(successor)s. Choose the town meant here.")
            yield Finding(said % {"town": town, "successor": town.successor})
        case PhotoBlock():
            yield from _photo_faults(block)
        case StatisticsBlock():
            yield from _unpublished(block.statistics.all())
        case RankingBlock():
            yield from _unpublished([block.edition])
            yield from _absent_towns(block)
        case ProjectsBlock():
            yield from _unpublished(block.projects.all())


def _photo_faults(block: PhotoBlock) -> Iterable[Finding]:
    if not block.photo.credits.exists():
        said = _("The picture “%(picture)s” has no credit.")
        yield Finding(said % {"picture": block.photo})
    if not block.photo.has_sizes:
        said = _("The smaller sizes of “%(picture)s” are not made yet.")
        yield Finding(said % {"picture": block.photo})
    yield from rights_faults(block.photo)


def _unpublished(records: Iterable[Any]) -> Iterable[Finding]:
    for record in records:
        if not record.is_public:
            said = _("“%(record)s” is not published yet.") % {"record": record}
            yield Finding(said, record=record)


def _absent_towns(block: RankingBlock) -> Iterable[Finding]:
    for town in block.towns.exclude(entries__edition=block.edition):
        said = _("%(town)s is not in %(edition)s.") % {"town": town, "edition": block.edition}
        yield Finding(said)
