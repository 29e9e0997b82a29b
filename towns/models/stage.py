from typing import ClassVar, Self

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from towns.models.named import Named


class StageQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.order_by("order", "pk").prefetch_related("reviewers", "proofreaders")


class Stage(Named):
    """A configured step of the road of an article: a review, and where asked a proof before it."""

    order = models.PositiveSmallIntegerField(
        _("order"),
        unique=True,
        help_text=_("Stages are signed from the smallest number to the largest."),
    )
    reviewers = models.ManyToManyField(
        Group,
        related_name="reviews_at",
        verbose_name=_("who may review"),
    )
    asks_proof = models.BooleanField(
        _("proof asked"),
        default=True,
        help_text=_("A proof-reader signs the same text before the reviewer does."),
    )
    proof_name_zh = models.CharField(_("Chinese name of the proof"), max_length=50, blank=True)
    proof_name_en = models.CharField(_("English name of the proof"), max_length=50, blank=True)
    proofreaders = models.ManyToManyField(
        Group,
        blank=True,
        related_name="proofs_at",
        verbose_name=_("who may proof-read"),
    )
    waiver_zh = models.CharField(
        _("waiver in Chinese"),
        max_length=300,
        blank=True,
        help_text=_("Why there are fewer than three reviews and proofs. Printed on each sheet."),
    )
    waiver_en = models.CharField(_("waiver in English"), max_length=300, blank=True)

    objects = StageQuerySet.as_manager()

    class Meta(Named.Meta):
        ordering = ("order",)
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        constraints: ClassVar = [*Named.Meta.constraints]
