"""What stands around every page, and the ruler that several pages share."""

from collections.abc import Callable, Mapping
from typing import Any

from django import template
from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString

from towns.language.bilingual import speak
from towns.models import Badge, Page
from towns.rendering.article import block_ruler as ruler_of_block
from towns.rendering.ruler import Ruler

register = template.Library()


@register.simple_tag(takes_context=True)
def site_pages(context: Mapping[str, Any]) -> list[Page]:
    pages = Page.objects.public().only("slug", "title_zh", "title_en")
    return _once_a_version(context, "pages", lambda: list(pages))


@register.simple_tag(takes_context=True)
def site_badges(context: Mapping[str, Any]) -> list[Badge]:
    return _once_a_version(context, "badges", lambda: list(Badge.objects.all()))


def _once_a_version(context: Mapping[str, Any], name: str, fetch: Callable[[], list]) -> list:
    """What is the same on every page is asked for once in each version of the site."""
    seq = getattr(context["site"], "seq", None)
    return fetch() if seq is None else cache.get_or_set(f"{name}-{seq}", fetch)


@register.filter
def at(mapping: Mapping[str, Any] | str, key: str) -> Any:
    """Nothing where the page has no such mapping, as in the text alone that partners get."""
    return mapping.get(key) if mapping else None


@register.filter
def say_in_drawing(said: Mapping[str, str]) -> SafeString:
    """A bilingual text inside an SVG text."""
    spoken = speak(said)
    return format_html('<tspan lang="{}">{}</tspan>', spoken.language, spoken.text)


@register.simple_tag
def block_ruler(block: dict[str, Any]) -> Ruler:
    return ruler_of_block(block)
