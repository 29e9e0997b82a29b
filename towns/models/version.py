from typing import ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from towns.models.document import Document


class AboutRecord(models.Model):
    """About one record of any kind, which may be gone by now."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, verbose_name=_("kind"))
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    name = models.CharField(_("name"), max_length=300)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class AboutRecordQuerySet(models.QuerySet):
    def about(self, record: Model) -> Self:
        return self.filter(
            content_type=ContentType.objects.get_for_model(record), object_id=record.pk
        )


class Version(AboutRecord):
    """A record as somebody left it: all its columns and rows, in a Document of kind `cells`."""

    class Act(models.TextChoices):
        SAVED = "saved", _("saved")
        PUBLISHED = "published", _("published")
        ACCEPTED = "accepted", _("change accepted")
        RESTORED = "restored", _("earlier version restored")
        IMPORTED = "imported", _("imported")

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="versions", verbose_name=_("document")
    )
    act = models.CharField(_("act"), max_length=10, choices=Act.choices)
    saved_at = models.DateTimeField(_("at"), auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("by"),
    )

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        indexes: ClassVar = [models.Index(fields=("content_type", "object_id", "-id"))]


class BinItem(AboutRecord):
    """A record that was put into the bin: gone from everywhere, whole in its Documents."""

    # The record and what it took along, in the order in which they come back.
    documents = models.ManyToManyField(
        Document, through="BinDocument", related_name="bin_items", verbose_name=_("documents")
    )
    binned_at = models.DateTimeField(_("binned at"), auto_now_add=True)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("binned by"),
    )

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("thing in the bin")
        verbose_name_plural = _("bin")


class BinDocument(models.Model):
    item = models.ForeignKey(BinItem, on_delete=models.CASCADE, related_name="parts")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.document)
