"""The words of a query in a text: marked on pages, and what an excerpt is cut around."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from towns.language.bilingual import LANGUAGES, Spoken, speak
from towns.language.pinyin import read, stem
from towns.language.syllables import CHINESE, readings
from towns.search.finding import Hit
from towns.search.query import Query
from towns.search.tokens import is_chinese, word

_CHINESE_RUN = re.compile(f"[{CHINESE}]+")
# Characters of an excerpt before and after the first word found; English needs twice as many.
_BEFORE, _AFTER = 16, 56
_NAMES_BY_SOUND = 3


@dataclass(frozen=True)
class Piece:
    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Marker:
    """`by_sound` are the Chinese words that were found because they are read as was typed."""

    pattern: re.Pattern[str]
    by_sound: tuple[str, ...] = ()

    @classmethod
    def for_hits(cls, query: Query, hits: Iterable[Hit]) -> Self:
        titles = [(hit.entry.title_zh, _code(hit)) for hit in hits]
        said = (found for run in query.runs for found in _read_so(query, run, titles))
        by_sound = tuple(dict.fromkeys(said))[:_NAMES_BY_SOUND]
        forms = [_form(run, is_typing=query.is_typing) for run in query.runs]
        forms += [re.escape(name) for name in by_sound]
        forms += [_whole_word(said) for run in query.runs for said in _romanised(run)]
        # The longest first: 金利镇 is marked whole where 金利 is looked for as well.
        either = "|".join(sorted(dict.fromkeys(forms), key=len, reverse=True))
        return cls(re.compile(either or r"(?!)", re.IGNORECASE), by_sound)

    def marked(self, text: str) -> list[Piece]:
        pieces, end = [], 0
        for match in self.pattern.finditer(text):
            pieces += [Piece(text[end : match.start()]), Piece(match.group(), is_marked=True)]
            end = match.end()
        return [piece for piece in (*pieces, Piece(text[end:])) if piece.text]

    def excerpt(self, texts: dict[str, str], language: str) -> Spoken:
        """From the reader's language if the words are in it, or else from the one that has them."""
        order = sorted(LANGUAGES, key=lambda code: code != language)
        for code in order:
            if match := self.pattern.search(texts.get(code, "")):
                text = _around(texts[code], match.start(), match.end())
                return Spoken(text, code, is_fallback=code != language)
        spoken = speak(texts, language)
        return Spoken(_around(spoken.text, 0, 0), spoken.language, spoken.is_fallback)


def _form(run: str, *, is_typing: bool) -> str:
    """Chinese anywhere, a Latin word as a whole with its plural, or as far as it is typed."""
    if is_chinese(run):
        return re.escape(run)
    if is_typing:
        return rf"(?<![a-z0-9]){re.escape(run)}"
    root = re.escape(word(run).removesuffix("y"))
    return rf"(?<![a-z0-9]){root}(?:y|s|es|ies)?(?![a-z0-9])"


def _romanised(run: str) -> Iterator[str]:
    """金利镇 is Jinli in English."""
    if is_chinese(run) and len(run) > 1:
        yield from ("".join(read(form)) for form in (run, stem(run)))


def _whole_word(letters: str) -> str:
    return rf"(?<![a-z0-9]){re.escape(letters)}(?![a-z0-9])"


def _code(hit: Hit) -> str:
    return hit.entry.permanent_id if hit.kind == "town" else ""


def _read_so(query: Query, run: str, titles: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The Chinese in these titles that is read as this Latin word, or begins with its letters."""
    if is_chinese(run) or len(run) < 2:
        return
    wanted = readings(run, unfinished=query.is_typing)
    for title, code in titles:
        for chinese in _CHINESE_RUN.findall(title):
            said = read(chinese, code=code)
            if len(said) != len(chinese):
                continue
            for reading in wanted:
                yield from _stretches(chinese, said, reading)
            if not wanted and "".join(syllable[0] for syllable in said).startswith(run):
                yield chinese[: len(run)]


def _stretches(chinese: str, said: list[str], reading: tuple[str, ...]) -> Iterator[str]:
    """Where these syllables stand; the last may be unfinished only if the reading is."""
    length = len(reading)
    for start in range(len(said) - length + 1):
        heard = said[start : start + length]
        if (*heard[:-1], heard[-1][: len(reading[-1])]) == reading:
            yield chinese[start : start + length]


def _around(text: str, start: int, end: int) -> str:
    """The line of this place, cut to a length that is read at a glance."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    scale = 2 if text[first:last].isascii() else 1
    begin = first if start - first <= 2 * _BEFORE * scale else start - _BEFORE * scale
    stop = min(last, max(end, begin) + _AFTER * scale)
    # English is cut between words.
    if stop < last and " " in text[end:stop]:
        stop = text.rindex(" ", end, stop)
    if begin > first and " " in text[begin:start]:
        begin = text.index(" ", begin, start)
    return f"{'…' if begin > first else ''}{text[begin:stop].strip()}{'…' if stop < last else ''}"
