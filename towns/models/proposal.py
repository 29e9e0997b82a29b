from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from towns.models.document import Document
from towns.models.publishable import both_or_neither
from towns.models.version import AboutRecord, AboutRecordQuerySet


class ProposalQuerySet(AboutRecordQuerySet):
    def waiting(self) -> Self:
        return self.filter(decided_at__isnull=True)


class Proposal(AboutRecord):
    """A change to a public record; it takes effect when a second person accepts it.

    `before` and `after` are Documents of all the record's cells: without `before` it adds the
    record, without `after` it removes it.
    """

    class Nature(models.TextChoices):
        CORRECTION = "correction", _("It was wrong")
        UPDATE = "update", _("It has changed since")

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    object_id = models.PositiveBigIntegerField(null=True)
    before = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    nature = models.CharField(_("why"), max_length=10, choices=Nature.choices)
    reason = models.TextField(_("reason"))
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="proposals",
        verbose_name=_("proposed by"),
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        permissions: ClassVar = [("decide_proposal", _("Can accept and decline proposals"))]
        constraints: ClassVar = [
            both_or_neither(at="decided_at", by="decided_by", name="proposal_decided_pair"),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="proposal_changes_something",
                violation_error_message=_("A proposal adds, changes or removes a record."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=models.F("proposed_by"))
                | Q(decision="taken_back"),
                name="proposal_second_person",
                violation_error_message=_("A second person decides on a proposal."),
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None

    @property
    def is_correction(self) -> bool:
        return self.nature == self.Nature.CORRECTION
