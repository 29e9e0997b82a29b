"""A rank in the text of a town's section, laid beside the rank that the record holds."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from towns.language.script import fold
from towns.language.sentences import sentences
from towns.language.statements import (
    is_about_another_list,
    is_about_another_year,
    names_a_list,
    statements,
)
from towns.models import RankingBlock, RankingEntry, TextBlock, Town
from towns.proofing.remark import Draft, Passage, Remark, Severity

OTHER_RANK = "rank.other-than-record"
_CLAUSE = re.compile(r"[^,，;；。]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def other_ranks(draft: Draft) -> Iterator[Remark]:
    passages: dict[Any, list[Passage]] = {}
    for passage in draft.passages:
        if isinstance(passage.block, TextBlock):
            passages.setdefault(passage.block, []).append(passage)
    towns = {town for town, _blocks in draft.sections if town}
    for town, blocks in draft.sections:
        said = [passage for block in blocks for passage in passages.get(block, ())]
        if town and said:
            yield from _in_section(draft, town, said, towns - {town})


def _in_section(
    draft: Draft, town: Town, passages: Iterable[Passage], others: set[Town]
) -> Iterator[Remark]:
    entries = list(_entries(draft, town))
    names = [fold(name) for other in others for name in (other.name_zh, other.name_en) if name]
    for passage in passages if entries else ():
        if not names_a_list(fold(passage.text)):
            continue
        for sentence in sentences(passage.text):
            folded = fold(sentence)
            stated = None if any(name in folded for name in names) else _stated(folded)
            entry = _contradicted(folded, stated, entries)
            if entry is not None:
                message = _("The text says No. %(said)d; the record of %(town)s says No. %(rank)d.")
                values = {"said": stated, "town": town, "rank": entry.rank}
                block = passage.block
                yield Remark(OTHER_RANK, Severity.WARNS, message % values, block, entry)


def _entries(draft: Draft, town: Town) -> Iterable[RankingEntry]:
    """Those of the lists that the article shows, else all that are held."""
    shown = [block.edition_id for block in draft.blocks if isinstance(block, RankingBlock)]
    held = RankingEntry.objects.filter(town=town, rank__isnull=False)
    held = held.filter(edition__in=shown) if shown else held
    return held.select_related("edition__ranking", "town").order_by("-edition__year")


def _stated(folded: str) -> int | None:
    """The one rank of a sentence about this year's list; of several nobody knows whose."""
    if is_about_another_list(folded):
        return None
    ranks = [one for one in statements(folded) if one.kind == "rank"]
    clauses = [clause.start() for clause in _CLAUSE.finditer(folded)]
    if len(ranks) != 1 or any(is_about_another_year(folded, start) for start in clauses):
        return None
    return ranks[0].value


def _contradicted(
    folded: str, stated: int | None, entries: list[RankingEntry]
) -> RankingEntry | None:
    """The record that says otherwise: of the year that the sentence names, else the latest."""
    years = {int(year) for year in _YEAR.findall(folded)}
    meant = [entry for entry in entries if entry.edition.year in years] if years else entries
    if stated is None or not meant or stated in {entry.rank for entry in meant}:
        return None
    return meant[0]
