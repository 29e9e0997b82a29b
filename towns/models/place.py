from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from towns.language.pinyin import search_key, search_names
from towns.models.named import Named, OtherNames
from towns.models.publishable import Publishable
from towns.models.source import Source


def matching_names(term: str) -> Q:
    """Rows whose Chinese, pinyin or English name contains the term: 金利, jinli or Jinli."""
    return Q(search_names__contains=search_key(term) or term.strip())


class CodedQuerySet(models.QuerySet):
    def own_first(self, region: "Region | None") -> Self:
        """By code; what lies in the site's own region before all else."""
        if region is None:
            return self.order_by("code")
        is_elsewhere = Case(When(code__startswith=region.code, then=0), default=1)
        return self.order_by(is_elsewhere, "code")


class RegionQuerySet(CodedQuerySet):
    def public(self) -> Self:
        """Regions above a public town, or named by the coverage of a public edition."""
        towns = Town.objects.public()
        counties = Q(pk__in=towns.values("county"))
        prefectures = Q(pk__in=towns.values("county__parent"))
        provinces = Q(pk__in=towns.values("county__parent__parent"))
        covered = Q(
            pk__in=self.model.objects.filter(covered_by__published_at__isnull=False).values("pk")
        )
        return self.filter(counties | prefectures | provinces | covered)


class Region(Named):
    """A province, prefecture or county; its code begins with the code of the one above it."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        PREFECTURE = "prefecture", _("prefecture")
        COUNTY = "county", _("county")

    code = models.CharField(_("code"), max_length=6, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    search_names = models.TextField(editable=False, default="")

    objects = RegionQuerySet.as_manager()

    class Meta(Named.Meta):
        ordering = ("code",)
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def save(self, *args, **kwargs) -> None:
        self.search_names = search_names(name_zh=self.name_zh, name_en=self.name_en)
        super().save(*args, **kwargs)

    @property
    def permanent_id(self) -> str:
        return self.code

    @property
    def path(self) -> "list[Region]":
        """From the province down to this region."""
        return [*(self.parent.path if self.parent else []), self]


# What hangs on a town, by the name of the relation, and when it is public.
_FACTS = {
    "entries": {"edition__published_at__isnull": False},
    "statistics": {"published_at__isnull": False, "town__isnull": False},
    "projects": {"project__published_at__isnull": False},
    "publications": {"publication__is_current": True},
}


def _towns_of(town: type[models.Model], name: str) -> models.QuerySet:
    """The rows that name towns: asked by themselves, not joined to 41,352 of them."""
    relation = town._meta.get_field(name)
    through = relation.through if relation.many_to_many else relation.related_model
    return through._base_manager.all()


class TownQuerySet(CodedQuerySet):
    def public(self) -> Self:
        """Towns with a published profile, or on which a public fact hangs."""
        is_public = Q(published_at__isnull=False)
        for name, condition in _FACTS.items():
            is_public |= Q(pk__in=_towns_of(self.model, name).filter(**condition).values("town"))
        return self.filter(is_public)

    def in_region(self, region: Region) -> Self:
        return self.filter(code__startswith=region.code)

    def with_place(self) -> Self:
        return self.select_related("county__parent__parent")

    def search(self, term: str) -> Self:
        return self.filter(matching_names(term))


class Town(Named, OtherNames, Publishable):
    """A township-level unit. (county, name) names one town; (province, name) does not."""

    class Kind(models.TextChoices):
        TOWN = "town", _("town")
        SUBDISTRICT = "subdistrict", _("subdistrict")
        TOWNSHIP = "township", _("township")
        ETHNIC_TOWNSHIP = "ethnic_township", _("ethnic township")
        SUMU = "sumu", _("sumu")
        ETHNIC_SUMU = "ethnic_sumu", _("ethnic sumu")
        DISTRICT_OFFICE = "district_office", _("district office")
        OTHER = "other", _("other unit")

    class CodeSystem(models.TextChoices):
        NBS = "nbs", _("National Bureau of Statistics")
        MCA = "mca", _("Ministry of Civil Affairs")

    code = models.CharField(
        _("code"),
        max_length=9,
        unique=True,
        help_text=_("Nine digits. Two ministries number the same towns differently."),
    )
    code_system = models.CharField(
        _("numbered by"), max_length=3, choices=CodeSystem.choices, default=CodeSystem.NBS
    )
    code_as_of = models.DateField(_("code as of"), null=True, blank=True)
    county = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="towns", verbose_name=_("county")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.TOWN)
    summary_zh = models.TextField(_("profile in Chinese"), blank=True)
    summary_en = models.TextField(_("profile in English"), blank=True)
    lead_photo = models.ForeignKey(
        "towns.Photo",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads_towns",
        verbose_name=_("lead picture"),
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=5, null=True, blank=True
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("merged into"),
    )
    search_names = models.TextField(editable=False, default="")

    objects = TownQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        verbose_name = _("town")
        verbose_name_plural = _("towns")
        constraints: ClassVar = [
            *Named.Meta.constraints,
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="town_coordinates_pair",
                violation_error_message=_(
                    "Latitude (−90 to 90) and longitude (−180 to 180) are given together."
                ),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        self.search_names = search_names(
            name_zh=self.name_zh, name_en=self.name_en, other_names=self.other_names
        )
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("town-detail", args=[self.code])

    @property
    def permanent_id(self) -> str:
        return self.code


class Honour(Named):
    """A title that a town holds, such as 全国重点镇."""

    town = models.ForeignKey(
        Town, on_delete=models.CASCADE, related_name="honours", verbose_name=_("town")
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))

    class Meta(Named.Meta):
        ordering = ("pk",)
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
