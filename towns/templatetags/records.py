"""What only the pages of towns, rankings and projects say."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from towns.language import numbers
from towns.language.bilingual import LANGUAGES, ZH, current_language
from towns.templatetags.towns import marked_unverified

register = template.Library()


@register.simple_tag
def other_name(record: Any) -> SafeString | str:
    """The name in the language that the reader did not choose; "" where it has none there."""
    other = next(code for code in LANGUAGES if code != current_language())
    name = record.names.get(other)
    if not name or current_language() not in record.names:
        return ""
    said = format_html('<span lang="{}">{}</span>', other, name)
    return marked_unverified(said, record) if other == ZH else said


@register.filter
def coordinates(town: Any) -> str:
    """23.2481° N, 112.7434° E"""
    return f"{_degrees(town.latitude, 'N', 'S')}, {_degrees(town.longitude, 'E', 'W')}"


@register.simple_tag(takes_context=True)
def map_url(context: Mapping[str, Any], town: Any) -> str:
    """The town on the map that the site chose; "" without one."""
    address = context["site"].map_address
    for key, value in (
        ("{longitude}", str(town.longitude)),
        ("{latitude}", str(town.latitude)),
        ("{name}", quote(town.name)),
    ):
        address = address.replace(key, value)
    return address


@register.filter
def minus(count: int, things: list[Any]) -> int:
    return count - len(things)


@register.filter
def event_date(event: Any) -> str:
    return numbers.vague_date(event.on, event.precision, current_language())


@register.filter
def listed(things: list[Any]) -> str:
    return _(", ").join(str(thing) for thing in things)


def _degrees(value: Decimal, positive: str, negative: str) -> str:
    return f"{abs(value):.4f}° {positive if value >= 0 else negative}"
