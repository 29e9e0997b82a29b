"""What stands on the home page and at the foot of each page, chosen and ordered one by one."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from towns.images.inspection import check_badge
from towns.models.named import Named
from towns.models.photo import Photo
from towns.models.place import Town
from towns.models.project import Project
from towns.models.site import SiteSettings
from towns.models.statistic import Statistic

BADGE_HEIGHT = 60


class Chosen(models.Model):
    """One thing chosen for its place."""

    site = models.ForeignKey(SiteSettings, on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Smaller numbers stand first.")
    )

    class Meta:
        abstract = True
        ordering = ("order", "pk")


def _once(field: str, name: str) -> list[models.BaseConstraint]:
    message = _("This stands there already.")
    return [
        models.UniqueConstraint(fields=("site", field), name=name, violation_error_message=message)
    ]


class HomeTown(Chosen):
    town = models.ForeignKey(
        Town, on_delete=models.CASCADE, related_name="+", verbose_name=_("town")
    )

    class Meta(Chosen.Meta):
        verbose_name = _("town on the home page")
        verbose_name_plural = _("towns on the home page")
        constraints: ClassVar = _once("town", "home_town_once")

    def __str__(self) -> str:
        return str(self.town)


class HomeStatistic(Chosen):
    statistic = models.ForeignKey(
        Statistic, on_delete=models.CASCADE, related_name="+", verbose_name=_("figure")
    )

    class Meta(Chosen.Meta):
        verbose_name = _("key figure on the home page")
        verbose_name_plural = _("key figures on the home page")
        constraints: ClassVar = _once("statistic", "home_statistic_once")

    def __str__(self) -> str:
        return str(self.statistic)


class HomeProject(Chosen):
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="+", verbose_name=_("project")
    )

    class Meta(Chosen.Meta):
        verbose_name = _("project on the home page")
        verbose_name_plural = _("projects on the home page")
        constraints: ClassVar = _once("project", "home_project_once")

    def __str__(self) -> str:
        return str(self.project)


class HomePhoto(Chosen):
    photo = models.ForeignKey(
        Photo, on_delete=models.CASCADE, related_name="+", verbose_name=_("picture")
    )

    class Meta(Chosen.Meta):
        verbose_name = _("picture on the home page")
        verbose_name_plural = _("pictures on the home page")
        constraints: ClassVar = _once("photo", "home_photo_once")

    def __str__(self) -> str:
        return str(self.photo)


class Badge(Named, Chosen):
    """A mark that an authority gave the site, such as 党政机关网站标识, linked to its proof."""

    image = models.ImageField(
        _("picture"),
        upload_to="badges/",
        width_field="width",
        height_field="height",
        validators=[check_badge],
        help_text=_("PNG or JPEG, at most 200 KB. Pages show it 60 pixels high."),
    )
    width = models.PositiveIntegerField(_("width"), editable=False, default=0)
    height = models.PositiveIntegerField(_("height"), editable=False, default=0)
    url = models.URLField(_("link"), blank=True, max_length=500)

    class Meta(Chosen.Meta):
        verbose_name = _("badge")
        verbose_name_plural = _("badges at the foot of each page")
        constraints: ClassVar = Named.Meta.constraints

    def __str__(self) -> str:
        return self.name

    @property
    def shown_width(self) -> int:
        return round(self.width * BADGE_HEIGHT / max(self.height, 1))
