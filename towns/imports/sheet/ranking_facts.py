"""Of which edition a sheet is: said by the sheet, recorded already, or asked."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from towns.imports.sheet.describing import AskError, WrongError
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import Changed, Choice, Fault, Outcome, Question
from towns.language.script import fold, tidy
from towns.models import Ranking, RankingEdition, Region, Source

T = TypeVar("T")
WHOLE, UNKNOWN, REGIONS = "whole", "unknown", "regions:"
_WHOLE_WORDS = ("whole", "全", "全部", "全国都在", "整份", "全在", "整份都在")
_UNKNOWN_WORDS = ("unknown", "说不准", "不详", "未知", "not known how far", "不知全不全")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SEPARATORS = re.compile(r"[\n;；、,，]+")
# So many sources are offered; another may be typed.
_OFFERED = 5


@dataclass(frozen=True)
class Coverage:
    is_whole: bool
    regions: tuple[Region, ...] = ()

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(region.pk for region in self.regions)


@dataclass
class Facts:
    """One edition of a sheet. `edition` is not stored yet where it is new."""

    ranking: Ranking
    year: int
    edition: RankingEdition
    size: int | None = None
    source: Source | None = None
    coverage: Coverage | None = None
    outcome: Outcome = Outcome.UNCHANGED
    changes: list[Changed] = field(default_factory=list)
    # Places of its rows in the table.
    places: list[int] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.edition.pk is None

    @property
    def is_public(self) -> bool:
        return self.edition.is_public

    @property
    def key(self) -> str:
        return f"{self.ranking.slug}-{self.year}"

    def __str__(self) -> str:
        return f"{self.ranking} {self.year}"


class Asking:
    """Collects what is wrong and what is to be asked about a whole sheet."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.faults: list[Fault] = []
        self.questions: list[Question] = []

    def read(self, read: Callable[[], T], *, key: str, at: tuple[str, int, str]) -> T | None:
        """None where it could not be read: then it was said or asked why."""
        column, row, value = at
        try:
            return read()
        except WrongError as wrong:
            self.faults.append(Fault(wrong.sentence, key, column, row, value))
        except AskError as asked:
            self._ask(asked.question, at)
        finally:
            for question in self.known.answered:
                self._ask(question, at)
            self.known.answered.clear()
        return None

    def _ask(self, question: Question, at: tuple[str, int, str]) -> None:
        column, row, value = at
        self.questions.append(
            Question(
                question.key, question.sentence, question.choices, question.answer, column, row,
                value or question.value,
            )
        )  # fmt: skip

    def ask(
        self,
        key: str,
        sentence: str,
        choices: Iterable[Choice] = (),
        *,
        typed: str | None = None,
        help: str = "",
        recorded: str = "",
    ) -> str:
        """The answer, or "". `typed` is what a typed answer begins with, None where none may be."""
        choices = tuple(choices)
        answer = self.known.answers.get(key, "") or recorded
        is_chosen = any(choice.value == answer for choice in choices)
        if not is_chosen and (typed is None or not answer.startswith(typed) or answer == typed):
            answer = ""
        self.questions.append(Question(key, sentence, choices, answer, help=help, typed=typed))
        return answer


def ranking_asked(asking: Asking) -> Ranking | None:
    """The one that the title names, or the one there is; otherwise it is asked."""
    rankings = asking.known.rankings
    if not rankings:
        asking.faults.append(Fault(_("No ranking is recorded yet. Add it first, under Rankings.")))
        return None
    title = _key(asking.known.title)
    named = [one for one in rankings if any(name in title for name in _names(one))]
    guess = named[0].slug if len(named) == 1 else ""
    choices = [Choice(one.slug, str(one)) for one in rankings]
    answer = asking.ask("ranking", _("Which ranking is this?"), choices, recorded=guess)
    return next((one for one in rankings if one.slug == answer), None)


def year_asked(asking: Asking) -> int | None:
    years = _YEAR.findall(asking.known.title)
    guess = years[0] if len(set(years)) == 1 else ""
    answer = asking.ask("year", _("Of which year?"), typed="", recorded=guess)
    if not answer:
        return None
    if not _YEAR.fullmatch(answer.strip()):
        asking.faults.append(Fault(_("Write a year, such as 2025."), "year", value=answer))
        return None
    return int(answer)


def complete(facts: Facts, asking: Asking, *, said: dict[str, Any], most: int) -> None:
    """Size, source and coverage: what the sheet says, else what is recorded, else the answer.

    `most` is the largest rank or the number of rows, as a size that may be meant.
    """
    edition = facts.edition
    facts.size = said.get("size") or (None if facts.is_new else edition.size)
    if facts.size is None:
        facts.size = _size_asked(facts, asking, most)
    facts.source = said.get("source") or (None if facts.is_new else edition.source)
    if facts.source is None:
        facts.source = _source_asked(facts, asking)
    facts.coverage = said.get("coverage") or _coverage_asked(facts, asking)
    if facts.is_new:
        facts.outcome = Outcome.CREATED
        return
    facts.changes = list(_changes(facts))
    if facts.changes:
        facts.outcome = Outcome.PROPOSED if facts.is_public else Outcome.UPDATED


def read_coverage(text: str, known: Knowledge) -> Coverage:
    """Raises WrongError."""
    said = tidy(text)
    if fold(said).casefold() in _WHOLE_WORDS:
        return Coverage(is_whole=True)
    if fold(said).casefold() in _UNKNOWN_WORDS:
        return Coverage(is_whole=False)
    parts = [part.strip() for part in _SEPARATORS.split(said.removeprefix(REGIONS))]
    regions = {known.region(part) for part in parts if part}
    return Coverage(is_whole=False, regions=tuple(sorted(regions, key=lambda one: one.code)))


def coverage_word(edition: RankingEdition) -> str:
    """As a cell says it."""
    if edition.is_whole:
        return _("whole")
    regions = sorted(edition.covered_regions.all(), key=lambda one: one.code)
    if not regions:
        return _("not known how far")
    return "、".join(f"{one.name_zh or one.name_en}（{one.code}）" for one in regions)


def _size_asked(facts: Facts, asking: Asking, most: int) -> int | None:
    others = facts.ranking.editions.values_list("size", flat=True)
    likely = sorted({*others, most} - {0})
    answer = asking.ask(
        f"{facts.key}:size",
        _("How many towns does the whole list name?"),
        [Choice(str(size), f"{size:,}") for size in likely[-4:]],
        typed="",
    )
    if not answer:
        return None
    if not (answer.isascii() and answer.isdigit() and 0 < int(answer) < 100_000):
        asking.faults.append(Fault(_("The size of a list is a number, such as 1000."), "size"))
        return None
    return int(answer)


def _source_asked(facts: Facts, asking: Asking) -> Source | None:
    sources = sorted(
        asking.known.sources,
        key=lambda one: (one.publisher_id == facts.ranking.publisher_id, one.pk),
        reverse=True,
    )
    answer = asking.ask(
        f"{facts.key}:source",
        _("Where does the list come from?"),
        [Choice(str(one.uid), str(one)) for one in sources[:_OFFERED]],
        typed="",
        help=_("Choose a source, or type the title of one."),
    )
    if not answer:
        return None
    at = ("", 0, answer)
    return asking.read(lambda: asking.known.source(answer), key="source", at=at)


def _coverage_asked(facts: Facts, asking: Asking) -> Coverage | None:
    """Never preset: it decides whether a town that is absent was not listed."""
    answer = asking.ask(
        f"{facts.key}:coverage",
        _("How much of the list %(edition)s is here?") % {"edition": facts},
        [
            Choice(WHOLE, _("All of it, every town of the country")),
            Choice(UNKNOWN, _("I cannot say")),
        ],
        typed=REGIONS,
        help=_("Where it is all here, a town that is absent was not listed."),
        recorded="" if facts.is_new else _recorded(facts.edition),
    )
    if not answer:
        return None
    at = ("", 0, answer.removeprefix(REGIONS))
    return asking.read(lambda: read_coverage(answer, asking.known), key="coverage", at=at)


def _recorded(edition: RankingEdition) -> str:
    if edition.is_whole:
        return WHOLE
    return REGIONS + coverage_word(edition) if edition.covered_regions.all() else UNKNOWN


def _changes(facts: Facts) -> Iterable[Changed]:
    edition = facts.edition
    if facts.size and facts.size != edition.size:
        yield Changed("size", str(edition.size), str(facts.size))
    if facts.source and facts.source.pk != edition.source_id:
        yield Changed("source", str(edition.source), str(facts.source))
    if facts.coverage is None:
        return
    held = frozenset(region.pk for region in edition.covered_regions.all())
    if (facts.coverage.is_whole, facts.coverage.keys) != (edition.is_whole, held):
        new = ", ".join(str(region) for region in facts.coverage.regions)
        words = {True: _("whole"), False: new or _("not known how far")}
        yield Changed("coverage", coverage_word(edition), words[facts.coverage.is_whole])


def _names(ranking: Ranking) -> list[str]:
    names = (ranking.name_zh, ranking.name_en, ranking.slug, *ranking.other_name_list)
    return [_key(name) for name in names if name]


def _key(text: str) -> str:
    return fold(tidy(text)).casefold()
