from typing import ClassVar, Self

from content_editor.models import Region as EditorRegion
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from towns.language.bilingual import both, pick
from towns.language.pinyin import read
from towns.language.script import is_chinese
from towns.models.named import Named
from towns.models.party import Party
from towns.models.photo import Photo
from towns.models.publishable import both_or_neither
from towns.models.trail import TrailEntry


class Column(Named):
    slug = models.SlugField(_("address"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    description_zh = models.CharField(_("Chinese description"), max_length=300, blank=True)
    description_en = models.CharField(_("English description"), max_length=300, blank=True)
    keywords = models.CharField(
        _("keywords"),
        max_length=200,
        blank=True,
        help_text=_("For harvesters, as ColumnKeywords; with commas between them."),
    )
    kind = models.CharField(
        _("kind of column"),
        max_length=100,
        blank=True,
        help_text=_("For harvesters, as ColumnType; for instance 工作动态."),
    )

    class Meta(Named.Meta):
        ordering = ("order", "slug")
        verbose_name = _("column")
        verbose_name_plural = _("columns")


_LONGEST_SLUG = 60


class ArticleQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(pk__in=self.model.objects.filter(publications__is_current=True))

    def free_slug(self, title: str) -> str:
        """Of the title: its English words, or how its Chinese ones are read."""
        words = " ".join(read(title)) if is_chinese(title) else title
        base = slugify(words)[:_LONGEST_SLUG].strip("-") or "article"
        taken = set(self.filter(slug__startswith=base).values_list("slug", flat=True))
        slug, number = base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        return slug


class Article(models.Model):
    """The working copy. The public never reads it: it reads the Document of a Publication."""

    regions: ClassVar = [EditorRegion(key="main", title=_("Text"))]

    slug = models.SlugField(
        _("address"),
        unique=True,
        max_length=80,
        help_text=_("Latin letters, digits and hyphens. It serves both languages."),
    )
    column = models.ForeignKey(
        Column, on_delete=models.PROTECT, related_name="articles", verbose_name=_("column")
    )
    title_zh = models.CharField(_("Chinese title"), max_length=200, blank=True)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    summary_zh = models.TextField(_("Chinese standfirst"), blank=True)
    summary_en = models.TextField(_("English standfirst"), blank=True)
    publisher = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("issued by"),
    )
    issued_at = models.DateTimeField(
        _("issued at"),
        null=True,
        blank=True,
        help_text=_("The time that the source printed, not the time of publication here."),
    )
    issued_place_zh = models.CharField(_("place of issue in Chinese"), max_length=100, blank=True)
    issued_place_en = models.CharField(_("place of issue in English"), max_length=100, blank=True)
    origin_url = models.URLField(_("link to the source"), blank=True, max_length=500)
    lead_photo = models.ForeignKey(
        Photo,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads_articles",
        verbose_name=_("lead picture"),
    )
    parties = models.ManyToManyField(
        Party,
        blank=True,
        related_name="mentioned_in",
        verbose_name=_("people and organisations mentioned"),
    )
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("begun by"),
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    note_zh = models.TextField(
        _("correction note in Chinese"),
        blank=True,
        help_text=_("What the correction changes, in a sentence. Shown on the page, dated."),
    )
    note_en = models.TextField(_("correction note in English"), blank=True)
    # Where it is on its road; only `publishing` sets these.
    submission = models.OneToOneField(
        TrailEntry,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="submitted_article",
        verbose_name=_("submission"),
    )
    due_at = models.DateTimeField(_("review due at"), null=True, editable=False)
    publish_at = models.DateTimeField(_("to be published at"), null=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("scheduled by"),
    )
    missed_at = models.DateTimeField(_("did not go out at"), null=True, editable=False)
    urgent_request = models.OneToOneField(
        TrailEntry,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="urgent_article",
        verbose_name=_("urgent request"),
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at",)
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions: ClassVar = [
            ("publish_article", _("Can publish articles")),
            ("withdraw_article", _("Can withdraw articles and erase earlier publications")),
            ("ask_urgent", _("Can ask for urgent publication")),
            ("confirm_urgent", _("Can confirm urgent publication")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(title_zh="") | ~Q(title_en=""),
                name="article_has_a_title",
                violation_error_message=_("Give the title in at least one language."),
            ),
            both_or_neither(at="publish_at", by="scheduled_by", name="article_scheduled_pair"),
        ]

    def __str__(self) -> str:
        return pick(self.title_zh, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("article-detail", args=[self.slug])

    @property
    def titles(self) -> dict[str, str]:
        return both(self.title_zh, self.title_en)

    @property
    def permanent_id(self) -> str:
        return self.slug

    @property
    def notes(self) -> dict[str, str]:
        return both(self.note_zh, self.note_en)

    @property
    def is_in_review(self) -> bool:
        return self.submission_id is not None
