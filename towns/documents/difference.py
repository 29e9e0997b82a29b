"""What changed between two texts, word by word; each Chinese character is a word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A number with its point and commas is one word, so that 816 → 818 is one change.
_WORDS = re.compile(r"\d[\d.,]*|[^\W\d_\u3400-\u9fff]+|\s+|.", re.DOTALL)


class Mark(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    mark: Mark
    text: str

    @property
    def has_number(self) -> bool:
        return any(character.isdigit() for character in self.text)


def difference(old: str, new: str) -> list[Piece]:
    """Joining the pieces that are not added gives `old`; those not removed give `new`."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    pieces: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        pieces.extend(_pieces(tag, before[a:b], after[c:d]))
    return pieces


def _pieces(tag: str, old: list[str], new: list[str]) -> Iterable[Piece]:
    if tag == "equal":
        yield Piece(Mark.SAME, "".join(old))
        return
    if old:
        yield Piece(Mark.REMOVED, "".join(old))
    if new:
        yield Piece(Mark.ADDED, "".join(new))


# A tag, or a clause with the marks that end it: what two people change in one clause collides.
_ENDS = "，。；：！？,;:!?.\\n"
_CLAUSES = re.compile(rf"<[^>]*>|[^<{_ENDS}]+[{_ENDS}]*|[{_ENDS}]+|<")


def joined(base: str, one: str, other: str) -> str | None:
    """The base with the changes of both; None where both changed the same clause."""
    clauses = _CLAUSES.findall(base)
    changes = sorted({*_changes(clauses, one), *_changes(clauses, other)})
    merged: list[str] = []
    at, last = 0, None
    for start, end, new in changes:
        is_second_insertion = last == (start, end) and start == end
        if start < at or is_second_insertion:
            return None
        merged += [*clauses[at:start], new]
        at, last = end, (start, end)
    return "".join([*merged, *clauses[at:]])


def _changes(clauses: list[str], text: str) -> Iterable[tuple[int, int, str]]:
    """Which clauses were replaced by what."""
    after = _CLAUSES.findall(text)
    matcher = SequenceMatcher(a=clauses, b=after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield a, b, "".join(after[c:d])
