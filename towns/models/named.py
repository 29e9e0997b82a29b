from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from towns.language.bilingual import both, pick


class Named(models.Model):
    """A name in both languages; one of the two may still be missing."""

    name_zh = models.CharField(_("Chinese name"), max_length=200, blank=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name_zh="") | ~Q(name_en=""),
                name="%(class)s_has_a_name",
                violation_error_message=_("Give the name in at least one language."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return pick(self.name_zh, self.name_en)

    @property
    def names(self) -> dict[str, str]:
        return both(self.name_zh, self.name_en)


class OtherNames(models.Model):
    """Aliases, former names and spellings that searching and importing must recognise."""

    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("Former names, short forms and other spellings, one on each line."),
    )

    class Meta:
        abstract = True

    @property
    def other_name_list(self) -> list[str]:
        return [line.strip() for line in self.other_names.splitlines() if line.strip()]


class ChineseNameToVerify(models.Model):
    is_name_zh_unverified = models.BooleanField(
        _("Chinese name unverified"),
        default=False,
        help_text=_("Pages mark the Chinese name as not yet verified until this is cleared."),
    )

    class Meta:
        abstract = True
