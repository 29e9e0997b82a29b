import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from towns.images.inspection import UnusablePictureError, inspect
from towns.images.metadata import Said
from towns.images.sizes import JPEG, Format, available_widths, make_sizes, sizes_exist, width_for
from towns.language.bilingual import both, pick
from towns.models.party import Party
from towns.models.place import Town


def original_path(photo: "Photo", filename: str) -> str:
    return f"originals/{photo.uid}{PurePosixPath(filename).suffix.lower()[:10]}"


def said_of(said: Said) -> dict[str, Any]:
    """What staff are proposed: creators, credit, copyright, taken_on, is_ai; only what is there."""
    kept = said.kept
    found = {
        "creators": list(kept.creators),
        "credit": kept.credit,
        "copyright": kept.copyright,
        "taken_on": str(said.taken_on or ""),
        "is_ai": kept.is_made_by_a_machine,
    }
    return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Progress:
    """How far the AVIF sizes of all pictures are."""

    made: int
    waiting: int
    failed: int

    @property
    def total(self) -> int:
        return self.made + self.waiting + self.failed


class PhotoQuerySet(models.QuerySet):
    def without_avif(self) -> Self:
        return self.exclude(avif=Photo.Avif.MADE)

    def avif_progress(self) -> Progress:
        """In one query: what the library can show while pictures are being made."""
        states = {"made": Photo.Avif.MADE, "waiting": Photo.Avif.WAITING}
        states["failed"] = Photo.Avif.FAILED
        counts = {name: models.Count("pk", filter=Q(avif=one)) for name, one in states.items()}
        return Progress(**self.order_by().aggregate(**counts))

    def public(self) -> Self:
        """Pictures that something public uses."""
        uses = (
            {"publications__is_current": True},
            {"leads_towns__published_at__isnull": False},
            {"projects__published_at__isnull": False},
            {"on_home_page__isnull": False},
        )
        is_public = Q()
        for use in uses:
            is_public |= Q(pk__in=self.model.objects.filter(**use).values("pk"))
        return self.filter(is_public)

    def used(self) -> Self:
        """Pictures that anything uses, public or not."""
        photos = self.model.objects
        uses = ("photo_blocks", "leads_articles", "leads_towns", "projects", "on_home_page")
        used = Q(pk__in=photos.filter(publications__is_current=True).values("pk"))
        for use in uses:
            used |= Q(pk__in=photos.filter(**{f"{use}__isnull": False}).values("pk"))
        return self.filter(used)

    def licence_ended(self) -> Self:
        return self.filter(licence_ends__lt=timezone.localdate())

    def licence_ending(self, *, days: int) -> Self:
        today = timezone.localdate()
        return self.filter(licence_ends__range=(today, today + dt.timedelta(days=days)))

    def without_consent(self) -> Self:
        return self.filter(shows_minors=True, minors_consent="")

    def without_map_approval(self) -> Self:
        return self.filter(is_map=True, map_approval="")


class Photo(models.Model):
    """A picture. Its file never changes: another picture is another Photo."""

    class Substitute(models.TextChoices):
        NONE = "", _("the picture itself")
        DRAWING = "drawing", _("drawing in place of the photograph")
        DEMO = "demo", _("demo picture")

    class Avif(models.TextChoices):
        WAITING = "waiting", _("being made")
        MADE = "made", _("made")
        FAILED = "failed", _("could not be made")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    image = models.ImageField(_("picture"), upload_to=original_path)
    width = models.PositiveIntegerField(_("width"), editable=False, default=0)
    height = models.PositiveIntegerField(_("height"), editable=False, default=0)
    colour = models.CharField(_("main colour"), max_length=7, editable=False, blank=True)
    digest = models.CharField(
        _("fingerprint"),
        max_length=64,
        unique=True,
        editable=False,
        error_messages={"unique": _("This picture is already in the library.")},
    )
    caption_zh = models.TextField(_("Chinese caption"), blank=True)
    caption_en = models.TextField(_("English caption"), blank=True)
    alt_zh = models.CharField(
        _("Chinese alternative text"),
        max_length=300,
        blank=True,
        help_text=_("Says what is to be seen, for those who cannot see the picture."),
    )
    alt_en = models.CharField(_("English alternative text"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    licence_url = models.URLField(_("licence link"), blank=True)
    substitute = models.CharField(
        _("stands in for"),
        max_length=8,
        choices=Substitute.choices,
        blank=True,
        default=Substitute.NONE,
        help_text=_("Pages say so wherever the picture is shown."),
    )
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    focus_x = models.PositiveSmallIntegerField(
        _("focal point, from the left"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("In per cent of the width. Crops keep this point in sight."),
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focal point, from above"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("In per cent of the height."),
    )
    licence_ends = models.DateField(
        _("licence ends"),
        null=True,
        blank=True,
        help_text=_("The last day on which the picture may be shown."),
    )
    is_map = models.BooleanField(_("shows a map"), default=False)
    map_approval = models.CharField(
        _("map approval number"),
        max_length=60,
        blank=True,
        help_text=_("Every map that is shown in public needs one."),
    )
    shows_minors = models.BooleanField(_("shows minors"), default=False)
    minors_consent = models.CharField(
        _("consent for the minors"),
        max_length=300,
        blank=True,
        help_text=_("Who consented, when, and where the paper is kept. Never public."),
    )
    is_ai_generated = models.BooleanField(
        _("made by a machine (AI)"),
        default=False,
        help_text=_("Pages say so wherever the picture is shown."),
    )
    # Only `towns.publishing.sizes` changes it.
    avif = models.CharField(
        _("small files"),
        max_length=8,
        choices=Avif.choices,
        default=Avif.WAITING,
        editable=False,
        db_index=True,
    )
    # As the file was called when it came, and what it says of itself: `said_of` has the shape.
    file_name = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    file_says = models.JSONField(_("the file says"), default=dict, blank=True, editable=False)
    towns = models.ManyToManyField(
        Town, blank=True, related_name="photos", verbose_name=_("towns shown")
    )

    objects = PhotoQuerySet.as_manager()

    # What the program notes for itself: no version holds it, so none brings an old state back.
    kept_apart: ClassVar[tuple[str, ...]] = ("avif",)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        text = pick(self.caption_zh, self.caption_en) or pick(self.alt_zh, self.alt_en)
        return text[:60] or self.file_name or str(self.uid)

    def save(self, *args, **kwargs) -> None:
        """Makes its JPEGs first, so that no row is locked while they are encoded."""
        if not self.digest:
            self._inspect()
        self.make_sizes()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("media-size", args=[self.uid, width_for(self.width, 960)])

    def clean(self) -> None:
        """Refuse what is not a usable picture, or one that is already in the library."""
        if self.digest or not self.image:
            return
        try:
            self._inspect()
        except UnusablePictureError as error:
            raise ValidationError({"image": str(error)}) from error
        if Photo.objects.filter(digest=self.digest).exclude(pk=self.pk).exists():
            raise ValidationError({"image": _("This picture is already in the library.")})

    def _inspect(self) -> None:
        looked = inspect(self.image)
        self.digest, self.colour = looked.digest, looked.colour
        self.width, self.height = looked.width, looked.height
        self.file_says = said_of(looked.said)
        if not self.image._committed:  # stored, it is called by its uid
            self.file_name = PurePosixPath(self.image.name).name[:255]

    @property
    def licence_days_left(self) -> int | None:
        """0 on the last day, below that when it has ended, None where it does not end."""
        return (self.licence_ends - timezone.localdate()).days if self.licence_ends else None

    @property
    def licence_has_ended(self) -> bool:
        return self.licence_days_left is not None and self.licence_days_left < 0

    @property
    def lacks_consent(self) -> bool:
        return self.shows_minors and not self.minors_consent.strip()

    @property
    def lacks_map_approval(self) -> bool:
        return self.is_map and not self.map_approval.strip()

    @property
    def shown_width(self) -> int:
        """The width of the size that is shown large."""
        return max(width for width in available_widths(self.width) if width <= 960)

    @property
    def has_sizes(self) -> bool:
        """Whether pages can show it: publishing waits for that. Looks into the storage."""
        return sizes_exist(str(self.uid), self.width)

    def make_sizes(self, kind: Format = JPEG, **options) -> list[str]:
        """As `towns.images.sizes.make_sizes`, which says what it raises."""
        try:
            return make_sizes(
                self.image, name=str(self.uid), width=self.width, kind=kind, **options
            )
        finally:
            if self.image._committed:
                self.image.close()

    @property
    def permanent_id(self) -> str:
        return str(self.uid)

    @property
    def captions(self) -> dict[str, str]:
        return both(self.caption_zh, self.caption_en)

    @property
    def alts(self) -> dict[str, str]:
        return both(self.alt_zh, self.alt_en)


class PhotoCredit(models.Model):
    """One of the ordered credits of a picture."""

    class Kind(models.TextChoices):
        PHOTOGRAPHED = "photographed", _("photographed by")
        COURTESY = "courtesy", _("courtesy of")
        SOURCE = "source", _("picture source")

    photo = models.ForeignKey(
        Photo, on_delete=models.CASCADE, related_name="credits", verbose_name=_("picture")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="credits", verbose_name=_("party")
    )

    class Meta:
        ordering = ("photo", "order", "pk")
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("photo", "kind", "party"),
                name="credit_once",
                violation_error_message=_("This party already has this credit."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.party}"
