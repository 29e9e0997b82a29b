from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from towns.models.named import Named


class Term(Named):
    """A name or phrase as it is to be written, with the forms it must not have."""

    name_zh = models.CharField(_("right form in Chinese"), max_length=200, blank=True)
    name_en = models.CharField(_("right form in English"), max_length=200, blank=True)
    forbidden_zh = models.TextField(
        _("forbidden forms in Chinese"), blank=True, help_text=_("One on each line.")
    )
    forbidden_en = models.TextField(
        _("forbidden forms in English"),
        blank=True,
        help_text=_("One on each line. 四会发布 is never “the Fourth Session”."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Why, for colleagues."))

    class Meta:
        ordering = ("name_zh", "name_en")
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints: ClassVar = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                fields=("name_zh",),
                condition=~Q(name_zh=""),
                name="term_zh_once",
                violation_error_message=_("This term is there already."),
            ),
        ]

    @property
    def forbidden(self) -> dict[str, list[str]]:
        """By language: the forms that must not stand in a text."""
        return {"zh-hans": _lines(self.forbidden_zh), "en": _lines(self.forbidden_en)}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
