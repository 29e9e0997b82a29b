"""The line under a title: who published it, when, and from where.

Released by Zhaoqing 2023-10-20 19:16 Published in Guangdong
肇庆发布 2023-10-20 19:16 发表于广东
来源：南方日报 发布时间：2023年10月20日 19:16
"""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from towns.language.script import fold, tidy

CHINA = ZoneInfo("Asia/Shanghai")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WHEN = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?"
    r"(?:[T\s]*(?:星期.|周.)?\s*(?P<hour>\d{1,2})[:时](?P<minute>\d{2})分?(?::\d{2}(?:\.\d+)?)?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2}\b)?"
)
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS)
_EN_WHEN = re.compile(
    rf"(?:[A-Z][a-z]+day,? )?(?:(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})|"
    rf"(?P<day2>\d{{1,2}}) (?P<month2>{_MONTH})),? (?P<year>(?:19|20)\d{{2}})"
    r"(?:,? (?:at )?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?! ?[AaPp]\.?[Mm]))?",
    re.IGNORECASE,
)
_TIME_LABEL = re.compile(
    r"(?:发布时间|发表时间|发布日期|时间|日期|更新时间|"
    r"published(?: on| at)?|posted(?: on| at)?|date)\s{0,9}:?\s{0,9}$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:发表于|发布于|(?:Published|Posted|Issued) in|IP属地:?)\s*"
    r"(?P<place>[\w\u3400-\u9fff' ]{2,30})$",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"^(?:原创|转载|original|(?:稿件|信息|文章)?来源\s*:|source\s*:|发布单位\s*:|作者\s*:|公众号\s*:?)\s*",
    re.IGNORECASE,
)
_LONGEST = 120


@dataclass(frozen=True)
class Dateline:
    """`at` is a date where no time is given; a time without zone is China's."""

    publisher: str
    at: dt.date | None
    place: str


def read_dateline(text: str) -> Dateline | None:
    """None where the line says more than publisher, time and place."""
    folded = fold(text)
    if len(text) > _LONGEST:
        return None
    place = _PLACE.search(folded)
    end = place.start() if place else len(text)
    when = _find(folded[:end])
    if not when:
        return Dateline("", None, place["place"].strip()) if place and not end else None
    at = read_time(when[0])
    label = _TIME_LABEL.search(folded[: when.start()])
    before = text[: label.start() if label else when.start()]
    after = text[when.end() : end]
    names = [name for name in (_name(before), _name(after)) if name]
    said_place = text[place.start("place") :].strip() if place else ""
    if len(names) == 2 and not said_place and len(names[1]) <= 8:
        said_place = names.pop()
    if at is None or len(names) > 1 or len("".join(names)) > 60:
        return None
    return Dateline("".join(names), at, said_place)


def read_time(text: str) -> dt.date | None:
    """A point in time, a day, or None where the calendar has no such day."""
    found = _find(fold(text))
    if not found:
        return None
    said = found.groupdict()
    month = said["month"] or said["month2"]
    day = said["day"] or said["day2"]
    try:
        on = dt.date(int(said["year"]), _month(month), int(day))
        if said["hour"] is None:
            return on
        time = dt.time(int(said["hour"]), int(said["minute"]))
        return dt.datetime.combine(on, time, _zone(said.get("zone")))
    except ValueError:
        return None


def from_seconds(seconds: str) -> dt.datetime | None:
    """The seconds since 1970 in which WeChat's pages hide their time."""
    value = int(seconds)
    return dt.datetime.fromtimestamp(value, CHINA) if 0 < value < 4_000_000_000 else None


def _find(folded: str) -> re.Match[str] | None:
    return _WHEN.search(folded) or _EN_WHEN.search(folded)


def _name(text: str) -> str:
    text = tidy(text).strip("|,，·-—").strip()
    while found := _BEFORE_NAME.match(fold(text)):
        text = text[found.end() :].strip().strip("|,，·").strip()
    return text


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(text.lower()[:3]))


def _zone(text: str | None) -> dt.tzinfo:
    if not text:
        return CHINA
    if text == "Z":
        return dt.UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[-2:])
    return dt.timezone(sign * dt.timedelta(hours=hours, minutes=minutes))
