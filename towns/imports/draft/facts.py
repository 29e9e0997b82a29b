"""Ranks, what is said of them, and sums: each with its sentence, held against the records."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from towns.imports.article.result import Article, Claim
from towns.imports.draft.lists import LIST_CLAIMS, YearOfList
from towns.language.numerals import amounts
from towns.language.script import fold, is_chinese
from towns.models import RankingEntry, Statistic, Town

RANK, AMOUNT = "rank", "amount"
_LONGEST_INDICATOR = 80
_ZH_CLAUSE = re.compile(r"[，。；、,;：:]")
_EN_CLAUSE = re.compile(r"[,;:]\s")
_EN_LEAD = re.compile(r"^(?:and |with |of |has |the |an? |its |their )+", re.IGNORECASE)
_EN_TAIL = re.compile(r"\s(?:was|were|is|are|has|have|of|to|reached|totall?ed|amounted)\s*$")


class Standing(StrEnum):
    NEW = "new"
    SAME = "same"
    DIFFERS = "differs"
    NO_TOWN = "no-town"
    NO_LIST = "no-list"


@dataclass(frozen=True)
class Fact:
    """`held` is the record that it was held against; `is_proposed`, that a second person decides.

    `indicator` says of a sum what it is the sum of.
    """

    key: str
    claim: Claim
    town: Town | None
    standing: Standing
    is_wanted: bool
    is_proposed: bool = False
    held: RankingEntry | Statistic | None = None
    indicator: str = ""

    @property
    def can_be_kept(self) -> bool:
        return self.standing in (Standing.NEW, Standing.DIFFERS)

    @property
    def is_kept(self) -> bool:
        return self.can_be_kept and self.is_wanted


def facts_of(
    article: Article, of_list: YearOfList | None, answers: Mapping[str, str]
) -> tuple[Fact, ...]:
    return tuple(_facts(article, of_list, answers))


def _facts(
    article: Article, of_list: YearOfList | None, answers: Mapping[str, str]
) -> Iterator[Fact]:
    towns = _towns(article)
    entries = _entries(of_list, towns)
    numbers: Counter[str] = Counter()
    for claim in article.claims:
        key = f"fact-{claim.kind}-{claim.lines[0]}"
        numbers[key] += 1
        key = f"{key}-{numbers[key]}"
        town = towns.get(claim.town_code or "")
        is_wanted = answers.get(key, "1") == "1"
        if claim.kind in LIST_CLAIMS:
            entry = entries.get(town.pk) if town else None
            yield _of_list(key, claim, town, of_list, entry, is_wanted=is_wanted)
        else:
            said = answers.get(f"{key}-indicator", "").strip()
            yield _sum(key, claim, town, said or indicator_of(claim), is_wanted=is_wanted)


def _towns(article: Article) -> dict[str, Town]:
    codes = {claim.town_code for claim in article.claims if claim.town_code}
    return {town.code: town for town in Town.objects.filter(code__in=codes)}


def _entries(of_list: YearOfList | None, towns: Mapping[str, Town]) -> dict[int, RankingEntry]:
    edition = of_list.edition if of_list else None
    if edition is None:
        return {}
    entries = RankingEntry.objects.filter(edition=edition, town__in=towns.values())
    return {entry.town_id: entry for entry in entries.prefetch_related("claims")}


def _of_list(
    key: str,
    claim: Claim,
    town: Town | None,
    of_list: YearOfList | None,
    entry: RankingEntry | None,
    *,
    is_wanted: bool,
) -> Fact:
    if town is None or of_list is None:
        standing = Standing.NO_TOWN if town is None else Standing.NO_LIST
        return Fact(key, claim, town, standing, is_wanted)
    standing = _standing(claim, entry)
    is_public = of_list.edition is not None and of_list.edition.is_public
    is_proposed = is_public or standing is Standing.DIFFERS
    return Fact(key, claim, town, standing, is_wanted, is_proposed, entry)


def _standing(claim: Claim, entry: RankingEntry | None) -> Standing:
    if entry is None:
        return Standing.NEW
    if claim.kind == RANK:
        return Standing.SAME if entry.rank == claim.value else Standing.DIFFERS
    held = {(one.kind, one.value) for one in entry.claims.all()}
    return Standing.SAME if (claim.kind, claim.value) in held else Standing.NEW


def _sum(key: str, claim: Claim, town: Town | None, indicator: str, *, is_wanted: bool) -> Fact:
    if town is None:
        return Fact(key, claim, None, Standing.NO_TOWN, is_wanted, indicator=indicator)
    of_town = Statistic.objects.filter(town=town, unit=Statistic.Unit.YUAN, value=claim.value)
    held = of_town.first()
    standing = Standing.SAME if held else Standing.NEW
    return Fact(key, claim, town, standing, is_wanted, held=held, indicator=indicator)


def indicator_of(claim: Claim) -> str:
    """The words before the sum in its clause: a proposal, which a person words better."""
    found = next((one for one in amounts(fold(claim.sentence)) if one.value == claim.value), None)
    before = claim.sentence[: found.start] if found else claim.sentence
    if is_chinese(claim.sentence):
        words = _ZH_CLAUSE.split(before)[-1].strip()
    else:
        words = _EN_TAIL.sub("", _EN_LEAD.sub("", _EN_CLAUSE.split(before)[-1].strip() + " "))
    return words.strip()[-_LONGEST_INDICATOR:].strip() or claim.sentence[:_LONGEST_INDICATOR]
