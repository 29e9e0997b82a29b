"""Texts made comparable: traditional or simplified, full or half width, straight or curly quotes.

`fold` replaces character by character, so that a place in the folded text is the same place in
the text as written: patterns look at the folded text, and what they find is cut from the other.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("traditional.txt")
_LOOKALIKES = {
    "\u00a0": " ", "\u3000": " ", "丨": "|", "│": "|", "‧": "·", "・": "·", "•": "·",
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "‐": "-", "‑": "-", "−": "-",
}  # fmt: skip
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")


def tidy(text: str) -> str:
    """Composed, without invisible characters and surrounding space; otherwise as written."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """The form that patterns and names are compared in; as long as the text itself."""
    return text if text.isascii() else text.translate(_folding())


def is_chinese(text: str) -> bool:
    """Whether it reads as Chinese: one character says as much as about two letters."""
    return 2 * len(_CHINESE.findall(text)) > len(_LATIN.findall(text))


def is_traditional(text: str) -> bool:
    """Whether at least one Chinese character in twenty is a traditional form."""
    chinese = _CHINESE.findall(text)
    traditional = sum(1 for character in chinese if character in _traditional())
    return traditional * 20 > len(chinese)


@cache
def _traditional() -> dict[str, str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    pairs = " ".join(line for line in lines if not line.startswith("#")).split()
    return {pair[0]: pair[1] for pair in pairs}


@cache
def _folding() -> dict[int, str]:
    wide = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return str.maketrans(_traditional() | wide | _LOOKALIKES)
