"""What an article is made of, in order. Each block says both languages side by side."""

from content_editor.models import create_plugin_base
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from towns.language.bilingual import both, pick
from towns.models.article import Article
from towns.models.party import Party
from towns.models.photo import Photo
from towns.models.place import Town
from towns.models.project import Project
from towns.models.ranking import RankingEdition
from towns.models.statistic import Statistic

# What the public page can show; the server drops everything else.
PROSE = {
    "Bold": True,
    "Italic": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
}

Block = create_plugin_base(Article)


class HeadingBlock(Block):
    class Level(models.IntegerChoices):
        SECTION = 2, _("section")
        SUBHEADING = 3, _("subheading")

    level = models.PositiveSmallIntegerField(
        _("level"), choices=Level.choices, default=Level.SUBHEADING
    )
    town = models.ForeignKey(
        Town,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="heading_blocks",
        verbose_name=_("town"),
        help_text=_("The section belongs to this town and stands on its page."),
    )
    text_zh = models.CharField(_("Chinese heading"), max_length=200, blank=True)
    text_en = models.CharField(_("English heading"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("heading")
        verbose_name_plural = _("headings")

    def __str__(self) -> str:
        return pick(self.text_zh, self.text_en)

    @property
    def texts(self) -> dict[str, str]:
        return both(self.text_zh, self.text_en)


class TextBlock(Block):
    html_zh = ProseEditorField(_("Chinese text"), extensions=PROSE, sanitize=True, blank=True)
    html_en = ProseEditorField(_("English text"), extensions=PROSE, sanitize=True, blank=True)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self) -> str:
        return strip_tags(pick(self.html_zh, self.html_en))[:60]

    @property
    def htmls(self) -> dict[str, str]:
        return both(self.html_zh, self.html_en)


class QuotationBlock(Block):
    """What somebody said: a party, a name with its office, or both."""

    text_zh = models.TextField(_("Chinese quotation"), blank=True)
    text_en = models.TextField(_("English quotation"), blank=True)
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotation_blocks",
        verbose_name=_("who said it"),
    )
    speaker_zh = models.CharField(
        _("name or office in Chinese"),
        max_length=200,
        blank=True,
        help_text=_("For someone who is not in the list, or the office beside the name."),
    )
    speaker_en = models.CharField(_("name or office in English"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")

    def __str__(self) -> str:
        return pick(self.text_zh, self.text_en)[:60]

    @property
    def texts(self) -> dict[str, str]:
        return both(self.text_zh, self.text_en)

    @property
    def speakers(self) -> dict[str, str]:
        return both(self.speaker_zh, self.speaker_en)


class PhotoBlock(Block):
    photo = models.ForeignKey(
        Photo, on_delete=models.PROTECT, related_name="photo_blocks", verbose_name=_("picture")
    )
    caption_zh = models.TextField(
        _("Chinese caption here"),
        blank=True,
        help_text=_("Only where it differs from the caption of the picture."),
    )
    caption_en = models.TextField(_("English caption here"), blank=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return pick(self.caption_zh, self.caption_en)[:60] or str(self.photo)

    @property
    def captions(self) -> dict[str, str]:
        """A language that is not overridden keeps the caption of the picture."""
        return self.photo.captions | both(self.caption_zh, self.caption_en)


class StatisticsBlock(Block):
    statistics = models.ManyToManyField(
        Statistic, related_name="statistics_blocks", verbose_name=_("statistics")
    )

    class Meta:
        verbose_name = _("statistics block")
        verbose_name_plural = _("statistics blocks")

    def __str__(self) -> str:
        return " · ".join(str(statistic) for statistic in self.statistics.all()[:3])


class RankingBlock(Block):
    edition = models.ForeignKey(
        RankingEdition,
        on_delete=models.PROTECT,
        related_name="ranking_blocks",
        verbose_name=_("edition"),
    )
    towns = models.ManyToManyField(
        Town,
        related_name="ranking_blocks",
        verbose_name=_("towns"),
        help_text=_("The towns whose places are shown."),
    )

    class Meta:
        verbose_name = _("ranking block")
        verbose_name_plural = _("ranking blocks")

    def __str__(self) -> str:
        return f"{self.edition}: " + ", ".join(str(town) for town in self.towns.all()[:4])


class ProjectsBlock(Block):
    projects = models.ManyToManyField(
        Project, related_name="projects_blocks", verbose_name=_("projects")
    )

    class Meta:
        verbose_name = _("projects block")
        verbose_name_plural = _("projects blocks")

    def __str__(self) -> str:
        return ", ".join(str(project) for project in self.projects.all()[:4])


BLOCKS = (
    HeadingBlock,
    TextBlock,
    PhotoBlock,
    StatisticsBlock,
    RankingBlock,
    ProjectsBlock,
    QuotationBlock,
)
