"""Ranks, claims and sums as records: drafts, or proposals where somebody decided already."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from towns.documents.cells import Cells, cells_of
from towns.imports.draft.blocks import column
from towns.imports.draft.facts import AMOUNT, RANK, Fact, Standing
from towns.imports.draft.hands import Hands
from towns.imports.draft.lists import YearOfList
from towns.models import Claim, Proposal, RankingEdition, RankingEntry, Source, Statistic, Town

_LONGEST_QUOTATION = 300


def keep_facts(
    facts: Iterable[Fact],
    of_list: YearOfList | None,
    *,
    source: Callable[[], Source],
    language: str,
    hands: Hands,
) -> None:
    """`source` is the article as a source; it is made when the first fact needs it."""
    by_town: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.standing is Standing.SAME:
            hands.found(fact.held, fact.claim.lines[0])
        elif fact.is_kept and fact.claim.kind == AMOUNT:
            _keep_sum(fact, source(), language, hands)
        elif fact.is_kept:
            by_town.setdefault(fact.town.pk, []).append(fact)
    if not by_town or of_list is None:
        return
    edition = _edition(of_list, source, hands)
    for of_town in by_town.values():
        _keep_entry(edition, of_town, source(), language, hands)


def _edition(of_list: YearOfList, source: Callable[[], Source], hands: Hands) -> RankingEdition:
    found = RankingEdition.objects.filter(ranking=of_list.ranking, year=of_list.year).first()
    if found is None:
        found = RankingEdition(ranking=of_list.ranking, year=of_list.year, source=source())
        found.full_clean()
        found.save()
        hands.made(found, 1)
    return found


def _keep_entry(
    edition: RankingEdition, facts: list[Fact], source: Source, language: str, hands: Hands
) -> None:
    """The entry of one town with all that is said of it; one proposal where one is needed."""
    town, line = facts[0].town, facts[0].claim.lines[0]
    entry = RankingEntry.objects.filter(edition=edition, town=town).first()
    before = cells_of(entry) if entry else None
    differs = any(fact.standing is Standing.DIFFERS for fact in facts)
    if not (edition.is_public or differs):
        entry = _written(edition, town, facts, source, language)
        (hands.changed if before else hands.made)(entry, line)
        return
    entry, after = _as_it_would_be(edition, town, facts, source, language)
    if waiting := _waiting(entry, after, is_new=before is None):
        hands.proposed(waiting, line)
        return
    proposal = hands.propose(
        entry, before=before, after=after, by=hands.by, reason=_reason(facts, source)
    )
    hands.proposed(proposal, line)


def _as_it_would_be(*wanted: Any) -> tuple[RankingEntry, Cells]:
    """Written and taken back at once: only its cells remain, for the person who decides."""
    point = transaction.savepoint()
    try:
        entry = _written(*wanted)
        return entry, cells_of(entry)
    finally:
        transaction.savepoint_rollback(point)


def _written(
    edition: RankingEdition, town: Town, facts: list[Fact], source: Source, language: str
) -> RankingEntry:
    entry = RankingEntry.objects.filter(edition=edition, town=town).first()
    if entry is None:
        entry = RankingEntry(edition=edition, town=town, source=source)
    for fact in facts:
        if fact.claim.kind == RANK:
            entry.rank, entry.source = fact.claim.value, source
    entry.full_clean()
    entry.save()
    for fact in facts:
        if fact.claim.kind != RANK:
            quoted = {column("quotation", language): _quoted(fact.claim.sentence)}
            claim = Claim(
                entry=entry, kind=fact.claim.kind, value=fact.claim.value, source=source, **quoted
            )
            claim.full_clean()
            claim.save()
    return entry


def _quoted(sentence: str) -> str:
    if len(sentence) <= _LONGEST_QUOTATION:
        return sentence
    return f"{sentence[: _LONGEST_QUOTATION - 1]}…"


def _reason(facts: Iterable[Fact], source: Source) -> str:
    sentences = dict.fromkeys(f"“{fact.claim.sentence}”" for fact in facts)
    said = _("An article says so (%(source)s): %(sentences)s")
    return said % {"source": source, "sentences": " ".join(sentences)}


def _waiting(entry: RankingEntry, after: Cells, *, is_new: bool) -> Proposal | None:
    """The same asked before, and not decided yet."""
    if is_new:
        waiting = Proposal.objects.waiting().filter(
            content_type__app_label="towns",
            content_type__model=RankingEntry._meta.model_name,
            object_id__isnull=True,
            after__isnull=False,
        )
    else:
        waiting = Proposal.objects.waiting().about(entry).filter(after__isnull=False)
    return next((one for one in waiting if _said(one.after.content) == _said(after)), None)


def _said(cells: Cells) -> tuple[Any, ...]:
    columns = cells["columns"]
    claims = sorted(
        (row["columns"]["kind"], str(row["columns"]["value"])) for row in cells["rows"]["claims"]
    )
    return columns["edition_id"], columns["town_id"], columns["rank"], claims


def _keep_sum(fact: Fact, source: Source, language: str, hands: Hands) -> None:
    """A draft: a person completes the period and words the indicator."""
    statistic = Statistic(
        town=fact.town,
        value=fact.claim.value,
        unit=Statistic.Unit.YUAN,
        qualifier=fact.claim.qualifier,
        source=source,
        **{column("indicator", language): fact.indicator},
    )
    statistic.full_clean()
    statistic.save()
    hands.made(statistic, fact.claim.lines[0])


def quote_in(source: Source, facts: Iterable[Fact], language: str) -> None:
    """Which sentences of the article its facts rest on, by their lines."""
    kept = [fact.claim for fact in facts if fact.is_kept]
    lines = dict.fromkeys(f"{claim.lines[0]}: {claim.sentence}" for claim in kept)
    setattr(source, column("note", language), "\n".join(lines))
