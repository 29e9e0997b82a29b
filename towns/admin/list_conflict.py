"""The conflict rule in lists whose cells are edited in place: cell by cell, or nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from towns.admin.cells import field_of, spoken
from towns.documents.canonical import plain

# What the list showed: the values by key of the record, as JSON.
SHOWN = "_shown"


@dataclass(frozen=True)
class ListedCell:
    """A cell that somebody else changed since the list was shown."""

    name: str
    record: Model
    field: Any
    base: Any
    theirs: Any
    mine: str

    @property
    def label(self) -> str:
        return capfirst(self.field.verbose_name)

    @property
    def theirs_said(self) -> str:
        return spoken(self.field, self.theirs)

    @property
    def base_said(self) -> str:
        return spoken(self.field, self.base)

    @property
    def theirs_sent(self) -> str:
        return "" if self.theirs is None else str(self.theirs)

    @property
    def is_mine(self) -> bool:
        """Whether this person changed it as well, to something else."""
        base = "" if self.base is None else str(self.base)
        return self.mine not in (base, self.theirs_sent)


class ListsTellConflicts:
    """For a ModelAdmin with `list_editable`."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        if not (self.list_editable and request.method == "POST" and "_save" in request.POST):
            response = super().changelist_view(request, extra_context)
            self._note_shown(response)
            return response
        if not self.has_change_permission(request):
            return super().changelist_view(request, extra_context)
        with transaction.atomic():
            changed = list(self._changed_meanwhile(request))
            if not any(cell.is_mine for cell in changed):
                request.POST = request.POST.copy()
                for cell in changed:
                    request.POST[cell.name] = cell.theirs_sent
                response = super().changelist_view(request, extra_context)
                self._note_shown(response)
                return response
        return self._show_listed(request, changed)

    def _note_shown(self, response: HttpResponse) -> None:
        context = getattr(response, "context_data", None) or {}
        if formset := getattr(context.get("cl"), "formset", None):
            records = [form.instance for form in formset.forms]
            context["shown_cells"] = json.dumps({str(r.pk): self._cells(r) for r in records})

    def _cells(self, record: Model) -> dict[str, Any]:
        fields = [record._meta.get_field(name) for name in self.list_editable]
        return plain({field.name: getattr(record, field.attname) for field in fields})

    def _changed_meanwhile(self, request: HttpRequest) -> Iterator[ListedCell]:
        shown = _read(request.POST.get(SHOWN, ""))
        prefix = self.get_changelist_formset(request).get_default_prefix()
        pk_name = self.opts.pk.name
        places = {
            unquote(value): name.removesuffix(f"-{pk_name}")
            for name, value in request.POST.items()
            if name.startswith(f"{prefix}-") and name.endswith(f"-{pk_name}") and value.isdecimal()
        }
        locked = self.model._base_manager.select_for_update(of=("self",), no_key=True)
        for record in locked.filter(pk__in=places).order_by("pk"):
            before, place = shown.get(str(record.pk), {}), places[str(record.pk)]
            for field, theirs in self._cells(record).items():
                if before.get(field, ...) != theirs:
                    name = f"{place}-{field}"
                    mine = request.POST.get(name, "")
                    base = before.get(field)
                    yield ListedCell(name, record, field_of(self.model, field), base, theirs, mine)

    def _show_listed(self, request: HttpRequest, changed: list[ListedCell]) -> HttpResponse:
        """All that was sent, sent again: the cells to be chosen as radio buttons."""
        collisions = [cell for cell in changed if cell.is_mine]
        settled = {cell.name: cell.theirs_sent for cell in changed if not cell.is_mine}
        left_out = {SHOWN, "csrfmiddlewaretoken", *(cell.name for cell in collisions)}
        fields = [
            (name, settled.get(name, value))
            for name, values in request.POST.lists()
            if name not in left_out
            for value in values
        ]
        shown = _read(request.POST.get(SHOWN, ""))
        for cell in changed:
            shown[str(cell.record.pk)] = self._cells(cell.record)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Somebody else changed the same"),
            "opts": self.opts,
            "collisions": collisions,
            "fields": fields,
            "shown_cells": json.dumps(shown),
        }
        template = "admin/towns/list_conflict.html"
        return TemplateResponse(request, template, context, status=409)


def _read(text: str) -> dict[str, dict[str, Any]]:
    try:
        shown = json.loads(text)
    except ValueError:
        return {}
    is_whole = isinstance(shown, dict) and all(isinstance(one, dict) for one in shown.values())
    return shown if is_whole else {}
