from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from towns.language.bilingual import both, pick
from towns.models.blocks import PROSE
from towns.models.publishable import Publishable

PAGE_PROSE = {**PROSE, "Heading": {"levels": [2, 3]}}


class Page(Publishable):
    """A page about the site itself: about, accessibility, privacy."""

    slug = models.SlugField(
        _("address"),
        unique=True,
        max_length=40,
        help_text=_("Such as about, accessibility or privacy. It serves both languages."),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("At the foot of each page; smaller numbers first.")
    )
    title_zh = models.CharField(_("Chinese title"), max_length=200, blank=True)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    html_zh = ProseEditorField(_("Chinese text"), extensions=PAGE_PROSE, sanitize=True, blank=True)
    html_en = ProseEditorField(_("English text"), extensions=PAGE_PROSE, sanitize=True, blank=True)

    class Meta:
        ordering = ("order", "slug")
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints: ClassVar = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title_zh="") | ~Q(title_en=""),
                name="page_has_a_title",
                violation_error_message=_("Give the title in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self.title_zh, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("page-detail", args=[self.slug])

    @property
    def permanent_id(self) -> str:
        return self.slug

    @property
    def titles(self) -> dict[str, str]:
        return both(self.title_zh, self.title_en)

    @property
    def htmls(self) -> dict[str, str]:
        return both(self.html_zh, self.html_en)
