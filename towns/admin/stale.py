"""The conflict rule for accounts and roles: told by a fingerprint alone, since nothing of them is
kept. A second save stores nothing and shows what stands there now beside what was sent."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from towns.admin.backup import VERSION
from towns.admin.cells import field_of, spoken
from towns.admin.trial import TriesForms
from towns.documents.canonical import canonical_bytes
from towns.documents.cells import cells_of
from towns.publishing.record import lock_record
from towns.publishing.refusal import RefusedError

# Signing in and a new password change an account as well, but not what its form says.
_NOT_IN_THE_FORM = {"last_login", "password"}


class RefusesOlderForms(TriesForms):
    """For a ModelAdmin whose records have no versions."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None or not self.has_change_permission(request, record):
            return super().changeform_view(request, object_id, form_url, extra_context)
        # Read before the form is made: it is never newer than what the form shows.
        context = {**(extra_context or {}), "form_version": form_version(record)}
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            try:
                record = lock_record(record)
            except RefusedError:
                return super().changeform_view(request, object_id, form_url, context)
            sent, now = request.POST.get(VERSION, ""), form_version(record)
            if constant_time_compare(sent, now):
                return super().changeform_view(request, object_id, form_url, context)
        return self._show_older(request, record, now)

    def _show_older(self, request: HttpRequest, record: Model, now: str) -> HttpResponse:
        response = self.shown_again(request, str(record.pk), request.POST)
        form = response.context_data["adminform"].form
        response.context_data["form_version"] = now
        response.status_code = 409
        said = _("It was saved by somebody else meanwhile. Nothing of yours is saved yet.")
        stored = self.get_object(request, str(record.pk))
        differing = [
            _("%(field)s now: %(value)s") % _told(stored, name) for name in form.changed_data
        ]
        self.message_user(request, " ".join([said, "; ".join(differing)]), messages.WARNING)
        return response


def form_version(record: Model) -> str:
    row = cells_of(record)
    columns = {n: v for n, v in row["columns"].items() if n not in _NOT_IN_THE_FORM}
    told = canonical_bytes("cells", {**row, "columns": columns})
    return salted_hmac("towns.admin.stale", told, algorithm="sha256").hexdigest()


def _told(record: Model, name: str) -> dict[str, Any]:
    field = field_of(type(record), name)
    value = getattr(record, name)
    keys = [one.pk for one in value.all()] if field.many_to_many else value
    return {"field": capfirst(field.verbose_name), "value": spoken(field, keys)}
