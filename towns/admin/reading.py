"""An article to be read through before it goes out, block by block, by who does not write in it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from towns.admin.choices import choice_label
from towns.admin.photo import thumbnail
from towns.documents.article import blocks_of, describe_block
from towns.documents.text import said_by
from towns.language.bilingual import LANGUAGES
from towns.models import (
    Article,
    HeadingBlock,
    PhotoBlock,
    ProjectsBlock,
    QuotationBlock,
    RankingBlock,
    StatisticsBlock,
    TextBlock,
)


def reading(article: Article) -> SafeString:
    """The blocks under the numbers that findings use, in both languages side by side."""
    blocks = [
        {
            "number": number,
            "kind": block._meta.verbose_name,
            "said": [(code, _say(block, code)) for code in LANGUAGES],
        }
        for number, block in enumerate(blocks_of(article), start=1)
    ]
    return render_to_string("admin/towns/article/_reading.html", {"blocks": blocks})


def _say(block: Any, language: str) -> str:
    with override(language):
        match block:
            case HeadingBlock():
                return format_html("<strong>{}</strong>", block.texts.get(language, ""))
            case TextBlock():
                # The field cleans what it stores, against what the public page can show.
                return mark_safe(block.htmls.get(language, ""))  # noqa: S308 - cleaned
            case QuotationBlock():
                by = said_by(describe_block(block), language)
                return format_html("<q>{}</q><br>{}", block.texts.get(language, ""), by)
            case PhotoBlock():
                return _photo(block, language)
            case StatisticsBlock():
                return _lines(block.statistics.select_related("town", "region"))
            case ProjectsBlock():
                return _lines(block.projects.prefetch_related("towns"))
            case RankingBlock():
                towns = block.towns.all()
                entries = block.edition.entries.filter(town__in=towns).select_related(
                    "edition__ranking", "town"
                )
                return _lines(entries.by_rank())
    return str(block)


def _photo(block: PhotoBlock, language: str) -> str:
    credits = "; ".join(str(credit) for credit in block.photo.credits.select_related("party"))
    caption = block.captions.get(language, "")
    return format_html("{}<br>{}<br>{}", thumbnail(block.photo), caption, credits)


def _lines(records: Any) -> str:
    return format_html_join(
        mark_safe("<br>"), "{}", ((choice_label(record),) for record in records)
    )
