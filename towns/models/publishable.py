"""Records with a publication state of their own."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def both_or_neither(*, at: str, by: str, name: str) -> models.CheckConstraint:
    """Who and when come in pairs."""
    return models.CheckConstraint(
        condition=Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
        | Q(**{f"{at}__isnull": False, f"{by}__isnull": False}),
        name=name,
        violation_error_message=_("Who and when are recorded together, or not at all."),
    )


class PublishableQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(published_at__isnull=False)


class Publishable(models.Model):
    """Published by an act of a person; only `towns.publishing` sets these columns."""

    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            both_or_neither(at="published_at", by="published_by", name="%(class)s_published_pair")
        ]

    @property
    def is_public(self) -> bool:
        return self.published_at is not None
