import json
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from towns.language.bilingual import both, pick
from towns.models.article import Article, Column
from towns.models.document import Document
from towns.models.party import Party
from towns.models.photo import Photo
from towns.models.place import Town
from towns.models.project import Project
from towns.models.publishable import both_or_neither
from towns.models.trail import TrailEntry


class PublicationQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(is_current=True)

    def about(self, town: Town) -> Self:
        return self.filter(towns=town)

    def withdrawn(self) -> Self:
        """Articles that were public and are no longer: their last publication says why."""
        later = self.model.objects.filter(
            article=models.OuterRef("article"), number__gt=models.OuterRef("number")
        )
        return self.filter(~models.Exists(later), withdrawn_at__isnull=False)

    def put_right(self) -> Self:
        """The corrections of public articles and the withdrawals, the newest first.

        `put_right_at` is when; `article.current` has the text that the public reads now. What an
        earlier publication was called is for staff: of a withdrawn article there is the notice.
        """
        current = self.model.objects.public().filter(article=models.OuterRef("article"))
        found = self.annotate(
            is_about_public=models.Exists(current),
            put_right_at=models.Case(
                models.When(models.Exists(current), then=models.F("published_at")),
                default=models.F("withdrawn_at"),
            ),
        )
        withdrawn = self.model.objects.withdrawn().values("pk")
        found = found.filter(Q(is_about_public=True, is_correction=True) | Q(pk__in=withdrawn))
        shown = models.Prefetch("article__publications", self.model.objects.public(), "current")
        return found.prefetch_related(shown).order_by("-put_right_at", "-pk")

    def newest_first(self) -> Self:
        return self.order_by("-issued_at", "-published_at", "-pk")


class Publication(models.Model):
    """What the public sees of an article: one exact Document, with columns for lists."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="publications", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(pgettext_lazy("of a numbered text", "number"))
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="publications", verbose_name=_("document")
    )
    is_current = models.BooleanField(_("current"), default=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
    )
    slug = models.SlugField(_("address"), max_length=80)
    column = models.ForeignKey(
        Column, on_delete=models.PROTECT, related_name="publications", verbose_name=_("column")
    )
    publisher = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        related_name="publications",
        verbose_name=_("issued by"),
    )
    title_zh = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    summary_zh = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    issued_at = models.DateTimeField(_("issued at"))
    lead_photo = models.ForeignKey(
        Photo, on_delete=models.PROTECT, null=True, related_name="leads_publications"
    )
    towns = models.ManyToManyField(Town, related_name="publications")
    photos = models.ManyToManyField(Photo, related_name="publications")
    projects = models.ManyToManyField(Project, related_name="publications")
    parties = models.ManyToManyField(Party, related_name="mentioning_publications")

    # A correction says on the page what it changed.
    is_correction = models.BooleanField(_("correction"), default=False)
    note_zh = models.TextField(_("correction note in Chinese"), blank=True)
    note_en = models.TextField(_("correction note in English"), blank=True)
    urgent_request = models.OneToOneField(
        TrailEntry,
        on_delete=models.PROTECT,
        null=True,
        related_name="urgent_publication",
        verbose_name=_("urgent request"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    notice_zh = models.TextField(_("notice of withdrawal in Chinese"), blank=True)
    notice_en = models.TextField(_("notice of withdrawal in English"), blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-pk")
        verbose_name = pgettext_lazy("a numbered text", "publication")
        verbose_name_plural = _("publications")
        indexes: ClassVar = [models.Index(fields=("is_current", "-issued_at"))]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("article", "number"),
                name="publication_number_once",
                violation_error_message=_("This article already has a publication of that number."),
            ),
            models.UniqueConstraint(
                fields=("article",),
                condition=Q(is_current=True),
                name="publication_one_current",
                violation_error_message=_("An article has one current publication."),
            ),
            both_or_neither(
                at="withdrawn_at", by="withdrawn_by", name="publication_withdrawn_pair"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(is_current=False),
                name="publication_withdrawn_is_not_current",
                violation_error_message=_("What was withdrawn is no longer current."),
            ),
        ]

    def __str__(self) -> str:
        return f"{pick(self.title_zh, self.title_en)} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("article-detail", args=[self.slug])

    @property
    def titles(self) -> dict[str, str]:
        return both(self.title_zh, self.title_en)

    @property
    def summaries(self) -> dict[str, str]:
        return both(self.summary_zh, self.summary_en)

    @property
    def notes(self) -> dict[str, str]:
        return both(self.note_zh, self.note_en)

    @property
    def notices(self) -> dict[str, str]:
        return both(self.notice_zh, self.notice_en)


class MovedOn(models.Model):
    """A record that a current publication quotes, and that has another value by now.

    Outside the frozen text: the page shows it as a line under the block that quotes the record.
    `changes` is JSON: the key of the record's Document → what was frozen, what stands there now.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="moved_on")
    kind = models.CharField(_("kind"), max_length=20)
    permanent_id = models.CharField(_("permanent id"), max_length=100)
    changes = models.TextField()
    is_correction = models.BooleanField(_("correction"))
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering = ("pk",)
        verbose_name = _("quoted record that moved on")
        verbose_name_plural = _("quoted records that moved on")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("publication", "kind", "permanent_id"), name="moved_on_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication} · {self.kind} {self.permanent_id}"

    @property
    def said(self) -> dict[str, list[Any]]:
        return json.loads(self.changes)
