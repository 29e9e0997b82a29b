"""The stages of review: what they are called, in which order, and who signs there."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from towns.accounts.roles import role_name
from towns.accounts.stages import set_up_stages
from towns.admin.choices import ChoosesRecords
from towns.admin.conflict import TellsConflicts
from towns.documents.cells import Cells
from towns.models import Stage
from towns.publishing.stages import change_stages

PRESET_NAMES = {
    "three-reviews": _("Three reviews, three proofs (三审三校)"),
    "two-people": _("A department of two: one review, with a waiver on every sheet"),
}


class PresetForm(forms.Form):
    preset = forms.ChoiceField(
        label=_("Stages"), choices=list(PRESET_NAMES.items()), widget=forms.RadioSelect
    )


@admin.register(Stage)
class StageAdmin(ChoosesRecords, TellsConflicts, admin.ModelAdmin):
    change_list_template = "admin/towns/stage_list.html"
    list_display = ("order", "__str__", "who_proofs", "who_reviews", "waiver_zh")
    list_display_links = ("__str__",)
    filter_horizontal = ("reviewers", "proofreaders")
    fieldsets = (
        (None, {"fields": (("name_zh", "name_en"), "order", "reviewers")}),
        (
            _("Proof"),
            {"fields": ("asks_proof", ("proof_name_zh", "proof_name_en"), "proofreaders")},
        ),
        (_("Waiver"), {"fields": ("waiver_zh", "waiver_en")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("reviewers", "proofreaders")

    @admin.display(description=_("who may review"))
    def who_reviews(self, obj: Stage) -> str:
        return ", ".join(role_name(group) for group in obj.reviewers.all())

    @admin.display(description=_("who may proof-read"))
    def who_proofs(self, obj: Stage) -> str:
        if not obj.asks_proof:
            return gettext("no proof asked")
        return ", ".join(role_name(group) for group in obj.proofreaders.all())

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        """Around the whole save: the stage's own fields are written before its lists are."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with change_stages(by=request.user):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method != "POST":
            return super().merge_view(request, object_id)
        with change_stages(by=request.user):
            return super().merge_view(request, object_id)

    def note_merged(self, request: HttpRequest, record: Stage, before: Cells, said: dict) -> None:
        """What the stages were and are stands in the trail; they have no versions."""

    def delete_model(self, request: HttpRequest, obj: Stage) -> None:
        with change_stages(by=request.user):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        with change_stages(by=request.user):
            super().delete_queryset(request, queryset)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.preset_view)
        return [path("preset/", view, name="towns_stage_preset"), *super().get_urls()]

    def preset_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        back = reverse("admin:towns_stage_changelist")
        form = PresetForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            with change_stages(by=request.user):
                set_up_stages(form.cleaned_data["preset"])
            self.message_user(request, _("The stages are set up."), messages.SUCCESS)
            return HttpResponseRedirect(back)
        return self.admin_site.ask(
            request,
            title=_("Replace the stages?"),
            says=[
                gettext("The stages that are set up now are replaced."),
                gettext(
                    "Articles in review are signed at the new stages; the trail keeps what was "
                    "signed before, and this change."
                ),
            ],
            form=form,
            button=_("Replace the stages"),
            back=back,
        )
