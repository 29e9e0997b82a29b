"""The ordinary form, whose save of a public record becomes a proposal to a second person."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from towns.documents.cells import Cells, cells_of
from towns.models import Proposal
from towns.publishing.announcing import WITHOUT_A_LINE, announce, is_seen_by_public
from towns.publishing.history import note_version
from towns.publishing.proposal import propose
from towns.publishing.refusal import RefusedError
from towns.publishing.renaming import keep_old_address

REASON = ("proposal_nature", "proposal_reason")


class ChecksConstraints(forms.ModelForm):
    """Checks those that touch fields outside the form as well, such as read-only ones."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self._update_errors(error)


class RecordForm(ChecksConstraints):
    """Asks why it changes, where the public sees the record."""

    proposal_nature = forms.ChoiceField(
        label=_("What kind of change"),
        choices=Proposal.Nature.choices,
        initial=Proposal.Nature.CORRECTION,
        required=False,
        widget=forms.RadioSelect,
    )
    proposal_reason = forms.CharField(
        label=_("Why it changes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the person who decides. Name the source."),
    )

    def clean_proposal_reason(self) -> str:
        reason = self.cleaned_data["proposal_reason"].strip()
        if not reason and self.instance.pk and is_proposed(self.instance):
            raise ValidationError(_("Say why, for the person who decides."))
        return reason


class ChangeIsProposedError(Exception):
    """Ends the transaction of the save; what it would have saved is in the cells."""

    def __init__(self, record: Model, before: Cells | None, after: Cells, form: Any) -> None:
        super().__init__()
        self.record, self.before, self.after, self.form = record, before, after, form


def is_proposed(record: Model) -> bool:
    """Whether a change to it is for a second person to accept."""
    return not isinstance(record, WITHOUT_A_LINE) and is_seen_by_public(record)


class ProposesChanges:
    """For a ModelAdmin of records."""

    def asks_reason(self, request: HttpRequest, obj: Model | None) -> bool:
        return obj is not None and self.has_change_permission(request, obj) and is_proposed(obj)

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not self.asks_reason(request, obj):
            return fieldsets
        said = _(
            "This record is public. Saving changes nothing yet: a second person sees the "
            "differences and your reason, and accepts or declines."
        )
        return [*fieldsets, (_("Proposal"), {"fields": REASON, "description": said})]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ChangeIsProposedError as change:
            return self._propose(request, change)

    def save_model(
        self,
        request: HttpRequest,
        obj: Model,
        form: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        stored = type(obj)._base_manager.filter(pk=obj.pk).first() if change else None
        is_public = stored is not None and is_proposed(stored)
        request.cells_before = cells_of(stored) if is_public else None
        request.slug_before = getattr(stored, "slug", "")
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        super().save_related(request, form, formsets, change)
        record = form.instance
        if request.cells_before is not None or is_proposed(record):
            record = type(record)._base_manager.get(pk=record.pk)
            raise ChangeIsProposedError(record, request.cells_before, cells_of(record), form)
        note_version(record, by=request.user)
        keep_old_address(record, request.slug_before)
        announce([record])

    def note_merged(self, request: HttpRequest, record: Model, before: Cells, said: dict) -> None:
        """What two people's changes came to, saved: kept as a version, or proposed."""
        if is_proposed(record):
            form = SimpleNamespace(cleaned_data=said)
            raise ChangeIsProposedError(record, before, cells_of(record), form)
        note_version(record, by=request.user)
        announce([record])

    def _propose(self, request: HttpRequest, change: ChangeIsProposedError) -> HttpResponse:
        said = change.form.cleaned_data
        try:
            proposal = propose(
                change.record,
                before=change.before,
                after=change.after,
                by=request.user,
                reason=said.get("proposal_reason", ""),
                nature=said.get("proposal_nature") or Proposal.Nature.CORRECTION,
            )
        except RefusedError as refusal:
            self.message_user(request, refusal.message, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        self.drop_backup(request, request.resolver_match.kwargs.get("object_id"))
        self.message_user(request, proposed(proposal), messages.SUCCESS)
        changelist = reverse(f"admin:towns_{self.opts.model_name}_changelist")
        return HttpResponseRedirect(changelist)


def proposed(proposal: Proposal) -> str:
    url = reverse("admin:towns_proposal_change", args=[proposal.pk])
    said = gettext("Proposed: a second person decides. The public sees no change until then.")
    return format_html('{} <a href="{}">{}</a>', said, url, gettext("See the proposal"))
