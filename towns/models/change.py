from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SiteVersion(models.Model):
    """The one row that numbers everything the public can see."""

    ONLY = 1

    seq = models.PositiveBigIntegerField(default=0)
    next_due = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="site_version_one_row")
        ]

    def __str__(self) -> str:
        return str(self.seq)

    @classmethod
    def current(cls) -> int:
        return cls.objects.values_list("seq", flat=True).get(pk=cls.ONLY)


class Change(models.Model):
    """One line of the public change log."""

    class Act(models.TextChoices):
        UPSERTED = "upserted", _("upserted")
        CORRECTED = "corrected", _("corrected")
        REMOVED = "removed", _("removed")

    seq = models.PositiveBigIntegerField(_("sequence number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=20)
    permanent_id = models.CharField(_("permanent id"), max_length=100)
    act = models.CharField(_("act"), max_length=9, choices=Act.choices)
    digest = models.CharField(_("fingerprint"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        ordering = ("seq",)
        verbose_name = _("change")
        verbose_name_plural = _("change log")
        indexes: ClassVar = [models.Index(fields=("kind", "permanent_id", "seq"))]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.permanent_id} {self.act}"


class PublicState(models.Model):
    """What partners hold if they are in step: the last line of each thing that is public."""

    kind = models.CharField(max_length=20)
    permanent_id = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("kind", "permanent_id"), name="public_state_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.permanent_id}"
