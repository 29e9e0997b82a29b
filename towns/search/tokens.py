"""Text as the small words that both databases index: 金利镇 Jinli → 金利 利镇 镇 jinli.

Every two neighbouring characters of Chinese are a token, and so is the last one alone: a phrase
of tokens is then exactly a stretch of text, and the beginning of a token any single character.

Three kinds of token begin with a letter that nobody's words have, and stand in columns of names
only: `ㄇ金利` a whole name, `ㄧjin` a syllable, `ㄕjl` the first letters of a name.
"""

import re
import unicodedata
from collections.abc import Iterable

from towns.language.pinyin import stem
from towns.language.syllables import CHINESE, sounds

_RUN = re.compile(f"[{CHINESE}]+|[a-z0-9]+")
_IGNORED = str.maketrans("", "", "'’‘`·")
NAME, SOUND, FIRST = "ㄇ", "ㄧ", "ㄕ"
# Longer stretches of Latin letters are no words, and PostgreSQL refuses very long ones.
LONGEST_TOKEN = 40


def fold(text: str) -> str:
    """What searching does not tell apart: full width, capitals, accents, apostrophes."""
    text = unicodedata.normalize("NFKC", text).lower().replace("ü", "v").translate(_IGNORED)
    if text.isascii():
        return text
    return "".join(map(_without_accent, text))


def runs(text: str) -> list[str]:
    """The stretches of Chinese and the Latin words of a folded text, in order."""
    return _RUN.findall(text)


def is_chinese(run: str) -> bool:
    return not run.isascii()


def word(run: str) -> str:
    """A Latin word without its plural: towns → town, companies → company."""
    if len(run) > 4 and run.endswith("ies"):
        run = run[:-3] + "y"
    elif len(run) > 3 and run.endswith("s") and not run.endswith("ss"):
        run = run[:-1]
    return run[:LONGEST_TOKEN]


def bigrams(run: str) -> list[str]:
    """金利镇 → 金利 利镇; a single character stays as it is."""
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]


def tokens(text: str) -> list[str]:
    found: list[str] = []
    for run in runs(fold(text)):
        if is_chinese(run):
            found += bigrams(run)
            found += [run[-1]] if len(run) > 1 else []
        else:
            found.append(word(run))
    return found


def is_marked(token: str) -> bool:
    """Whether it stands in columns of names only."""
    return token[:1] in (NAME, SOUND, FIRST)


def name_key(text: str) -> str:
    """A whole name as one token; "" for what has neither letters nor characters."""
    joined = "".join(runs(fold(text)))[:LONGEST_TOKEN]
    return f"{NAME}{joined}" if joined else ""


def name_keys(names: Iterable[str], *, code: str = "") -> list[str]:
    """Every form under which someone may ask for exactly this: 金利镇, 金利, jinlizhen, jinli."""
    keys: list[str] = []
    for name in names:
        short = stem(name)
        keys += [name_key(name), name_key(short)]
        keys += [name_key("".join(map("".join, sounds(form, code=code)))) for form in (name, short)]
    return list(dict.fromkeys(key for key in keys if key))


def syllables(names: Iterable[str], *, code: str = "") -> list[str]:
    found: list[str] = []
    for name in names:
        for run in sounds(name, code=code):
            found += [f"{SOUND}{syllable}" for syllable in run]
    return found


def initials(names: Iterable[str], *, code: str = "") -> list[str]:
    """金利镇 → ㄕjlz ㄕjl"""
    forms = [form for name in names for form in (name, stem(name))]
    found = [
        FIRST + "".join(syllable[0] for run in sounds(form, code=code) for syllable in run)
        for form in forms
    ]
    return [token[:LONGEST_TOKEN] for token in dict.fromkeys(found) if len(token) > 2]


def _without_accent(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)[0]
    return plain if plain.isascii() else character
