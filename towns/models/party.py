import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from towns.language.pinyin import search_names
from towns.models.named import ChineseNameToVerify, Named, OtherNames


class PartyQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Parties that something public credits, quotes or names."""
        photos = self.model.credits.rel.related_model.photo.field.related_model.objects.public()
        uses = (
            {"credits__photo__in": photos.values("pk")},
            {"publications__is_current": True},
            {"mentioning_publications__is_current": True},
            {"rankings__editions__published_at__isnull": False},
            {"sources__in": self.model.sources.rel.related_model.objects.public().values("pk")},
        )
        is_public = Q()
        for use in uses:
            is_public |= Q(pk__in=self.model.objects.filter(**use).values("pk"))
        return self.filter(is_public)


class Party(Named, OtherNames, ChineseNameToVerify):
    """A person or organisation that is credited, quoted or mentioned."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        MEDIA = "media", _("media")
        PUBLIC_BODY = "public_body", _("public body")
        INSTITUTE = "institute", _("institute")
        RESEARCH_TEAM = "research_team", _("research team")
        COMPANY = "company", _("company")
        COOPERATIVE = "cooperative", _("cooperative")
        SCHOOL = "school", _("school")
        HOSPITAL = "hospital", _("hospital")
        PARK = "park", _("industrial park")
        OTHER = "other", _("other")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    search_names = models.TextField(editable=False, default="")

    objects = PartyQuerySet.as_manager()

    class Meta(Named.Meta):
        ordering = ("name_zh", "name_en")
        verbose_name = _("party")
        verbose_name_plural = _("parties")

    def save(self, *args, **kwargs) -> None:
        self.search_names = search_names(
            name_zh=self.name_zh, name_en=self.name_en, other_names=self.other_names
        )
        super().save(*args, **kwargs)

    @property
    def permanent_id(self) -> str:
        return str(self.uid)
