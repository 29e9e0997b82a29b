from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from towns.models.publishable import both_or_neither
from towns.models.version import AboutRecord, AboutRecordQuerySet


class CommentQuerySet(AboutRecordQuerySet):
    def open(self) -> Self:
        return self.filter(resolved_at__isnull=True)


class Comment(AboutRecord):
    """A remark on a draft, for those who work on it; no part of any Document, never public.

    `block_kind` and `block_id` name the block: it keeps its key when it is moved. When it goes,
    the comment stays with the article, and `block_said` says what the block was.
    """

    block_kind = models.CharField(max_length=40, blank=True)
    block_id = models.PositiveBigIntegerField(null=True, blank=True)
    block_said = models.CharField(_("block"), max_length=100, blank=True)
    text = models.TextField(_("comment"), max_length=4000)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes: ClassVar = [models.Index(fields=("content_type", "object_id"))]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            both_or_neither(at="resolved_at", by="resolved_by", name="comment_resolved_pair"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
