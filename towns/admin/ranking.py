from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Max, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from towns.admin.exporting import ExportsSheets
from towns.admin.finding import PublicFilter
from towns.admin.publishable import PublishableAdmin
from towns.admin.record import RecordAdmin, RecordForm, RecordStackedInline
from towns.models import Claim, Ranking, RankingEdition, RankingEntry

EDITION_HELP = _("Name of the ranking, or a year")


@admin.register(Ranking)
class RankingAdmin(RecordAdmin):
    list_display = ("__str__", "name_en", "publisher", "first_year", "editions_link")
    list_filter = (PublicFilter,)
    list_select_related = ("publisher",)
    ordering = ("slug",)
    search_fields = ("name_zh", "name_en", "other_names", "slug")
    names_of = ("publisher",)
    search_help_text = _("Name of the ranking or its publisher")
    autocomplete_fields = ("publisher",)
    prepopulated_fields = {"slug": ("name_en",)}
    readonly_fields = ("editions_link",)
    fields = (
        ("name_zh", "name_en"),
        ("publisher", "first_year"),
        "slug",
        "other_names",
        "editions_link",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(edition_count=Count("editions"))

    @admin.display(description=_("editions"))
    def editions_link(self, obj: Ranking) -> str:
        if not obj.pk:
            return gettext("Save the ranking first, then add its editions.")
        url = reverse("admin:towns_rankingedition_changelist")
        link = '<a href="{}?ranking__id__exact={}">{}</a>'
        return format_html(link, url, obj.pk, obj.edition_count)


class RankingEditionForm(RecordForm):
    def clean_size(self) -> int:
        """A list is not made shorter than the ranks that it already holds."""
        size = self.cleaned_data["size"]
        lowest = self.instance.pk and self.instance.entries.aggregate(Max("rank"))["rank__max"]
        if lowest and size < lowest:
            message = _("An entry of this edition has rank %(rank)d.")
            raise forms.ValidationError(message, params={"rank": lowest})
        return size


@admin.register(RankingEdition)
class RankingEditionAdmin(ExportsSheets, PublishableAdmin):
    form = RankingEditionForm
    list_display = ("__str__", "year", "size", "entries_link", "is_whole", "publication_mark")
    list_filter = ("ranking", "is_whole", "year")
    list_select_related = ("ranking",)
    ordering = ("ranking", "-year")
    search_fields = ("ranking__name_zh", "ranking__name_en", "ranking__other_names", "year")
    search_help_text = EDITION_HELP
    autocomplete_fields = ("ranking", "source", "covered_regions")
    kept_once_public = ("ranking", "year")
    readonly_fields = ("entries_link",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("ranking", "year", "size"),
                    "source",
                    "entries_link",
                    "publication_state",
                )
            },
        ),
        (_("How far it is held here"), {"fields": ("is_whole", "covered_regions")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(entry_count=Count("entries"))

    def goes_out_with(self, record: RankingEdition) -> str:
        count = record.entries.count()
        return ngettext("with %d entry", "with %d entries", count) % count

    @admin.display(description=_("towns entered"))
    def entries_link(self, obj: RankingEdition) -> str:
        if not obj.pk:
            return gettext("Save the edition first, then add its entries.")
        return format_html(
            '<a href="{}?edition={}">{}</a> · '
            '<a class="addlink" href="{}?edition={}&amp;source={}">{}</a>',
            reverse("admin:towns_rankingentry_changelist"),
            obj.pk,
            ngettext("%d entry", "%d entries", obj.entry_count) % obj.entry_count,
            reverse("admin:towns_rankingentry_add"),
            obj.pk,
            obj.source_id,
            gettext("Add an entry"),
        )


class EditionFilter(admin.SimpleListFilter):
    title = _("edition")
    parameter_name = "edition"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[int, str]]:
        editions = RankingEdition.objects.select_related("ranking")
        return [(edition.pk, str(edition)) for edition in editions]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = self.value()
        return queryset.filter(edition=wanted) if wanted and wanted.isdecimal() else queryset


class ClaimInline(RecordStackedInline):
    model = Claim
    autocomplete_fields = ("source",)
    fields = (("kind", "value", "source"), ("quotation_zh", "quotation_en"))


class RankingEntryForm(RecordForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        rank, edition = data.get("rank"), data.get("edition") or self._edition_kept()
        if edition and rank and rank > edition.size:
            message = _("This edition names %(size)d towns; %(rank)d is beyond its end.")
            params = {"size": edition.size, "rank": rank}
            self.add_error("rank", forms.ValidationError(message, params=params))
        if edition and edition.is_public and not data.get("proposal_reason", True):
            said = _("This edition is public: say why, for the person who decides.")
            self.add_error("proposal_reason", said)
        return data

    def _edition_kept(self) -> RankingEdition | None:
        return self.instance.edition if self.instance.edition_id else None


@admin.register(RankingEntry)
class RankingEntryAdmin(RecordAdmin):
    form = RankingEntryForm
    list_display = ("town", "county", "edition", "rank", "is_tied", "source")
    list_filter = (PublicFilter, EditionFilter, "is_tied")
    search_fields = ("rank",)
    names_of = ("town", "town__county")
    search_help_text = _("Town or county in Chinese, pinyin or English, or a rank")
    autocomplete_fields = ("edition", "town", "source")
    kept_once_public = ("edition", "town")
    inlines = (ClaimInline,)
    fields = ("edition", "town", ("rank", "is_tied"), "source")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        entries = super().get_queryset(request)
        return entries.select_related("town__county", "edition__ranking", "source__publisher")

    def asks_reason(self, request: HttpRequest, obj: RankingEntry | None) -> bool:
        """A new entry of a public edition would be public at once, so it is proposed as well."""
        return obj is None or super().asks_reason(request, obj)

    @admin.display(description=_("county"), ordering="town__county")
    def county(self, obj: RankingEntry) -> Model:
        return obj.town.county
