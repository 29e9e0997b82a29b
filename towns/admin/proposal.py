"""Proposals: a second person sees the differences and the reason, and accepts or declines."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from towns.admin.cells import differences
from towns.admin.log import KindFilter, ReadOnlyAdmin, kind_of_record
from towns.models import Article, MovedOn, Proposal
from towns.publishing.proposal import (
    accept,
    decline,
    objection_to_deciding,
    take_back_proposal,
)
from towns.publishing.quoting import publications_quoting
from towns.publishing.refusal import RefusedError


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("waiting", _("waiting")), *Proposal.Decision.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "waiting":
            return queryset.waiting()
        return queryset.filter(decision=self.value()) if self.value() else queryset


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason (needed to decline)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("name", kind_of_record, "nature", "proposed_by", "proposed_at", "state")
    list_filter = (StateFilter, "nature", KindFilter, "proposed_by")
    list_select_related = ("content_type", "proposed_by", "decided_by")
    search_fields = ("name", "reason")
    date_hierarchy = "proposed_at"

    @admin.display(description=_("state"))
    def state(self, obj: Proposal) -> str:
        return gettext("waiting") if obj.is_waiting else obj.get_decision_display()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        proposal = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if proposal is None:
            raise Http404
        if request.method == "POST":
            return self._decide(request, proposal)
        return self._show(request, proposal)

    def _decide(self, request: HttpRequest, proposal: Proposal) -> HttpResponse:
        reason = request.POST.get("reason", "")
        try:
            match request.POST.get("act"):
                case "accept":
                    accept(proposal, by=request.user, reason=reason)
                    done = gettext("Accepted: the public sees it now, and partners are told.")
                case "decline":
                    decline(proposal, by=request.user, reason=reason)
                    done = gettext("Declined. Nothing changes in public.")
                case "take_back":
                    take_back_proposal(proposal, by=request.user)
                    done = gettext("Taken back. Nothing changes in public.")
                case _:
                    raise Http404
        except RefusedError as refusal:
            return self._show(request, proposal, refusal=refusal)
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())

    def _show(
        self, request: HttpRequest, proposal: Proposal, refusal: RefusedError | None = None
    ) -> HttpResponse:
        proposal = Proposal.objects.select_related("proposed_by", "decided_by").get(pk=proposal.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Proposal: %s") % proposal.name,
            "opts": self.opts,
            "proposal": proposal,
            "differences": _differences(proposal),
            "objection": objection_to_deciding(proposal, request.user),
            "is_mine": proposal.is_waiting and proposal.proposed_by_id == request.user.pk,
            "form": DecisionForm(request.POST or None),
            "record_url": _record_url(proposal),
            "quoting": _quoting(proposal),
            "refusal": refusal,
        }
        status = 409 if refusal else 200
        return TemplateResponse(request, "admin/towns/proposal.html", context, status=status)


def _differences(proposal: Proposal) -> list[Any]:
    if proposal.before and proposal.after:
        return differences(proposal.before.content, proposal.after.content)
    whole = (proposal.after or proposal.before).content
    empty = {
        **whole,
        "columns": dict.fromkeys(whole["columns"]),
        "lists": {name: [] for name in whole["lists"]},
        "rows": {},
    }
    return differences(empty, whole) if proposal.after else differences(whole, empty)


def _record_url(proposal: Proposal) -> str:
    if proposal.record is None:
        return ""
    try:
        return reverse(
            f"admin:towns_{proposal.content_type.model}_change", args=[proposal.object_id]
        )
    except NoReverseMatch:
        return ""


def _quoting(proposal: Proposal) -> list[Article]:
    """The public articles that quote the record: all of them before the decision, and after it
    those that say otherwise."""
    record = proposal.record
    permanent_id = getattr(record, "permanent_id", "")
    if not permanent_id or proposal.decision in (
        Proposal.Decision.DECLINED,
        Proposal.Decision.TAKEN_BACK,
    ):
        return []
    if proposal.is_waiting:
        return [publication.article for publication in publications_quoting(record)]
    rows = MovedOn.objects.filter(permanent_id=permanent_id)
    return [row.publication.article for row in rows.select_related("publication__article")]
