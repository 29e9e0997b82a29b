"""What only the search shows: texts with the words marked that were looked for."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from towns.language.bilingual import current_language

register = template.Library()


@register.filter
def marked(text: Any) -> SafeString:
    """The pieces of a text, with its `lang` where it is not that of the page."""
    forms = ("{}", "<mark>{}</mark>")
    pieces = (format_html(forms[piece.is_marked], piece.text) for piece in text.pieces)
    joined = format_html_join("", "{}", ((piece,) for piece in pieces))
    if text.language == current_language() or not text.pieces:
        return mark_safe(joined)  # noqa: S308 - each piece was escaped
    return format_html('<span lang="{}">{}</span>', text.language, joined)


@register.simple_tag
def querystring_of(typed: str, kind: str = "") -> str:
    return urlencode({"q": typed} | ({"kind": kind} if kind else {}))
