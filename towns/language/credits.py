"""Captions and credits of pictures, taken apart: who, and whether photographed, courtesy or source.

△金利大道施工现场。邓大荣 摄            △杏花镇九座屋村。图源封开发布
△Jinli Town. Photo by Chen Yancheng    △Picture source published by Gaoyao
"""

import re
from dataclasses import dataclass

from towns.language.people import is_person, split_people, split_unit
from towns.language.script import fold

PHOTOGRAPHED, COURTESY, SOURCE = "photographed", "courtesy", "source"
MARKERS_BELOW = "△▲↑"
MARKERS_ABOVE = "▽▼↓"

_MARK = re.compile(rf"^[\s]*([{MARKERS_BELOW}{MARKERS_ABOVE}])+\s*")
_ZH_NAME = r"[\u3400-\u9fff\w·.&'\"()+-]"
_ZH_LABELS = (
    (SOURCE, r"图源|图片来源|图片源自|来源|供图单位"),
    (PHOTOGRAPHED, r"摄影报道|摄影|拍摄者|拍摄|摄"),
    (COURTESY, r"供图|图片提供"),
    (SOURCE, r"图片|图"),
)
_ZH_TAILS = (
    (PHOTOGRAPHED, r"(?:航拍|摄影报道|摄影|拍摄|翻拍|摄)"),
    (COURTESY, r"(?:供图|供稿|提供)"),
)
_ZH_LABELLED = re.compile(
    r"(?:^|(?<=[。!?;,\s(]))(?:"
    + "|".join(f"(?P<k{index}>{words})" for index, (_kind, words) in enumerate(_ZH_LABELS))
    + rf")(?P<gap>[:|/]\s*|\s+|(?=[\u3400-\u9fff]))(?P<who>{_ZH_NAME}[^。!?;:|]{{0,60}})$"
)
_ZH_TAIL = re.compile(
    r"(?:^|(?P<edge>[。!?;,(\s]))(?:本文|以上|文中)?(?:图片|图|照片)?(?:均|都)?(?:由|为)?"
    r"(?P<who>[^。!?;,:(]{1,50}?)\s*(?:"
    + "|".join(f"(?P<k{index}>{words})" for index, (_kind, words) in enumerate(_ZH_TAILS))
    + r")$"
)
_EN_PICTURE = r"(?:photo(?:graph)?s?|pictures?|images?)"
_EN_WORDS = (
    (
        COURTESY,
        rf"(?:{_EN_PICTURE} )?(?:is |are )?(?:courtesy of|provided by|supplied by|courtesy:)",
    ),
    (
        SOURCE,
        rf"(?:{_EN_PICTURE} )?(?:source|credit)s?(?: (?:published|released|issued) by|[:/]| from)|"
        rf"{_EN_PICTURE} (?:source |published by |released by |from )",
    ),
    (PHOTOGRAPHED, rf"(?:{_EN_PICTURE} )?(?:taken|shot) by|photographed by|photography by"),
    (PHOTOGRAPHED, rf"{_EN_PICTURE}(?: by|:|/)"),
)
_EN = re.compile(
    r"(?:^|(?<=[.!?;,(\[|-]) ?|(?<=\s))(?:"
    + "|".join(f"(?P<k{index}>{words})" for index, (_kind, words) in enumerate(_EN_WORDS))
    + r")\s*(?P<who>[^\s].{0,120})$",
    re.IGNORECASE,
)
_STARTS_WITH_PICTURE = re.compile(_EN_PICTURE, re.IGNORECASE)
_ALL = re.compile(
    r"^(?:以上|上述|上)(?P<n>[两二三四五六七八九十\d]{1,2})?[张幅]?(?:图片|图|照片)(?:均|都)?(?:由|为|:)?"
)
_MEDIA_ENDING = re.compile(r"(?:发布|社|网|报|中心|台|办|局|部|公司|协会)$")
_LONGEST = 1_000
_TRIMMED = " \t。.,;:()[]【】（）|/"
# A line that is nothing but such a name credits a picture: it is nothing else's caption.
_MEDIA = re.compile(
    r"^[\u3400-\u9fff（）()]{2,16}(?:发布|日报|晚报|早报|都市报|融媒体中心|电视台|广播电视台|通讯社|网)$|"
    r"^(?:[A-Z][\w'&-]*|of|and|the|for)(?: (?:[A-Z][\w'&-]*|of|and|the|for)){0,8} "
    r"(?:Network|Daily|News|Release|Media Cent(?:er|re)|News Agency|Television|TV)$"
)


@dataclass(frozen=True)
class Credit:
    """As written; `unit` is what stands before a person's name: 肇庆市融媒体中心记者."""

    kind: str
    party: str
    unit: str = ""
    said: str = ""


@dataclass(frozen=True)
class Captioned:
    """Not sure where what stands before 摄 looks like no name: 她在摄影."""

    caption: str
    credits: tuple[Credit, ...]
    is_sure: bool = True


def marker(text: str) -> str:
    """The triangle or arrow that a caption begins with, or ""."""
    found = _MARK.match(text)
    return found[1] if found else ""


def without_marker(text: str) -> str:
    return _MARK.sub("", text, count=1).strip()


def of_several(text: str) -> tuple[int, str] | None:
    """上两图均由高要发布提供 → (2, 高要发布提供); 0 where it says "the pictures above"."""
    found = _ALL.match(fold(text))
    if not found:
        return None
    count = found["n"] or "0"
    return "零一二三四五六七八九十".find(count.replace("两", "二")) if not (
        count.isdigit()
    ) else int(count), text[found.end() :]


def read_caption(text: str) -> Captioned:
    """The caption without its credits; all of it where no credit is recognised."""
    caption, credits = without_marker(text), ()
    for _several in range(4):
        found = _last_credit(caption)
        if not found:
            break
        caption, credits = found.caption, found.credits + credits
    return Captioned(caption, credits, all(_is_sure(credit) for credit in credits))


def _last_credit(text: str) -> Captioned | None:
    if len(text) > _LONGEST:
        return None
    closed = fold(text).rstrip(" 。.)]）】")
    for read in (_chinese_tail, _chinese_label, _english):
        if found := read(text, closed):
            return found
    if _MEDIA.match(closed):
        return Captioned("", (Credit(SOURCE, text[: len(closed)].strip()),))
    return None


def _is_sure(credit: Credit) -> bool:
    if credit.kind != PHOTOGRAPHED or credit.unit or credit.party.isascii():
        return True
    return is_person(credit.party) or bool(_MEDIA_ENDING.search(fold(credit.party)))


def _chinese_tail(text: str, closed: str) -> Captioned | None:
    found = _ZH_TAIL.search(closed)
    if not found:
        return None
    kind = _kind(found, _ZH_TAILS)
    start, end = found.span("who")
    if kind == PHOTOGRAPHED:
        start = _people_start(closed, start, end)
    elif " " in closed[start:end].strip():
        start = closed.rindex(" ", start, end) + 1
    if start is None or not closed[start:end].strip():
        return None
    caption = re.sub(r"(?:图片|图|照片)(?:均|都)?(?:由|为)$", "", text[:start])
    return _captioned(caption, kind, text[start:end])


def _people_start(closed: str, start: int, end: int) -> int | None:
    """Where the names before 摄 begin: 金利大道施工现场 邓大荣 → at 邓."""
    while (space := closed.find(" ", start, end)) >= 0:
        rest = closed[start:end].split()
        if all(is_person(part) for part in re.split(r"[\s、/]+", " ".join(rest)) if part):
            return start
        if split_unit(closed[start:end]) != ("", closed[start:end].strip()):
            return start
        start = space + 1
    return start if len(closed[start:end].strip()) <= 24 else None


def _chinese_label(text: str, closed: str) -> Captioned | None:
    found = _ZH_LABELLED.search(closed)
    if not found:
        return None
    label = next(found[f"k{index}"] for index in range(len(_ZH_LABELS)) if found[f"k{index}"])
    # 图书馆 and 来源于 are words of a caption, not labels.
    if not found["gap"] and label not in ("图源", "图片来源", "图片源自"):
        return None
    if label in ("图", "图片") and not found["gap"].strip():
        return None
    start, end = found.span("who")
    return _captioned(text[: found.start()], _kind(found, _ZH_LABELS), text[start:end])


def _english(text: str, closed: str) -> Captioned | None:
    found = _EN.search(closed)
    if not found or not re.match(r"[A-Z\u3400-\u9fff@\"]|the [A-Z]", found["who"]):
        return None
    before, words = closed[: found.start()].rstrip(), closed[found.start() :].lstrip()
    # In the middle of a sentence "source" and "taken by" are ordinary words.
    if before and before[-1] not in ".!?;,([|-" and not _STARTS_WITH_PICTURE.match(words):
        return None
    start, end = found.span("who")
    said = closed[found.start() : end].strip(_TRIMMED)
    caption = text[: found.start()].rstrip(" ([|-,")
    return _captioned(caption, _kind(found, _EN_WORDS), text[start:end], said=said)


def _kind(found: re.Match[str], table: tuple[tuple[str, str], ...]) -> str:
    return next(kind for index, (kind, _words) in enumerate(table) if found[f"k{index}"])


def _captioned(caption: str, kind: str, who: str, *, said: str = "") -> Captioned:
    credits = []
    for party in split_people(who.strip(_TRIMMED)):
        unit, name = split_unit(party)
        credits.append(Credit(kind, name, unit, said))
    return Captioned(caption.rstrip(" (（[|/,，").strip(), tuple(credits))
