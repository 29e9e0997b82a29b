"""Lists of towns with their ranks: rows of a table, or lines such as 第816名 四会市大沙镇."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from towns.imports.article import questions
from towns.imports.article.lines import ROW, Line
from towns.imports.article.places import Places
from towns.imports.article.result import ListedTown, Question, TownList
from towns.imports.gazetteer import Mention
from towns.language.numerals import ZH_NUMBER, number
from towns.language.script import fold

_RANK = re.compile(
    rf"(?:第|No\.? ?|#)?(?P<n>(?<![\d.])\d{{1,4}}(?![\d.]\d|%|年))(?:st|nd|rd|th)?(?:名|位)?|"
    rf"第(?P<zh>{ZH_NUMBER})(?:名|位)",
    re.IGNORECASE,
)
_SAYS_RANK = re.compile(r"第|名|位|no|#|st$|nd$|rd$|th$", re.IGNORECASE)
_HEADER = re.compile(r"排名|名次|位次|\brank", re.IGNORECASE)
_LONGEST = 60


@dataclass(frozen=True)
class _Row:
    line: Line
    folded: str
    mention: Mention
    numbers: tuple[tuple[int, bool], ...]

    @property
    def says_rank(self) -> bool:
        return any(is_rank for _value, is_rank in self.numbers)


def find_lists(
    lines: list[Line], places: Places, ask: Callable[[Question], str | None]
) -> dict[int, tuple[TownList, int]]:
    """At which index a list begins, and how many lines it has."""
    rows = {index: row for index, line in enumerate(lines) if (row := _row(line, places))}
    found: dict[int, tuple[TownList, int]] = {}
    for group in _groups(rows):
        members = [rows[index] for index in group]
        if len(members) > 1 or members[0].says_rank or members[0].line.kind == ROW:
            before = lines[group[0] - 1] if group[0] else None
            has_header = before is not None and before.kind == ROW
            start = group[0] - has_header
            named = has_header and bool(_HEADER.search(fold(before.text)))
            found[start] = (
                _list(members, places, ask, is_headed=named),
                len(members) + has_header,
            )
    return found


def _groups(rows: dict[int, _Row]) -> list[list[int]]:
    groups: list[list[int]] = [[index] for index in list(rows)[:1]]
    for before, index in pairwise(rows):
        if index == before + 1:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _row(line: Line, places: Places) -> _Row | None:
    """A line with one town, its county and numbers, and nothing else."""
    if not line.text or (len(line.text) > _LONGEST and line.kind != ROW):
        return None
    folded = fold(line.text)
    mentions = places.mentions(folded)
    if len(mentions) != 1:
        return None
    before, after = folded[: mentions[0].start], folded[mentions[0].end :]
    if line.kind != ROW and any(
        places.leftover(_RANK.sub(" ", text), mentions[0]).replace(".", "")
        for text in (before, after)
    ):
        return None
    return _Row(line, folded, mentions[0], _numbers(line, before, after))


def _numbers(line: Line, before: str, after: str) -> tuple[tuple[int, bool], ...]:
    """The numbers beside the town; of a table's row those that fill a cell of their own."""
    if line.kind == ROW:
        found = [_RANK.fullmatch(fold(cell).strip()) for cell in line.text.split("\t")]
    else:
        found = [*_RANK.finditer(before), *_RANK.finditer(after)]
    return tuple(
        (value, bool(_SAYS_RANK.search(one[0])))
        for one in found
        if one and (value := number(one["n"] or one["zh"]))
    )


def _list(
    rows: list[_Row], places: Places, ask: Callable[[Question], str | None], *, is_headed: bool
) -> TownList:
    ranks = _ranks(rows, ask, is_headed=is_headed)
    towns = tuple(
        ListedTown(
            row.line.number,
            " ".join(row.line.text.split()),
            places.code(row.mention, row.folded, row.line.number),
            rank,
        )
        for row, rank in zip(rows, ranks, strict=True)
    )
    return TownList(rows[0].line.number, towns)


def _ranks(
    rows: list[_Row], ask: Callable[[Question], str | None], *, is_headed: bool
) -> list[int | None]:
    """The number that is called a rank; or the last, unless it may only count the lines."""
    called = [[value for value, is_rank in row.numbers if is_rank] for row in rows]
    plain = [[value for value, _is_rank in row.numbers] for row in rows]
    ranks = [(one or other or [None])[-1] for one, other in zip(called, plain, strict=True)]
    counting = list(range(1, len(rows) + 1))
    if ranks == counting and len(rows) > 1 and not any(called) and not is_headed:
        said = ask(questions.ranks_or_numbers(tuple(row.line.number for row in rows), len(rows)))
        return list(counting) if said == "ranks" else [None] * len(rows)
    return ranks
