import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from towns.language.bilingual import both, pick
from towns.models.party import Party


class SourceQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Sources on which a public record rests."""
        uses = (
            {"entries__edition__published_at__isnull": False},
            {"claims__entry__edition__published_at__isnull": False},
            {"editions__published_at__isnull": False},
            {"statistics__published_at__isnull": False},
            {"projects__published_at__isnull": False},
            {"honour__town__published_at__isnull": False},
        )
        is_public = Q()
        for use in uses:
            is_public |= Q(pk__in=self.model.objects.filter(**use).values("pk"))
        return self.filter(is_public)


class Source(models.Model):
    """Where a fact comes from."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title_zh = models.CharField(_("Chinese title"), max_length=300, blank=True)
    title_en = models.CharField(_("English title"), max_length=300, blank=True)
    publisher = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("publisher"),
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    url = models.URLField(_("link"), blank=True, max_length=500)
    note_zh = models.TextField(_("note in Chinese"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    file = models.FileField(_("archived file"), upload_to="sources/", blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_on", "pk")
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(title_zh="") | ~Q(title_en=""),
                name="source_has_a_title",
                violation_error_message=_("Give the title in at least one language."),
            )
        ]

    def __str__(self) -> str:
        publisher = f"{self.publisher} · " if self.publisher else ""
        return f"{publisher}{pick(self.title_zh, self.title_en)}"

    @property
    def titles(self) -> dict[str, str]:
        return both(self.title_zh, self.title_en)

    @property
    def permanent_id(self) -> str:
        return str(self.uid)
