"""The blocks of an article in the editor; both languages stand side by side."""

from typing import Any, ClassVar

from content_editor.admin import ContentEditorInline
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from towns.admin.choices import ChoosesRecords
from towns.admin.photo import thumbnail
from towns.models import (
    HeadingBlock,
    PhotoBlock,
    ProjectsBlock,
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
    rows = (("level", "town"), ("text_zh", "text_en"))
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
    rows = (("photo", "shown"), ("caption_zh", "caption_en"))
    autocomplete_fields = ("photo",)
    readonly_fields = ("shown",)
    related = ("photo",)

    @admin.display(description=_("as it looks"))
    def shown(self, obj: PhotoBlock) -> str:
        return thumbnail(obj.photo) if obj.photo_id else _("Shown after saving.")


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


BLOCK_INLINES = (
    HeadingInline,
    TextInline,
    PhotoInline,
    StatisticsInline,
    RankingInline,
    ProjectsInline,
)
