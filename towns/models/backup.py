"""What a person typed and has not saved, and who has which form open. Neither counts as saved."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Model
from django.utils.translation import gettext_lazy as _


class OfOnePerson(models.Model):
    """Of one person at one form; `object_id` is 0 where the record is not saved yet."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("by")
    )
    content_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, related_name="+", verbose_name=_("kind")
    )
    object_id = models.PositiveBigIntegerField(default=0)

    class Meta:
        abstract = True


class OfOnePersonQuerySet(models.QuerySet):
    def at(self, model: type[Model], pk: int | None) -> Self:
        kind = ContentType.objects.get_for_model(model)
        return self.filter(content_type=kind, object_id=pk or 0)


class Backup(OfOnePerson):
    """The fields of a form as they were typed. Seen by that person alone, gone once saved."""

    # Tells the empty forms of one person apart; "" for a record that is there.
    key = models.CharField(max_length=32, blank=True)
    # The fingerprint of the cells that the form was made from.
    version = models.CharField(max_length=64, blank=True)
    fields = models.JSONField(_("fields"))  # [[name, value], …] in the form's order
    written_at = models.DateTimeField(_("at"))

    objects = OfOnePersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("unsaved work")
        verbose_name_plural = _("unsaved work")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("user", "content_type", "object_id", "key"), name="backup_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"


class Presence(OfOnePerson):
    """Somebody has a record's form open; whoever was not heard of for a while has left."""

    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last heard of"))

    objects = OfOnePersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presence")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("user", "content_type", "object_id"), name="presence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.content_type} {self.object_id}"
