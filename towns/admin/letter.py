"""读者来信: errors that readers reported, and what became of each report."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from towns.admin.publishable import who_and_when
from towns.admin.selected import AsksAboutSelected
from towns.admin.stale import RefusesOlderForms
from towns.documents.kinds import KINDS
from towns.models import Article, OldAddress, RankingEdition, ReaderLetter
from towns.models.old_address import RENAMED
from towns.publishing.letter import handle_letters


class WrittenByReaders(AsksAboutSelected, RefusesOlderForms, admin.ModelAdmin):
    """Readers write these; staff say what becomes of them."""

    list_per_page = 50
    date_hierarchy = "sent_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("state"), ordering="state")
    def state_mark(self, obj: Any) -> str:
        is_done = obj.state in ("settled", "shown")
        form = '<span class="mark{}">{}</span>'
        return format_html(form, " is-public" if is_done else "", obj.get_state_display())

    @admin.display(description=_("handled"))
    def handled(self, obj: Any) -> str:
        if obj.handled_by is None:
            return "–"
        return who_and_when(by=obj.handled_by, at=obj.handled_at)


LEADS_TO = {
    "look_at_selected": ReaderLetter.State.LOOKED_AT,
    "settle_selected": ReaderLetter.State.SETTLED,
}
MODELS: dict[str, type[Model]] = {"article": Article} | {kind.name: kind.model for kind in KINDS}


def kind_label(kind: str) -> str:
    return capfirst(MODELS[kind]._meta.verbose_name) if kind in MODELS else kind


class LetterKindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        kinds = ReaderLetter.objects.order_by("kind").values_list("kind", flat=True).distinct()
        return [(kind, kind_label(kind)) for kind in kinds if kind]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(ReaderLetter)
class ReaderLetterAdmin(WrittenByReaders):
    list_display = ("__str__", "about", "state_mark", "sent_at", "handled")
    list_filter = ("state", LetterKindFilter, "language")
    list_select_related = ("handled_by",)
    search_fields = ("message", "words", "note", "permanent_id", "address")
    search_help_text = _("Words of the letter, or the address of the page")
    actions = ("look_at_selected", "settle_selected")
    readonly_fields = (
        "sent_at",
        "language",
        "page_link",
        "record_link",
        "quoted",
        "letter",
        "answer_to",
        "handled",
    )
    fieldsets = (
        (None, {"fields": (("sent_at", "language"), "page_link", "record_link")}),
        (_("What the reader wrote"), {"fields": ("quoted", "letter", "answer_to")}),
        (_("What becomes of it"), {"fields": ("state", "note", "handled")}),
    )

    def save_model(
        self,
        request: HttpRequest,
        obj: ReaderLetter,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        handle_letters([obj], by=request.user, state=obj.state, note=obj.note)

    @admin.action(description=_("Look at the selected letters…"), permissions=["change"])
    def look_at_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._move(request, queryset, "look_at_selected")

    @admin.action(description=_("Settle the selected letters…"), permissions=["change"])
    def settle_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._move(request, queryset, "settle_selected")

    def _move(self, request: HttpRequest, letters: QuerySet, action: str) -> HttpResponse | None:
        state = LEADS_TO[action]
        if not self.is_confirmed(request):
            moving = [letter for letter in letters if letter.state != state]
            return self.ask_about(
                request,
                action=action,
                button=ReaderLetter.State(state).label,
                changing=[(self.about(letter), letter.message) for letter in moving],
                staying=len(letters) - len(moving),
            )
        moved = handle_letters(letters, by=request.user, state=state)
        said = ngettext("%(count)d letter: %(state)s.", "%(count)d letters: %(state)s.", moved)
        said %= {"count": moved, "state": ReaderLetter.State(state).label}
        self.message_user(request, said, messages.SUCCESS)
        return None

    @admin.display(description=pgettext_lazy("of a letter", "about"), ordering="kind")
    def about(self, obj: ReaderLetter) -> str:
        return f"{kind_label(obj.kind)} {obj.permanent_id}" if obj.kind else obj.address or "–"

    @admin.display(description=_("page"))
    def page_link(self, obj: ReaderLetter) -> str:
        if not obj.address:
            return gettext("No page was named.")
        return format_html('<a href="{0}" target="_blank" rel="noopener">{0} ↗</a>', obj.address)

    @admin.display(description=_("record"))
    def record_link(self, obj: ReaderLetter) -> str:
        record = record_of(obj)
        if record is None:
            return self.about(obj)
        url = reverse(f"admin:towns_{record._meta.model_name}_change", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record)

    @admin.display(description=_("words on the page"))
    def quoted(self, obj: ReaderLetter) -> str:
        return format_html("<q>{}</q>", obj.words) if obj.words else "–"

    @admin.display(description=_("message"))
    def letter(self, obj: ReaderLetter) -> str:
        return format_html('<div class="letter" lang="{}">{}</div>', obj.language, obj.message)


def record_of(letter: ReaderLetter) -> Model | None:
    """The record that the letter is about, also if it was renamed since."""
    if letter.kind == "article":
        return Article.objects.filter(slug=letter.permanent_id).first()
    kind = next((kind for kind in KINDS if kind.name == letter.kind), None)
    if kind is None:
        return None
    if kind.model is RankingEdition:
        slug, _dash, year = letter.permanent_id.rpartition("-")
        slugs = [slug, OldAddress.new_slug("ranking", slug)]
        return RankingEdition.objects.filter(ranking__slug__in=slugs, year=int(year)).first()
    names = [letter.permanent_id]
    if kind.name in RENAMED:
        names.append(OldAddress.new_slug(kind.name, letter.permanent_id))
    return kind.model.objects.filter(**{f"{kind.key}__in": names}).first()
