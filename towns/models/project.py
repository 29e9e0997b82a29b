from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from towns.models.named import ChineseNameToVerify, Named, OtherNames
from towns.models.place import Region, Town
from towns.models.publishable import Publishable, PublishableQuerySet
from towns.models.source import Source


class DatePrecision(models.TextChoices):
    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")


class ProjectQuerySet(PublishableQuerySet):
    def in_region(self, region: Region) -> Self:
        towns = Town.objects.in_region(region)
        return self.filter(
            pk__in=self.model.towns.through.objects.filter(town__in=towns).values("project")
        )


class Project(Named, OtherNames, ChineseNameToVerify, Publishable):
    """A named development project of one or more towns."""

    class Kind(models.TextChoices):
        ROAD = "road", _("road")
        MUNICIPAL_ROAD = "municipal_road", _("municipal road")
        INDUSTRIAL_PARK = "industrial_park", _("industrial park")
        INDUSTRY = "industry", _("industry")
        COMMERCE = "commerce", _("commerce")
        HOTEL = "hotel", _("hotel")
        PARK = "park", _("park")
        CULTURE_TOURISM = "culture_tourism", _("culture and tourism")
        AGRICULTURE_TOURISM = "agriculture_tourism", _("farming and tourism")
        EDUCATION = "education", _("education")
        HEALTH = "health", _("health")
        OTHER = "other", _("other")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        FUND_RAISING = "fund_raising", _("raising funds")
        DONATION = "donation", _("by donation")
        LAUNCHED = "launched", _("launched")
        BEGUN = "begun", _("construction begun")
        UNDER_CONSTRUCTION = "under_construction", _("under construction")
        IN_PRODUCTION = "in_production", _("in production")
        IN_USE = "in_use", _("in use")
        STOPPED = "stopped", _("stopped")

    MOVING = (Status.LAUNCHED, Status.BEGUN, Status.UNDER_CONSTRUCTION)
    DONE = (Status.IN_PRODUCTION, Status.IN_USE)

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    towns = models.ManyToManyField(Town, related_name="projects", verbose_name=_("towns"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    status_on = models.DateField(_("status as of"), null=True, blank=True)
    status_words_zh = models.CharField(
        _("Chinese wording of the status"), max_length=200, blank=True
    )
    status_words_en = models.CharField(
        _("English wording of the status"), max_length=200, blank=True
    )
    amount = models.DecimalField(
        _("amount in yuan"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In yuan: 1.2 亿 is 120000000. Leave empty where it was not published."),
    )
    expected_on = models.DateField(_("expected completion"), null=True, blank=True)
    expected_precision = models.CharField(
        _("known"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.MONTH
    )
    photos = models.ManyToManyField(
        "towns.Photo", blank=True, related_name="projects", verbose_name=_("pictures")
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="projects", verbose_name=_("source")
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints: ClassVar = [
            *Named.Meta.constraints,
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="project_amount_not_negative",
                violation_error_message=_("Money is never negative."),
            ),
        ]

    @property
    def permanent_id(self) -> str:
        return self.slug

    @property
    def is_done(self) -> bool:
        return self.status in self.DONE

    @property
    def is_overdue(self) -> bool:
        """The time it was expected in has passed, and no record says that it is done or stopped."""
        if self.expected_on is None or self.status in (*self.DONE, self.Status.STOPPED):
            return False
        parts = {DatePrecision.YEAR: 1, DatePrecision.MONTH: 2}.get(self.expected_precision, 3)
        today, expected = timezone.localdate().timetuple(), self.expected_on.timetuple()
        return today[:parts] > expected[:parts]

    def get_absolute_url(self) -> str:
        return reverse("project-detail", args=[self.slug])


class Milestone(models.Model):
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="milestones", verbose_name=_("project")
    )
    on = models.DateField(_("date"), null=True, blank=True)
    precision = models.CharField(
        _("known"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.MONTH
    )
    is_expected = models.BooleanField(_("expected"), default=False)
    text_zh = models.CharField(_("Chinese text"), max_length=200, blank=True)
    text_en = models.CharField(_("English text"), max_length=200, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )

    class Meta:
        ordering = ("project", "on", "pk")
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return f"{self.on or '–'} {self.text_zh or self.text_en}"
