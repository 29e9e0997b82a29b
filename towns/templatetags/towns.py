"""How pages say records: in the reader's language, marked where they cannot."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from towns.language import numbers
from towns.language.bilingual import LANGUAGES, ZH, both, current_language, pick, speak
from towns.models import Photo, Project, Statistic
from towns.rendering.picture import picture_of_content, picture_of_record

register = template.Library()


@register.filter
def say(said: Mapping[str, str] | None) -> SafeString | str:
    """A bilingual text in the reader's language, or else in the other with its `lang`."""
    spoken = speak(said or {})
    if spoken.is_fallback:
        return format_html('<span lang="{}">{}</span>', spoken.language, spoken.text)
    return spoken.text


@register.filter
def named(record: Any) -> SafeString | str:
    """The name of a record or of a frozen reference, marked while its Chinese is unverified."""
    names = record["name"] if isinstance(record, Mapping) else record.names
    name = say(names)
    is_chinese = ZH in (current_language(), speak(names).language)
    return marked_unverified(name, record) if is_chinese else name


def marked_unverified(name: str, record: Any) -> SafeString | str:
    """The Chinese name with a note, unless it is known to be right."""
    if not _is_unverified(record):
        return name
    note = _("Chinese name unverified")
    return format_html('{}<small class="unverified">{}</small>', name, note)


def _is_unverified(record: Any) -> bool:
    if isinstance(record, Mapping):
        return bool(record.get("is_name_zh_unverified"))
    return getattr(record, "is_name_zh_unverified", False)


@register.simple_tag
def site_name(site: Any) -> str:
    return pick(site.name_zh, site.name_en) if site else ""


@register.simple_tag
def prose(html: Mapping[str, str]) -> SafeString:
    """Text of a Document: the server cleaned it before it was frozen."""
    spoken = speak(html)
    return format_html(
        '<div class="prose" lang="{}">{}</div>',
        spoken.language,
        mark_safe(spoken.text),  # noqa: S308 - cleaned by the field that stored it
    )


@register.simple_tag
def spoken_lines(said: Mapping[str, str]) -> SafeString:
    """A paragraph for each line, in the language it is really in."""
    spoken = speak(said)
    lines = ((spoken.language, line) for line in spoken.text.splitlines() if line.strip())
    return format_html_join("", '<p lang="{}">{}</p>', lines)


@register.filter
def alt_text(photo: Mapping[str, Any]) -> str:
    """The picture is a link, so it always has a name."""
    return speak(photo["alt"]).text or speak(photo["caption"]).text or _("Picture")


@register.filter
def summary_of(town: Any) -> SafeString | str:
    return say(both(town.summary_zh, town.summary_en))


@register.filter
def pair(record: Any, field: str) -> SafeString | str:
    """`record|pair:"scope"` says `scope_zh` or `scope_en`; frozen content has `scope`."""
    if isinstance(record, Mapping):
        return say(record.get(field))
    return say(both(getattr(record, f"{field}_zh"), getattr(record, f"{field}_en")))


@register.filter
def amount(statistic: Any) -> SafeString:
    """约 312.8 亿元, over 50 billion yuan: the qualifier, the figure and the unit."""
    value, unit, qualifier = (_get(statistic, key) for key in ("value", "unit", "qualifier"))
    figure, step = _figure(Decimal(str(value)), unit)
    word = "" if qualifier == "exact" else Statistic.Qualifier(qualifier).label
    label = Statistic.Unit(unit).label
    joined = f"{step}{label}" if current_language() == ZH else f"{step} {label}".strip()
    form = '<span class="amount">{} <b>{}</b> <span class="unit">{}</span></span>'
    return format_html(form, word, figure, joined)


def _figure(value: Decimal, unit: str) -> tuple[str, str]:
    if unit == Statistic.Unit.YUAN:
        return numbers.scaled(value, current_language())
    return numbers.grouped(value), ""


@register.filter
def money(value: Decimal | str | None) -> SafeString | str:
    """A sum in yuan; None is "not known", never zero."""
    if value is None:
        return _("not known")
    figure, step = numbers.scaled(Decimal(str(value)), current_language())
    label = Statistic.Unit.YUAN.label
    return f"{figure} {step}{label}" if current_language() == ZH else f"{figure} {step} {label}"


@register.filter
def period_of(statistic: Any) -> str:
    start, end = _date(_get(statistic, "period_start")), _date(_get(statistic, "period_end"))
    return numbers.period(start, end, current_language()) or _("period not stated")


@register.filter
def basis_of(statistic: Any) -> str:
    """Planned, estimated or target; nothing where the number was simply counted."""
    basis = _get(statistic, "basis")
    return "" if basis == Statistic.Basis.ACTUAL else Statistic.Basis(basis).label


@register.filter
def expected(project: Any) -> str:
    on = _date(_get(project, "expected_on"))
    precision = _get(project, "expected_precision") or "day"
    return numbers.vague_date(on, precision, current_language()) or _("not known")


@register.filter
def host_of(address: str) -> str:
    """Where a link leads: a copy of an article need not stand on its publisher's own site."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def vague(milestone: Any) -> str:
    return numbers.vague_date(milestone.on, milestone.precision, current_language()) or _(
        "date not known"
    )


@register.filter
def status_of(project: Any) -> str:
    return Project.Status(_get(project, "status")).label


@register.filter
def status_chip(project: Any) -> str:
    moving = _get(project, "status") in Project.MOVING
    return "chip chip--gold" if moving else "chip"


@register.filter
def moment(value: str | dt.datetime | None) -> dt.datetime | None:
    """A time of a Document, ready for the `date` filter."""
    return parse_datetime(value) if isinstance(value, str) else value


@register.filter
def credit(item: Mapping[str, Any]) -> SafeString:
    """陈彦成 摄, 高要发布 供图, 图源 四会发布; Photo: …, Courtesy of …, Image: …"""
    forms = {
        "photographed": _("Photo: %s"),
        "courtesy": _("Courtesy of %s"),
        "source": _("Image: %s"),
    }
    before, _mark, after = forms[item["kind"]].partition("%s")
    return format_html("{}{}{}", before, named(item["party"]), after)


@register.inclusion_tag("towns/_photo.html", takes_context=True)
def photo(
    context: Mapping[str, Any],
    content: Mapping[str, Any],
    *,
    sizes: str = "100vw",
    eager: bool = False,
    crop: bool = False,
) -> dict[str, Any]:
    """A picture with its caption, credits and marks, from its frozen content."""
    return {
        "photo": content,
        "picture": picture_of_content(content, context.get("picture_facts")),
        "sizes": sizes,
        "eager": eager,
        "crop": crop,
    }


@register.simple_tag
def review_picture(content: Mapping[str, Any]) -> SafeString:
    """A picture of a text under review, through the door that shows staff what is not public."""
    picture = picture_of_content(content)
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        picture.src,
        speak(content["alt"]).text,
        picture.width,
        picture.height,
    )


@register.inclusion_tag("towns/_thumbnail.html", takes_context=True)
def thumbnail(context: Mapping[str, Any], record: Photo) -> dict[str, Any]:
    """A small picture with its marks, and no caption: the text beside it names it."""
    return {"picture": picture_of_record(record, context.get("picture_facts"))}


@register.simple_tag
def eye(kind: str, words: str = "") -> SafeString:
    """One of the four kinds of knowing (recorded, claimed, unknown, absent) with its word."""
    default = {
        "recorded": _("on record"),
        "claimed": _("claimed"),
        "unknown": _("not known"),
        "absent": _("not listed"),
    }
    return format_html(
        '<span class="eye eye--{}" aria-hidden="true"></span><span>{}</span>',
        kind,
        words or default[kind],
    )


@register.simple_tag
def standing(place: Any, *, short: bool = False, plain: bool = False) -> SafeString | str:
    """A place in a year as mark and word: 816, listed, not listed, not known.

    `short` leaves the reason out where the page gives it elsewhere, `plain` the mark of a rank.
    """
    if place.rank is not None:
        return format_html("<b>{}</b>", place.rank) if plain else eye("recorded", str(place.rank))
    if place.is_listed:
        return eye("recorded", _("listed") if short else _("listed, rank not published"))
    return eye("absent" if place.standing == "not_listed" else "unknown")


@register.simple_tag
def rank_change(change: int | None) -> SafeString:
    if change is None:
        return eye("unknown")
    if change == 0:
        return format_html("＝ {}", _("unchanged"))
    form = _("up %d") if change > 0 else _("down %d")
    return format_html("{} {}", "↑" if change > 0 else "↓", form % abs(change))


@register.simple_tag
def known(value: Any, yes: str = "", no: str = "") -> SafeString | str:
    """The third answer: None is shown as "not known"; True and False as the given words."""
    if value is None:
        return eye("unknown")
    if value is True or value is False:
        return yes if value else no
    return str(value)


@register.filter
def without_answers(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The entries of a ranking block for which all three answers are not known."""
    answers = ("change", "streak", "is_first_time")
    return [entry for entry in entries if all(entry.get(answer) is None for answer in answers)]


# What a link repeats of an address that somebody made up; real ones are far shorter.
LONGEST_LINK = 2000


@register.simple_tag(takes_context=True)
def other_language_url(context: Mapping[str, Any]) -> str:
    """The same page in the other language, also where there is none: it says so in that one."""
    here = current_language()
    other = next(code for code in LANGUAGES if code != here)
    path = this_address(context)
    if not path.startswith(f"/{here}/"):
        return f"/{other}/"
    return path.replace(here, other, 1)


@register.simple_tag(takes_context=True)
def this_address(context: Mapping[str, Any]) -> str:
    """With what is asked of the page, unless that is absurdly long; then the home page at worst."""
    request = context["request"]
    for address in (request.get_full_path(), request.path):
        if len(address) <= LONGEST_LINK:
            return address
    return reverse("home")


@register.simple_tag
def source_line(source: Any) -> SafeString:
    """Who said it and when, linked where there is an address."""
    frozen = isinstance(source, Mapping)
    publisher = source["publisher"] if frozen else source.publisher
    title = say(source["title"] if frozen else source.titles)
    on, url = _get(source, "issued_on"), _get(source, "url")
    words = named(publisher) if publisher else title
    when = format_html('<span class="nowrap">{}</span>', on) if on else ""
    text = format_html_join(" ", "{}", ((part,) for part in (words, when) if part))
    if url:
        return format_html('<a href="{}" rel="noopener">{}</a>', url, text)
    return text


def _get(record: Any, key: str) -> Any:
    return record.get(key) if isinstance(record, Mapping) else getattr(record, key)


def _date(value: str | dt.date | None) -> dt.date | None:
    return parse_date(value) if isinstance(value, str) else value
