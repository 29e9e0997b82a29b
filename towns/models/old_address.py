from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from towns.models.article import Column
from towns.models.page import Page
from towns.models.project import Project
from towns.models.ranking import Ranking

# What may be renamed after it was public. An article keeps the address of its first publication.
RENAMED: dict[str, type[models.Model]] = {
    "column": Column,
    "page": Page,
    "project": Project,
    "ranking": Ranking,
}


class OldAddressQuerySet(models.QuerySet):
    def of(self, record: models.Model) -> Self:
        return self.filter(kind=record._meta.model_name, record_id=record.pk)


class OldAddress(models.Model):
    """A slug under which something was public: its address leads to the record's new one.

    Only `publishing.renaming` writes it. What has that slug today goes first.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=[(kind, kind) for kind in RENAMED])
    slug = models.SlugField(_("address"), max_length=80)
    record_id = models.PositiveBigIntegerField()
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("kind", "slug"), name="old_address_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"

    @classmethod
    def new_slug(cls, kind: str, slug: str) -> str:
        """Where it went; "" where it never was, or is no longer there."""
        old = cls.objects.filter(kind=kind, slug=slug[:80]).first()
        if old is None:
            return ""
        slugs = RENAMED[kind].objects.filter(pk=old.record_id).values_list("slug", flat=True)
        return slugs.first() or ""
