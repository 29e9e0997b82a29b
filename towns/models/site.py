from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _

from towns.language.bilingual import both, pick
from towns.models.article import Article
from towns.models.change import SiteVersion
from towns.models.photo import Photo
from towns.models.place import Region, Town
from towns.models.project import Project
from towns.models.statistic import Statistic

# A licensed Chinese service; it is told that these are WGS 84 coordinates.
MAP_ADDRESS = (
    "https://uri.amap.com/marker?position={longitude},{latitude}&name={name}&coordinate=wgs84"
)


class SiteSettings(models.Model):
    """Names, numbers and badges of the site, and what stands on its home page. One row."""

    ONLY = 1

    name_zh = models.CharField(_("Chinese name"), max_length=100, default="城镇门户")
    name_en = models.CharField(_("English name"), max_length=100, default="Towns Portal")
    description_zh = models.CharField(_("Chinese description"), max_length=300, blank=True)
    description_en = models.CharField(_("English description"), max_length=300, blank=True)
    organiser_zh = models.CharField(_("organiser in Chinese"), max_length=200, blank=True)
    organiser_en = models.CharField(_("organiser in English"), max_length=200, blank=True)
    host_zh = models.CharField(_("run by, in Chinese"), max_length=200, blank=True)
    host_en = models.CharField(_("run by, in English"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(_("public security filing number"), max_length=60, blank=True)
    police_url = models.URLField(
        _("link of the public security filing"), blank=True, max_length=300
    )
    site_code = models.CharField(
        _("government site code"),
        max_length=30,
        blank=True,
        help_text=_("Also given to harvesters, as SiteIDCode."),
    )
    map_address = models.CharField(
        _("address of the map"),
        max_length=300,
        blank=True,
        default=MAP_ADDRESS,
        help_text=_("{longitude}, {latitude} (WGS 84) and {name} are filled in. Empty: no link."),
    )
    security_contact = models.CharField(
        _("contact for security reports"),
        max_length=200,
        blank=True,
        help_text=_("mailto:… or https://…; shown at /.well-known/security.txt."),
    )
    security_expires = models.DateField(
        _("security contact valid until"),
        null=True,
        blank=True,
        help_text=_("The standard asks for a date less than a year away."),
    )
    takes_comments = models.BooleanField(
        _("readers may comment on articles"),
        default=False,
        help_text=_(
            "A comment is shown only after a person has read and approved it. Switched off, the "
            "form and all comments are gone from the pages; what was written is kept."
        ),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region of the site"),
        help_text=_(
            "The city or county whose site this is: its towns stand first in the list of towns, "
            "and the home page shows their places in the newest ranking. Empty: all towns alike."
        ),
    )
    lead_article = models.ForeignKey(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead article"),
        help_text=_("Stands first on the home page. Empty: the newest article."),
    )
    home_towns = models.ManyToManyField(
        Town,
        through="towns.HomeTown",
        related_name="on_home_page",
        verbose_name=_("towns on the home page"),
    )
    home_statistics = models.ManyToManyField(
        Statistic,
        through="towns.HomeStatistic",
        related_name="on_home_page",
        verbose_name=_("key figures on the home page"),
    )
    home_projects = models.ManyToManyField(
        Project,
        through="towns.HomeProject",
        related_name="on_home_page",
        verbose_name=_("projects on the home page"),
    )
    home_photos = models.ManyToManyField(
        Photo,
        through="towns.HomePhoto",
        related_name="on_home_page",
        verbose_name=_("pictures on the home page"),
    )

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        permissions: ClassVar = [("publish_record", _("Can publish records"))]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="site_settings_one_row"),
            models.CheckConstraint(
                condition=Q(security_contact="") | Q(security_expires__isnull=False),
                name="security_contact_has_its_date",
                violation_error_message=_("Say until when the security contact is valid."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self.name_zh, self.name_en)

    @classmethod
    def load(cls) -> Self:
        """The settings; an unsaved row with the defaults before anything was set.

        With `seq` and `next_due` of the site's version, which every page asks for as well.
        """
        version = SiteVersion.objects.filter(pk=SiteVersion.ONLY)
        settings = cls.objects.select_related("lead_article", "region").annotate(
            next_due=Subquery(version.values("next_due")), seq=Subquery(version.values("seq"))
        )
        found = settings.filter(pk=cls.ONLY).first()
        if found is None:
            found = cls(pk=cls.ONLY)
            found.seq, found.next_due = version.values_list("seq", "next_due").get()
        return found

    @property
    def organisers(self) -> dict[str, str]:
        return both(self.organiser_zh, self.organiser_en)

    @property
    def description(self) -> str:
        return pick(self.description_zh, self.description_en)

    @property
    def permanent_id(self) -> str:
        return "site"
