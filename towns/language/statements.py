"""What a sentence states of a town's place on a list: rank, change, years running, first time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from towns.language.numerals import EN_NUMBER, EN_ORDINAL, ZH_NUMBER, number

_PLACES = r"(?:places?|positions?|spots?|ranks?)"
_LIST = re.compile(
    r"千强|百强|强镇|榜|排行|\blists?\b|\branking\b|\btop[ -](?:\d|one|ten|hundred|thousand)",
    re.IGNORECASE,
)
# A rank within these is a rank on another list.
_OTHER_SCOPE = re.compile(
    r"全省|全市|全区|全县|省内|市内|\bin the (?:province|city|district|county)\b", re.IGNORECASE
)
_OTHER_YEAR = re.compile(
    r"(?<![较比])(?:去年|上年|前年|上一年)|(?<!from )(?<!than )\b(?:last|the previous) year\b",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[,，;；。]")
_ENTERS = re.compile(
    r"入选|上榜|登榜|跻身|登上|进入|入围|列入|"
    r"\b(?:select|list|enter|join|includ|rank|made|make|appear)[a-z]*\b",
    re.IGNORECASE,
)
# Not a rank: 位列2023年…, 第一方阵, 位居千强镇….
_NO_RANK = r"(?!\d|年|方阵|梯队|批|个|强)"
_RANK = (
    re.compile(
        rf"(?:第|no\.? ?){ZH_NUMBER}(?:[、,和及](?:第)?{ZH_NUMBER})*(?=名|位)|"
        rf"(?<=排名|位列|位居|名列)(?:全国|榜单)?第?{ZH_NUMBER}{_NO_RANK}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\brank(?:ed|ing|s)?(?: at)?(?: no\.?| number| #)? ?"
        rf"(?P<en>(?:{EN_ORDINAL}|\d[\d,]{{0,8}})"
        rf"(?:(?:,| and|, and) (?:{EN_ORDINAL}|\d{{1,6}})\b)*)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<en>\b{EN_ORDINAL}) (?:place|on the list|in the list)\b", re.IGNORECASE),
)
_NUMBERS = re.compile(rf"{EN_ORDINAL}|{EN_NUMBER}|{ZH_NUMBER}", re.IGNORECASE)
_UP = r"上升|提升|前进|前移|跃升|攀升|进步|上移"
_DOWN = r"下降|后退|下滑|下跌|退步|后移"
_CHANGE = (
    re.compile(rf"(?:(?P<up>{_UP})|(?:{_DOWN}))了?(?P<n>{ZH_NUMBER})个?(?:位次|名次|位|名)"),
    re.compile(
        rf"\b(?:(?P<up>increase|rise|improvement|climb|jump|gain|advance)|"
        rf"(?:drop|fall|decrease|decline|loss)) of (?P<n>{EN_NUMBER}) {_PLACES}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:(?P<up>up|rose|rising|climb(?:ed|ing)|jump(?:ed|ing)|gain(?:ed|ing)|"
        rf"improv(?:ed|ing)|advanc(?:ed|ing))|(?:down|fell|falling|dropp(?:ed|ing)|"
        rf"slipp(?:ed|ing)|lost|losing))(?: by)? (?P<n>{EN_NUMBER}) {_PLACES}",
        re.IGNORECASE,
    ),
)
_STREAK = (
    re.compile(rf"连续(?:第)?(?P<n>{ZH_NUMBER})(?:年|届|次|度)"),
    re.compile(
        rf"\b(?P<n>{EN_NUMBER}|{EN_ORDINAL}) (?:consecutive|straight|successive) "
        r"(?:years?|sessions?|times?|editions?)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<n>{EN_NUMBER}|{EN_ORDINAL}) (?:years?|sessions?|times?) (?:in a row|running)",
        re.IGNORECASE,
    ),
)
_FIRST = re.compile(r"首次|首度|第一次|\bfirst time\b", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """`kind` is rank, change, streak or first_time; a change of +84 is an improvement."""

    kind: str
    value: int | None
    start: int


def names_a_list(folded: str) -> bool:
    return bool(_LIST.search(folded))


def is_about_another_list(folded: str) -> bool:
    """A rank in the province or city, say, which the national list has nothing to do with."""
    return bool(_OTHER_SCOPE.search(folded))


def is_about_another_year(folded: str, start: int) -> bool:
    """去年排名第485位: the clause itself says that it is not of this edition."""
    begins = max((end.end() for end in _CLAUSE_ENDS.finditer(folded, 0, start)), default=0)
    end = _CLAUSE_ENDS.search(folded, start)
    return bool(_OTHER_YEAR.search(folded[begins : end.start() if end else len(folded)]))


def statements(folded: str) -> Iterator[Statement]:
    """All of a folded sentence that names a list, or follows one that does."""
    yield from _ranks(folded)
    for kind, patterns in (("change", _CHANGE), ("streak", _STREAK)):
        for pattern in patterns:
            for found in pattern.finditer(folded):
                value = number(found["n"])
                if value is not None:
                    falls = kind == "change" and not found["up"]
                    yield Statement(kind, -value if falls else value, found.start())
    if _LIST.search(folded) and _ENTERS.search(folded):
        for found in _FIRST.finditer(folded):
            yield Statement("first_time", None, found.start())


def _ranks(folded: str) -> Iterator[Statement]:
    taken: set[int] = set()
    for pattern in _RANK:
        for found in pattern.finditer(folded):
            group = "en" if "en" in pattern.groupindex else 0
            for one in _NUMBERS.finditer(found[group]):
                value, start = number(one[0]), found.start(group) + one.start()
                if value and start not in taken:
                    taken.add(start)
                    yield Statement("rank", value, start)
