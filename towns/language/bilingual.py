"""One thing said in two languages, and which of the two a reader gets."""

from dataclasses import dataclass

from django.utils.translation import get_language

ZH = "zh-hans"
EN = "en"
LANGUAGES = (ZH, EN)


@dataclass(frozen=True)
class Spoken:
    """A text with the language it is really in, so that the page can mark it with ``lang``."""

    text: str
    language: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.text


def current_language() -> str:
    """One of `LANGUAGES`, whatever variant is active."""
    return EN if (get_language() or ZH).startswith("en") else ZH


def both(zh: str, en: str) -> dict[str, str]:
    """The form that Documents and the API use; a language without words is absent."""
    return {code: text for code, text in ((ZH, zh), (EN, en)) if text}


def speak(said: dict[str, str], language: str | None = None) -> Spoken:
    """The text in the wanted language, or else in the other one, marked as such."""
    wanted = language or current_language()
    if said.get(wanted):
        return Spoken(said[wanted], wanted, is_fallback=False)
    for code in LANGUAGES:
        if said.get(code):
            return Spoken(said[code], code, is_fallback=True)
    return Spoken("", wanted, is_fallback=False)


def pick(zh: str, en: str, language: str | None = None) -> str:
    return speak(both(zh, en), language).text
