"""What a check says of a draft, and the draft as checks are given it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from html import unescape
from typing import Any

from django.db.models import Model
from django.utils.html import strip_tags

from towns.documents.article import blocks_of
from towns.language.bilingual import EN, LANGUAGES, ZH
from towns.models import Article, HeadingBlock, PhotoBlock, TextBlock, Town


class Severity(StrEnum):
    STOPS = "stops"
    WARNS = "warns"
    NOTES = "notes"


@dataclass(frozen=True)
class Remark:
    """`block` is the block itself, None where it is about the article. `rests_on` is the record
    that says otherwise; `cure` names what one click would do."""

    check: str
    severity: Severity
    message: str
    block: Any = None
    rests_on: Model | None = None
    cure: str = ""


@dataclass(frozen=True)
class Passage:
    """Something that readers will read, in one language."""

    text: str
    language: str
    block: Any = None


@dataclass(frozen=True)
class Draft:
    article: Article

    @cached_property
    def blocks(self) -> list[Any]:
        return blocks_of(self.article)

    @cached_property
    def passages(self) -> list[Passage]:
        article = self.article
        head = [(ZH, article.title_zh), (EN, article.title_en)]
        head += [(ZH, article.summary_zh), (EN, article.summary_en)]
        found = [Passage(text, language) for language, text in head if text]
        for block in self.blocks:
            found.extend(_passages(block))
        return found

    @property
    def languages(self) -> list[str]:
        return [code for code in LANGUAGES if article_title(self.article, code)]

    @cached_property
    def sections(self) -> list[tuple[Town | None, list[Any]]]:
        """The blocks under each heading of a section, with the town it belongs to."""
        found: list[tuple[Town | None, list[Any]]] = [(None, [])]
        for block in self.blocks:
            if isinstance(block, HeadingBlock) and block.level == HeadingBlock.Level.SECTION:
                found.append((block.town, [block]))
            else:
                found[-1][1].append(block)
        return found


def article_title(article: Article, language: str) -> str:
    return article.titles.get(language, "")


def plain_text(html: str) -> str:
    """Paragraphs on lines of their own."""
    for end in ("</p>", "</li>", "</blockquote>", "<br>", "<br/>"):
        html = html.replace(end, f"{end}\n")
    return unescape(strip_tags(html)).strip()


def _passages(block: Any) -> Iterable[Passage]:
    texts: Sequence[tuple[str, str]] = ()
    match block:
        case HeadingBlock():
            texts = tuple(block.texts.items())
        case TextBlock():
            texts = tuple((code, plain_text(html)) for code, html in block.htmls.items())
        case PhotoBlock():
            texts = tuple(block.captions.items())
    return (Passage(text, language, block) for language, text in texts if text)
