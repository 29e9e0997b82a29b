"""Pinyin written together, taken apart: jinli → jin li. Also what Chinese text sounds like."""

import re
from collections.abc import Iterator
from itertools import islice

from towns.language.pinyin import read

CHINESE = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{CHINESE}]+")

_INITIALS = (
    "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x",
    "zh", "ch", "sh", "r", "z", "c", "s", "y", "w",
)  # fmt: skip
_FINALS = (
    "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong",
    "i", "ia", "ie", "iao", "iu", "ian", "in", "iang", "ing", "iong",
    "u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "v", "ve",
)  # fmt: skip
_ALONE = ("a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "er")
# Some of these sounds do not exist (bong); that costs nothing, and a list of those that do is long.
_SYLLABLES = frozenset([*_ALONE, *(initial + final for initial in _INITIALS for final in _FINALS)])
_BEGINNINGS = frozenset(whole[:length] for whole in _SYLLABLES for length in range(1, 7))
_LONGEST = max(map(len, _SYLLABLES))
# xianan is xi an an, xian an and xia nan; beyond this many readings nobody means any.
_READINGS = 6


def readings(word: str, *, unfinished: bool = False) -> list[tuple[str, ...]]:
    """The ways to take a Latin word apart into syllables; none for what is not pinyin.

    While a reader is typing, the last syllable may be unfinished: jinl → jin l.
    """
    last = _BEGINNINGS if unfinished else _SYLLABLES
    return list(islice(_readings(word, 0, _readable(word, last), last), _READINGS))


def sounds(text: str, *, code: str = "") -> list[list[str]]:
    """The syllables of each stretch of Chinese; the code of the place decides local readings."""
    return [read(run, code=code) for run in _RUN.findall(text)]


def _readable(word: str, last: frozenset[str]) -> set[int]:
    """The places from which the rest of the word can be read, so that no search runs astray."""
    readable: set[int] = set()
    for start in reversed(range(len(word))):
        if word[start:] in last or any(
            word[start:end] in _SYLLABLES and end in readable for end in _ends(word, start)
        ):
            readable.add(start)
    return readable


def _readings(
    word: str, start: int, readable: set[int], last: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """The longest syllable first."""
    if word[start:] in last:
        yield (word[start:],)
    for end in _ends(word, start):
        if end in readable and word[start:end] in _SYLLABLES:
            for others in _readings(word, end, readable, last):
                yield (word[start:end], *others)


def _ends(word: str, start: int) -> range:
    return range(min(len(word), start + _LONGEST), start, -1)
