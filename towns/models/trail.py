"""The trail: every act of review and publication, each entry sealed to the one before it."""

import json
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from towns.models.document import Document
from towns.models.stage import Stage


class TrailHead(models.Model):
    """The one row that says where the trail ends; whoever writes an entry locks it first."""

    ONLY = 1

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="trail_head_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:8]}"


class TrailQuerySet(models.QuerySet):
    def about(self, record: models.Model) -> Self:
        return self.filter(subject_kind=record._meta.model_name, subject_id=record.pk)

    def signatures(self) -> Self:
        return self.filter(act__in=(TrailEntry.Act.PROOFED, TrailEntry.Act.REVIEWED))

    def reviews(self) -> Self:
        """Sign-offs and refusals, each of one Document by one person."""
        acts = (TrailEntry.Act.PROOFED, TrailEntry.Act.REVIEWED, TrailEntry.Act.SENT_BACK)
        return self.filter(act__in=acts)


class TrailEntry(models.Model):
    """One act by one person. Written by `publishing.trail` alone, and never changed."""

    class Act(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        TAKEN_BACK = "taken_back", _("taken back")
        PROOFED = "proofed", _("proof signed")
        REVIEWED = "reviewed", _("review signed")
        SENT_BACK = "sent_back", _("sent back")
        SCHEDULED = "scheduled", _("scheduled")
        UNSCHEDULED = "unscheduled", _("schedule cancelled")
        MISSED = "missed", _("did not go out at its time")
        URGENT_ASKED = "urgent_asked", _("urgent publication asked for")
        URGENT_DROPPED = "urgent_dropped", _("urgent publication dropped")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ERASED = "erased", _("body erased")
        PROPOSED = "proposed", _("change proposed")
        ACCEPTED = "accepted", _("change accepted")
        DECLINED = "declined", _("change declined")
        RESTORED = "restored", _("earlier version restored")
        BINNED = "binned", _("moved to the bin")
        UNBINNED = "unbinned", _("taken out of the bin")
        STAGES = "stages", _("stages changed")

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    subject_kind = models.CharField(_("kind"), max_length=20)
    subject_id = models.PositiveBigIntegerField()
    subject = models.CharField(_("subject"), max_length=300)
    act = models.CharField(_("act"), max_length=16, choices=Act.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="trail",
        verbose_name=_("by"),
    )
    by_name = models.CharField(_("name at the time"), max_length=300)
    at = models.DateTimeField(_("at"))
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        related_name="trail",
        verbose_name=_("document"),
    )
    # Finds the signatures of a stage; what the stage was called then is in `details`.
    stage = models.ForeignKey(
        Stage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="trail",
        verbose_name=_("stage"),
    )
    reason = models.TextField(_("reason"), blank=True)
    details = models.TextField(default="{}")
    previous = models.CharField(_("fingerprint before"), max_length=64, blank=True)
    digest = models.CharField(_("fingerprint"), max_length=64, unique=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        verbose_name = _("trail entry")
        verbose_name_plural = _("trail")
        indexes: ClassVar = [models.Index(fields=("subject_kind", "subject_id", "number"))]

    def __str__(self) -> str:
        return f"{self.number} · {self.get_act_display()} · {self.subject}"

    @property
    def said(self) -> dict[str, Any]:
        """What else belongs to the act: languages, the stage as it was, a publication's number."""
        return json.loads(self.details)


class ReviewManager(models.Manager.from_queryset(TrailQuerySet)):
    def get_queryset(self) -> TrailQuerySet:
        return super().get_queryset().reviews()


class Review(TrailEntry):
    """One sign-off or refusal at a stage, by one person, of the Document that was read."""

    objects = ReviewManager()

    class Meta:
        proxy = True
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
