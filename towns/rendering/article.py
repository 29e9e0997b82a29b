"""An article's Document, made ready for templates in one language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags

from towns.documents.article import sections
from towns.language.bilingual import EN, Spoken, speak
from towns.models import Document, MovedOn, RankingEntry
from towns.rendering.moved_on import with_moved_on
from towns.rendering.ruler import Ruler, ruler

# Text up to this many letters stands beside its picture where there is room for both.
_SHORT = {EN: 620}
_SHORT_CHINESE = 240
# From this many sections on, an article lists them.
LEAST_CONTENTS = 3


@dataclass(frozen=True)
class Row:
    """What stands side by side on a wide screen; a narrow one shows it in the same order."""

    kind: str
    words: list[dict[str, Any]]
    pictures: list[dict[str, Any]]
    is_turned: bool = False


@dataclass(frozen=True)
class Section:
    """A section's heading block, or None for what stands before the first, and its blocks."""

    number: int
    heading: dict[str, Any] | None
    blocks: list[dict[str, Any]]

    @property
    def anchor(self) -> str:
        return f"town-{self.town['code']}" if self.town else f"section-{self.number}"

    @property
    def town(self) -> dict[str, Any] | None:
        return self.heading and self.heading["town"]

    @property
    def rows(self) -> list[Row]:
        return list(_rows(self.blocks))


@dataclass(frozen=True)
class RenderedArticle:
    content: dict[str, Any]
    language: str
    title: Spoken
    summary: Spoken
    sections: list[Section] = field(default_factory=list)

    @property
    def is_fallback(self) -> bool:
        """Whether the article does not exist in the reader's language."""
        return self.title.is_fallback


def read_article(
    document: Document, language: str, moved_on: Iterable[MovedOn] = ()
) -> RenderedArticle:
    """With a line under each block that quotes a record which moved on since."""
    return read_content(document.content, language, moved_on)


def read_content(
    content: dict[str, Any], language: str, moved_on: Iterable[MovedOn] = ()
) -> RenderedArticle:
    content = with_moved_on(content, moved_on, language)
    return RenderedArticle(
        content=content,
        language=language,
        title=speak(content["title"], language),
        summary=speak(content["summary"], language),
        sections=[
            Section(number, heading, blocks)
            for number, (heading, blocks) in enumerate(sections(content))
            if heading or blocks
        ],
    )


def contents(article: RenderedArticle) -> list[Section]:
    """The sections that have a heading, where there are enough of them to look through."""
    headed = [section for section in article.sections if section.heading]
    return headed if len(headed) >= LEAST_CONTENTS else []


def lead_photo(article: RenderedArticle) -> dict[str, Any] | None:
    """The lead picture, unless the text shows it anyway."""
    lead = article.content["lead_photo"]
    shown = {block["photo"]["id"] for block in article.content["blocks"] if "photo" in block}
    return lead if lead and lead["id"] not in shown else None


def todays_ranks(article: RenderedArticle) -> dict[str, RankingEntry]:
    """The newest rank on record of each town that has a section, by its code."""
    codes = [section.town["code"] for section in article.sections if section.town]
    ranked = RankingEntry.objects.public().filter(town__code__in=codes, rank__isnull=False)
    ranked = ranked.select_related("edition", "town").order_by("edition__year")
    return {entry.town.code: entry for entry in ranked} if codes else {}


def _rows(blocks: list[dict[str, Any]]) -> Iterable[Row]:
    """Two pictures in a row stand side by side; so do a short text and the picture after it."""
    turned, rest = False, list(blocks)
    while rest:
        words = _short_words(rest)
        following = rest[len(words) :]
        if words and following and following[0]["type"] == "photo":
            yield Row("beside", words, following[:1], turned)
            turned, rest = not turned, following[1:]
        elif [block["type"] for block in rest[:2]] == ["photo", "photo"]:
            yield Row("pair", [], rest[:2])
            rest = rest[2:]
        else:
            is_picture = rest[0]["type"] == "photo"
            yield Row("picture", [], rest[:1]) if is_picture else Row("words", rest[:1], [])
            rest = rest[1:]


def _short_words(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A subheading and the short text under it, or that text alone; [] where there is none."""
    words = blocks[:1] if blocks[0]["type"] == "heading" else []
    text = blocks[len(words) : len(words) + 1]
    if not text or text[0]["type"] != "text":
        return []
    spoken = speak(text[0]["html"])
    is_short = len(strip_tags(spoken.text)) <= _SHORT.get(spoken.language, _SHORT_CHINESE)
    return [*words, *text] if is_short else []


def block_ruler(block: dict[str, Any]) -> Ruler:
    """The ranks of a ranking block on their ruler."""
    places = [(entry["rank"], entry["town"]["name"]) for entry in block["entries"]]
    return ruler(places, block["edition"]["size"])


def article_html(document: Document, language: str) -> str:
    """The body of the article alone, as the API hands it on."""
    with translation.override(language):
        article = read_article(document, language)
        return render_to_string("towns/article/_body.html", {"article": article})
