"""信息发布审核表: what one publication was signed by, in the order of the stages."""

from dataclasses import dataclass
from typing import Any

from towns.models import Publication, TrailEntry
from towns.publishing.road import road_as_signed


@dataclass(frozen=True)
class Line:
    """A step as it was called when it was signed, or as it is called while nobody has."""

    names: dict[str, str]
    signature: TrailEntry | None = None


def sheet_of(publication: Publication) -> dict[str, Any]:
    """The steps with their signatures, the entry of the publication itself, and the waivers."""
    entry = published_entry(publication)
    steps = _lines(publication)
    before = TrailEntry.objects.about(publication.article).filter(number__lte=_last(steps, entry))
    return {
        "publication": publication,
        "article": publication.article,
        "entry": entry,
        "steps": steps,
        "waivers": entry.said["waivers"] if entry else [],
        "is_urgent": publication.urgent_request_id is not None,
        # The latest few: the sheet stays on one page.
        "refusals": before.filter(act=TrailEntry.Act.SENT_BACK).order_by("-number")[:3],
    }


def published_entry(publication: Publication) -> TrailEntry | None:
    entries = TrailEntry.objects.about(publication.article).select_related("by")
    published = entries.filter(
        act=TrailEntry.Act.PUBLISHED, document=publication.document_id
    ).order_by("number")
    return next((one for one in published if one.said["number"] == publication.number), None)


def _lines(publication: Publication) -> list[Line]:
    """From the trail, because stages may have been renamed or replaced since.

    Only what went out urgently asks the stages of today, for the signatures that are missing.
    """
    signed: dict[tuple[int, str], TrailEntry] = {}
    entries = TrailEntry.objects.about(publication.article).signatures()
    for entry in entries.filter(document=publication.document_id).order_by("number"):
        stage = entry.said["stage"]
        signed.setdefault((stage["order"], stage["role"]), entry)
    lines = [Line(entry.said["stage"]["name"], entry) for entry in signed.values()]
    if publication.urgent_request_id is None:
        return lines
    steps = road_as_signed(publication)
    return [*lines, *(Line(step.names) for step in steps if step.signature is None)]


def _last(lines: list[Line], entry: TrailEntry | None) -> int:
    numbers = [line.signature.number for line in lines if line.signature]
    return max([*numbers, entry.number if entry else 0])
