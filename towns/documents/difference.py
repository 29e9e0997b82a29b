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
