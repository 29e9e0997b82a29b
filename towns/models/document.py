import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from towns.models.publishable import both_or_neither


class Document(models.Model):
    """Canonical bytes of something, named by their SHA-256. Never changed, kept once.

    Erasure destroys the body; the digest stays, and so does what was signed with it.
    """

    digest = models.CharField(_("fingerprint"), max_length=64, primary_key=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, editable=False)
    body = models.TextField(_("body"), editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("erased by"),
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints: ClassVar = [
            both_or_neither(at="erased_at", by="erased_by", name="document_erased_pair")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def content(self) -> dict[str, Any]:
        """The content in the envelope; nothing where the body was erased."""
        return json.loads(self.body)["content"] if self.body else {}
