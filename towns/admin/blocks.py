"""The blocks of an article in the editor; both languages stand side by side."""

from typing import Any, ClassVar

from content_editor.admin import ContentEditorInline
from django.db.models import QuerySet
from django.http import HttpRequest

from towns.admin.choices import ChoosesRecords
from towns.models import (
    HeadingBlock,
    PhotoBlock,
    ProjectsBlock,
    QuotationBlock,
    RankingBlock,
    StatisticsBlock,
    TextBlock,
)


class BlockInline(ChoosesRecords, ContentEditorInline):
    rows: ClassVar[tuple] = ()
    related: ClassVar[tuple[str, ...]] = ()
    listed: ClassVar[tuple[str, ...]] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        return [(None, {"fields": (*self.rows, "ordering", "region")})]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With what the headers of the blocks say."""
        blocks = super().get_queryset(request).prefetch_related(*self.listed)
        return blocks.select_related(*self.related) if self.related else blocks


class HeadingInline(BlockInline):
    model = HeadingBlock
    icon = "title"
    color = "#123a3e"
    rows = (("text_zh", "text_en", "town", "level"),)
    autocomplete_fields = ("town",)
    related = ("town__county__parent__parent",)


class TextInline(BlockInline):
    model = TextBlock
    icon = "notes"
    color = "#0f5f63"
    rows = (("html_zh", "html_en"),)


class PhotoInline(BlockInline):
    model = PhotoBlock
    icon = "image"
    color = "#2b5a86"
    rows = ("photo", ("caption_zh", "caption_en"))
    autocomplete_fields = ("photo",)
    related = ("photo",)


class StatisticsInline(BlockInline):
    model = StatisticsBlock
    icon = "bar_chart"
    color = "#7d5200"
    rows = ("statistics",)
    autocomplete_fields = ("statistics",)
    listed = ("statistics__town", "statistics__region")


class RankingInline(BlockInline):
    model = RankingBlock
    icon = "leaderboard"
    color = "#226238"
    rows = ("edition", "towns")
    autocomplete_fields = ("edition", "towns")
    related = ("edition__ranking",)
    listed = ("towns",)


class ProjectsInline(BlockInline):
    model = ProjectsBlock
    icon = "construction"
    color = "#8a2f6b"
    rows = ("projects",)
    autocomplete_fields = ("projects",)
    listed = ("projects",)


class QuotationInline(BlockInline):
    model = QuotationBlock
    icon = "format_quote"
    color = "#5b4a8a"
    rows = (("text_zh", "text_en"), ("party", "speaker_zh", "speaker_en"))
    autocomplete_fields = ("party",)
    related = ("party",)


# In the order of the palette.
BLOCK_INLINES = (
    TextInline,
    PhotoInline,
    HeadingInline,
    StatisticsInline,
    RankingInline,
    ProjectsInline,
    QuotationInline,
)
