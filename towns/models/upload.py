import uuid
from pathlib import PurePosixPath
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from towns.models.version import AboutRecord

ARTICLE = "article"


def upload_path(upload: "Upload", filename: str) -> str:
    return f"uploads/{upload.uid}{PurePosixPath(filename).suffix.lower()[:10]}"


class Upload(models.Model):
    """An article or a spreadsheet as received. Its file never changes and is never public."""

    class State(models.TextChoices):
        READ = "read", _("read, nothing kept yet")
        KEPT = "kept", _("kept")
        DROPPED = "dropped", _("put aside")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # `ARTICLE`, or the kind of record that each row of a spreadsheet is about.
    kind = models.CharField(_("kind"), max_length=20)
    file = models.FileField(_("file"), upload_to=upload_path)
    name = models.CharField(_("file name"), max_length=255)
    digest = models.CharField(_("fingerprint"), max_length=64, db_index=True)  # SHA-256, hex
    size = models.PositiveBigIntegerField(_("bytes"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.READ)
    # What the person answered to the reader's questions, by question.
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    # What a person still has to look at in what was kept: [{"line", "text", "is_settled"}, …]
    left_open = models.JSONField(_("left open"), default=list, blank=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="uploads",
        verbose_name=_("received from"),
    )
    kept_at = models.DateTimeField(_("kept at"), null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.name


class ArticleUploadManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(kind=ARTICLE)


class ArticleUpload(Upload):
    """An article as received; the rights are those of an upload."""

    objects = ArticleUploadManager()

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("pasted article")
        verbose_name_plural = _("pasted articles")

    def save(self, *args, **kwargs) -> None:
        self.kind = ARTICLE
        super().save(*args, **kwargs)

    @property
    def open_points(self) -> list[dict[str, Any]]:
        return [point for point in self.left_open if not point.get("is_settled")]


class SheetUploadManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().exclude(kind=ARTICLE)


class SheetUpload(Upload):
    """A spreadsheet as received; the rights are those of an upload."""

    objects = SheetUploadManager()

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("imported sheet")
        verbose_name_plural = _("imported sheets")


class UploadRow(AboutRecord):
    """What became of one row of a spreadsheet, or of one thing found in an article."""

    class Outcome(models.TextChoices):
        CREATED = "created", pgettext_lazy("row of a sheet", "created")
        UPDATED = "updated", pgettext_lazy("row of a sheet", "updated")
        UNCHANGED = "unchanged", pgettext_lazy("row of a sheet", "unchanged")
        PROPOSED = "proposed", pgettext_lazy("row of a sheet", "change proposed")

    upload = models.ForeignKey(
        Upload, on_delete=models.CASCADE, related_name="rows", verbose_name=_("upload")
    )
    # The number that the spreadsheet shows, or the line of the article; counted from 1.
    row = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)

    class Meta:
        ordering = ("upload", "row", "pk")
        verbose_name = _("row of an upload")
        verbose_name_plural = _("rows of uploads")
        indexes: ClassVar = [models.Index(fields=("content_type", "object_id"))]
