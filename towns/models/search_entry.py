from django.db import models
from django.utils.translation import gettext_lazy as _

from towns.language.bilingual import both


class SearchEntry(models.Model):
    """What searching knows of one public record: derived, and rebuilt by `rebuild_search`.

    Only `towns.search` writes it. The database keeps its own index of the last four columns with
    triggers (see the migration that made the table).
    """

    # Says the kind and the record: see `towns.search.kinds`.
    id = models.BigIntegerField(primary_key=True)
    permanent_id = models.CharField(max_length=100)
    title_zh = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    exact = models.TextField(blank=True)
    names = models.TextField(blank=True)
    around = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title_zh or self.title_en

    @property
    def titles(self) -> dict[str, str]:
        return both(self.title_zh, self.title_en)

    @property
    def texts(self) -> dict[str, str]:
        return both(self.text_zh, self.text_en)
