import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from towns.language.bilingual import both, pick
from towns.models.place import Region, Town
from towns.models.project import Project
from towns.models.publishable import Publishable
from towns.models.source import Source


class Statistic(Publishable):
    """One stated number about a town or region."""

    class Unit(models.TextChoices):
        YUAN = "yuan", _("yuan")
        COMPANIES = "companies", _("companies")
        ENTERPRISES = "enterprises", _("enterprises")
        PROJECTS = "projects", pgettext_lazy("unit", "projects")
        ROADS = "roads", _("roads")
        RESTAURANTS = "restaurants", _("restaurants")
        VILLAGES = "villages", _("villages")
        PEOPLE = "people", _("people")
        METRES = "metres", _("metres")
        KILOMETRES = "kilometres", _("kilometres")
        SQUARE_KILOMETRES = "square_kilometres", _("square kilometres")
        MU = "mu", _("mu")
        TONNES = "tonnes", _("tonnes")
        PER_CENT = "per_cent", _("per cent")

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exactly")
        ABOUT = "about", _("about")
        OVER = "over", _("over")
        UNDER = "under", _("under")

    class Basis(models.TextChoices):
        ACTUAL = "actual", _("as counted")
        PLANNED = "planned", _("planned")
        ESTIMATED = "estimated", _("estimated")
        TARGET = "target", _("target")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    town = models.ForeignKey(
        Town,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statistics",
        verbose_name=_("town"),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statistics",
        verbose_name=_("region"),
    )
    project = models.ForeignKey(
        Project,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statistics",
        verbose_name=_("project"),
    )
    about_zh = models.CharField(
        _("about, in Chinese"),
        max_length=200,
        blank=True,
        help_text=_("A park or village of the town that the number is about."),
    )
    about_en = models.CharField(_("about, in English"), max_length=200, blank=True)
    indicator_zh = models.CharField(_("indicator in Chinese"), max_length=200, blank=True)
    indicator_en = models.CharField(_("indicator in English"), max_length=200, blank=True)
    value = models.DecimalField(_("value"), max_digits=22, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices)
    qualifier = models.CharField(
        _("qualifier"), max_length=6, choices=Qualifier.choices, default=Qualifier.EXACT
    )
    basis = models.CharField(_("basis"), max_length=9, choices=Basis.choices, default=Basis.ACTUAL)
    scope_zh = models.CharField(
        _("scope in Chinese"), max_length=200, blank=True, help_text=_("Such as 规模以上.")
    )
    scope_en = models.CharField(_("scope in English"), max_length=200, blank=True)
    period_start = models.DateField(
        _("period from"),
        null=True,
        blank=True,
        help_text=_("Leave both empty where the source names no period."),
    )
    period_end = models.DateField(_("period to"), null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="statistics", verbose_name=_("source")
    )

    class Meta:
        ordering = ("town", "region", "pk")
        verbose_name = _("statistic")
        verbose_name_plural = _("statistics")
        constraints: ClassVar = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(town__isnull=False, region__isnull=True)
                | Q(town__isnull=True, region__isnull=False),
                name="statistic_has_one_subject",
                violation_error_message=_("A statistic is about one town or one region."),
            ),
            models.CheckConstraint(
                condition=~Q(indicator_zh="") | ~Q(indicator_en=""),
                name="statistic_has_an_indicator",
                violation_error_message=_("Name the indicator in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True, period_end__isnull=True)
                | Q(
                    period_start__isnull=False,
                    period_end__isnull=False,
                    period_end__gte=F("period_start"),
                ),
                name="statistic_period_in_order",
                violation_error_message=_(
                    "A period has both its days, and does not end before it starts."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(unit="yuan") | Q(value__gte=0),
                name="statistic_money_not_negative",
                violation_error_message=_("Money is never negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.town or self.region} · {self.indicator} {self.value.normalize():f}"

    @property
    def indicator(self) -> str:
        return pick(self.indicator_zh, self.indicator_en)

    @property
    def indicators(self) -> dict[str, str]:
        return both(self.indicator_zh, self.indicator_en)

    @property
    def permanent_id(self) -> str:
        return str(self.uid)
