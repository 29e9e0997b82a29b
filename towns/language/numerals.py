"""Numbers and sums of money as people write them in the two languages, read back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from towns.language.script import fold

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth",
)  # fmt: skip

# What `number` reads, as a piece of a pattern.
ZH_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9}|[零〇一二两三四五六七八九十百千]{1,9})"
EN_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}|{'|'.join(_WORDS)})"
EN_ORDINAL = rf"(?:\d{{1,9}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"

_STEPS = {
    "万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3,
    "trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3, "": 1,
}  # fmt: skip
_ABOUT = ("约", "近", "大约", "about", "approximately", "around", "nearly", "almost", "some")
_UNDER = ("不足", "不到", "低于", "under", "below", "less than")
_ZH_SUM = re.compile(
    r"(?P<how>大约|约|近|超过|超|逾|突破|高于|不低于|不少于|不足|不到|低于)?(?:人民币)?"
    r"(?P<number>\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?|[一二两三四五六七八九十百千]{1,9})"
    r"(?P<step>万亿|亿|千万|百万|万|千)?(?P<more>多|余)?元(?P<up>以上)?(?P<level>的?项目|级)?"
)
_EN_SUM = re.compile(
    r"(?P<level>projects? (?=exceed|over |above |more than ))?"
    r"(?P<how>about|approximately|around|nearly|almost|some|over|more than|above|at least|"
    r"exceed(?:ed|ing|s)?|surpass(?:ed|ing|es)?|under|below|less than)?\s?(?:RMB\s?|¥\s?)?"
    r"(?<![\d.,])(?P<number>\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?)\s?"
    r"(?P<step>trillion|billion|million|thousand)?\s?(?:yuan|RMB|CNY)\b",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"^(?:人民币|[¥\uffe5]|rmb|cny)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """A sum in yuan; `qualifier` is exact, about, over or under."""

    value: Decimal
    qualifier: str
    start: int


def number(text: str) -> int | None:
    """816, 1,000, 八百一十六, 三, three, third, 816th → the number."""
    text = text.strip().lower().replace(",", "")
    if found := re.fullmatch(r"(\d{1,9})(?:st|nd|rd|th)?", text):
        return int(found[1])
    for words in (_WORDS, _ORDINALS):
        if text in words:
            return words.index(text) + 1
    return _chinese_number(text)


def amounts(folded: str) -> Iterator[Amount]:
    """The sums of a folded sentence, without those that only say how large a project counts."""
    for pattern in (_ZH_SUM, _EN_SUM):
        for found in pattern.finditer(folded):
            if found["level"]:
                continue
            value = _value(found["number"])
            if value is not None:
                value *= _STEPS[(found["step"] or "").lower()]
                yield Amount(value.normalize() + 0, _qualifier(found), found.start())


def exact_sum(text: str) -> Decimal | None:
    """A sum that is the whole text: 3.2亿, 1,500万元, ￥300000, 2 million yuan. Not 约 3 亿元."""
    said = _CURRENCY.sub("", fold(text).strip())
    said = re.sub(r"(?<=[\d亿万千百十])\s+(?=[亿万千百元])", "", said)
    for whole, pattern in (
        (f"{said}元", _ZH_SUM),
        (said, _ZH_SUM),
        (said, _EN_SUM),
        (f"{said} yuan", _EN_SUM),
    ):
        found = pattern.fullmatch(whole)
        if found and found["how"] is None and _qualifier(found) == "exact" and not found["level"]:
            value = _value(found["number"])
            return None if value is None else value * _STEPS[(found["step"] or "").lower()]
    return None


def step_of(unit: str) -> int | None:
    """元 → 1, 万元 → 10000, million yuan → 1000000; None for what is no unit of money."""
    said = re.sub(r"元|人民币|yuan|rmb|cny", "", fold(unit).lower()).strip()
    is_money = said != fold(unit).lower().strip() or said in ("亿", "万")
    return _STEPS.get(said) if is_money else None


def _value(text: str) -> Decimal | None:
    if text[0].isascii():
        return Decimal(text.replace(",", ""))
    value = _chinese_number(text)
    return None if value is None else Decimal(value)


def _qualifier(found: re.Match[str]) -> str:
    said = found.groupdict()
    how = (said["how"] or "").lower()
    if how in _ABOUT:
        return "about"
    if how in _UNDER:
        return "under"
    return "over" if how or said.get("more") or said.get("up") else "exact"


def _chinese_number(text: str) -> int | None:
    total, digit = 0, None
    for character in text:
        if character in _TENS:
            total += (1 if digit is None else digit) * _TENS[character]
            digit = None
        elif character in _DIGITS:
            digit = _DIGITS[character] + (0 if not digit else digit * 10)
        else:
            return None
    return total + (digit or 0) if text else None
