import uuid
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from towns.models.named import Named, OtherNames
from towns.models.party import Party
from towns.models.place import Region, Town
from towns.models.publishable import Publishable
from towns.models.source import Source


class RankingQuerySet(models.QuerySet):
    def public(self) -> Self:
        editions = RankingEdition.objects.public()
        return self.filter(pk__in=editions.values("ranking"))


class Ranking(Named, OtherNames):
    """A yearly list. Its publisher is part of its identity."""

    slug = models.SlugField(_("address"), unique=True)
    publisher = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rankings",
        verbose_name=_("publisher"),
    )
    first_year = models.PositiveSmallIntegerField(
        _("first year"),
        null=True,
        blank=True,
        help_text=_("The year of its first edition. Leave empty where it is not known."),
    )

    objects = RankingQuerySet.as_manager()

    class Meta(Named.Meta):
        ordering = ("slug",)
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")

    @property
    def permanent_id(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("ranking-detail", args=[self.slug])


class RankingEdition(Publishable):
    """One year of a ranking, as far as it is held here."""

    ranking = models.ForeignKey(
        Ranking, on_delete=models.PROTECT, related_name="editions", verbose_name=_("ranking")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1949), MaxValueValidator(2100)]
    )
    size = models.PositiveIntegerField(
        _("size"), help_text=_("How many towns the whole list names."), default=1000
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="editions", verbose_name=_("source")
    )
    is_whole = models.BooleanField(
        _("held in full"),
        default=False,
        help_text=_("Every town of the list has been entered."),
    )
    covered_regions = models.ManyToManyField(
        Region,
        blank=True,
        related_name="covered_by",
        verbose_name=_("regions held in full"),
        help_text=_("In these regions, a town that is absent here was not listed."),
    )

    class Meta:
        ordering = ("ranking", "-year")
        verbose_name = _("ranking edition")
        verbose_name_plural = _("ranking editions")
        constraints: ClassVar = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=("ranking", "year"),
                name="edition_once_a_year",
                violation_error_message=_("This ranking already has an edition for that year."),
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1),
                name="edition_size_is_positive",
                violation_error_message=_("A list names at least one town."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ranking} {self.year}"

    @property
    def permanent_id(self) -> str:
        return f"{self.ranking.slug}-{self.year}"

    def get_absolute_url(self) -> str:
        return reverse("ranking-edition", args=[self.ranking.slug, self.year])

    def covers(self, town_code: str) -> bool:
        """Whether a town's absence from this edition means that it was not listed."""
        codes = (region.code for region in self.covered_regions.all())
        return self.is_whole or any(town_code.startswith(code) for code in codes)


class RankingEntryQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(edition__published_at__isnull=False)

    def by_rank(self) -> Self:
        return self.order_by(F("rank").asc(nulls_last=True), "town__code")


class RankingEntry(models.Model):
    """A town in an edition: with its rank, or listed while the rank was not published."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(
        RankingEdition, on_delete=models.CASCADE, related_name="entries", verbose_name=_("edition")
    )
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="entries", verbose_name=_("town")
    )
    rank = models.PositiveIntegerField(
        _("rank"),
        null=True,
        blank=True,
        help_text=_("1 is best. Leave empty where the rank was not published."),
    )
    is_tied = models.BooleanField(_("tied"), default=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="entries", verbose_name=_("source")
    )

    objects = RankingEntryQuerySet.as_manager()

    class Meta:
        ordering = ("edition", F("rank").asc(nulls_last=True), "town")
        verbose_name = _("ranking entry")
        verbose_name_plural = _("ranking entries")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1),
                name="entry_rank_is_positive",
                violation_error_message=_("A rank is 1 or more."),
            ),
            models.UniqueConstraint(
                fields=("edition", "town"),
                name="entry_town_once",
                violation_error_message=_("This town already stands in this edition."),
            ),
            models.UniqueConstraint(
                fields=("edition", "rank"),
                condition=Q(is_tied=False),
                name="entry_rank_once_unless_tied",
                violation_error_message=_(
                    "Another town has this rank in this edition. Mark both as tied if that is so."
                ),
            ),
        ]

    def __str__(self) -> str:
        rank = self.rank if self.rank is not None else "–"
        return f"{self.edition} · {self.town} · {rank}"

    @property
    def permanent_id(self) -> str:
        return str(self.uid)


class Claim(models.Model):
    """What a source states about an entry, kept apart from what the records give."""

    class Kind(models.TextChoices):
        CHANGE = "change", _("change of rank")
        STREAK = "streak", _("years running")
        FIRST_TIME = "first_time", _("first time")

    entry = models.ForeignKey(
        RankingEntry, on_delete=models.CASCADE, related_name="claims", verbose_name=_("entry")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = models.IntegerField(
        _("number"),
        null=True,
        blank=True,
        help_text=_("Places gained (84) or lost (−84), or years running (3)."),
    )
    quotation_zh = models.CharField(_("Chinese wording"), max_length=300, blank=True)
    quotation_en = models.CharField(_("English wording"), max_length=300, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="claims", verbose_name=_("source")
    )

    class Meta:
        ordering = ("entry", "kind", "pk")
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="first_time") | Q(value__isnull=False),
                name="claim_has_its_number",
                violation_error_message=_("A change or a number of years running needs a number."),
            )
        ]

    def __str__(self) -> str:
        number = "" if self.value is None else f" {self.value:+d}"
        return f"{self.get_kind_display()}{number}"
