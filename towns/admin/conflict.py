"""A second save on top of a newer version stores nothing: both are shown, and merged by choice."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from towns.admin.backup import VERSION, KeepsTyping, base_of, typed
from towns.admin.cells import field_of, spoken, whole
from towns.admin.proposing import REASON, ChangeIsProposedError, is_proposed
from towns.documents.canonical import canonical_bytes, digest_of
from towns.documents.cells import Cells, apply_cells, cells_of, changed_cells, row_model
from towns.documents.difference import Mark, Piece, difference
from towns.documents.merging import (
    BOTH,
    JOINED,
    MINE,
    ORDER,
    THEIRS,
    Place,
    UndecidedError,
    merge,
    named_apart,
    places,
)
from towns.models import Backup, Version
from towns.publishing.history import note_version
from towns.publishing.record import lock_record
from towns.publishing.refusal import RefusedError

CHOICE = "choice:"


@dataclass(frozen=True)
class ShownPlace:
    """One place as the page shows it; `choice` is what is marked, "" where nothing is."""

    place: Place
    where: str
    field: str
    language: str
    theirs: list[Piece]
    mine: list[Piece]
    joined: list[Piece]
    choice: str
    offers: list[tuple[str, str]]

    @property
    def name(self) -> str:
        return CHOICE + self.place.key

    @property
    def theirs_photo(self) -> int | None:
        return _photo(self.place, self.place.theirs)

    @property
    def mine_photo(self) -> int | None:
        return _photo(self.place, self.place.mine)

    @property
    def is_their_form(self) -> bool:
        """Whether theirs reads as before: bold, a link or a list is all that changed."""
        return self.place.theirs != self.place.base and _is_unmarked(self.theirs)

    @property
    def is_my_form(self) -> bool:
        return self.place.mine != self.place.base and _is_unmarked(self.mine)


class TellsConflicts(KeepsTyping):
    """For a ModelAdmin, below what proposes and keeps versions."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.merge_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        """Two at the same moment: the second waits for the first, and then sees its version."""
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None or not self.has_change_permission(request, record):
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method != "POST":
            key = request.GET.get("restore")
            backup = self.backups_of(request, record.pk).filter(key=key).first()
            if backup and is_newer(cells_of(record), backup.version):
                return HttpResponseRedirect(self.merge_url(record))
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            try:
                record = lock_record(record)
            except RefusedError:
                return super().changeform_view(request, object_id, form_url, extra_context)
            if not is_newer(cells_of(record), request.POST.get(VERSION, "")):
                return super().changeform_view(request, object_id, form_url, extra_context)
        return self._refuse_save(request, record)

    def _refuse_save(self, request: HttpRequest, record: Model) -> HttpResponse:
        backup = self.keep_refused(request, str(record.pk))
        mine = self.cells_typed(request, record, backup)
        if mine is None:
            said = _("It was saved by somebody else meanwhile. Please put right what is marked.")
            self.message_user(request, said, messages.WARNING)
            return self.shown_again(request, str(record.pk), request.POST)
        return self._show_merge(request, record, backup, mine, status=409)

    # Merging -----------------------------------------------------------------------------------

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        if not self.has_change_permission(request, record):
            said = _("It cannot be changed now. What you typed stays kept.")
            self.message_user(request, said, messages.WARNING)
            return HttpResponseRedirect(self.form_url(record.pk))
        backup = self.backups_of(request, record.pk).first()
        if backup is None:
            return HttpResponseRedirect(self.form_url(record.pk))
        mine = self.cells_typed(request, record, backup)
        if mine is None:
            return self.shown_again(request, object_id, typed(backup))
        if request.method == "POST":
            return self._save_merge(request, record, backup, mine)
        return self._show_merge(request, record, backup, mine)

    def _save_merge(
        self, request: HttpRequest, record: Model, backup: Backup, mine: Cells
    ) -> HttpResponse:
        said = dict(backup.fields) | {k: request.POST[k] for k in REASON if k in request.POST}
        try:
            with transaction.atomic():
                record = lock_record(record)
                now = cells_of(record)
                if digest(now) != request.POST.get(VERSION):
                    raise RefusedError(_("It was saved once more meanwhile: please look again."))
                base = base_of(backup.version)
                choices = {
                    name.removeprefix(CHOICE): value
                    for name, value in request.POST.items()
                    if name.startswith(CHOICE)
                }
                saved = apply_cells(merge(base, now, named_apart(base, now, mine), choices))
                self.note_merged(request, saved, now, said)
                self.log_change(request, saved, _("Merged with what was saved meanwhile."))
                self.drop_backup(request, str(record.pk))
        except UndecidedError:
            refusal = _("Please choose wherever both of you changed the same.")
            return self._show_merge(request, record, backup, mine, status=409, refusal=refusal)
        except ValidationError as error:
            refusal = " ".join(error.messages)
            return self._show_merge(request, record, backup, mine, status=409, refusal=refusal)
        except RefusedError as error:
            refusal = error.message
            return self._show_merge(request, record, backup, mine, status=409, refusal=refusal)
        except ChangeIsProposedError as change:
            return self._propose(request, change)
        self.message_user(request, _("Both are saved as one."), messages.SUCCESS)
        return HttpResponseRedirect(self.form_url(record.pk))

    def note_merged(self, request: HttpRequest, record: Model, before: Cells, said: dict) -> None:
        note_version(record, by=request.user)

    def merge_url(self, record: Model) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_merge"
        return reverse(name, args=[record.pk])

    def _show_merge(
        self,
        request: HttpRequest,
        record: Model,
        backup: Backup,
        mine: Cells,
        *,
        status: int = 200,
        refusal: str = "",
    ) -> HttpResponse:
        record = type(record)._base_manager.get(pk=record.pk)
        now, base = cells_of(record), base_of(backup.version)
        shown = _shown(base, now, named_apart(base, now, mine), request.POST)
        open_ones = [one for one in shown if one.place.is_collision]
        others = [one for one in shown if not one.place.is_collision]
        fields = dict(backup.fields)
        context = {
            **self.admin_site.each_context(request),
            "title": _title(record, now, backup, request.user),
            "opts": self.opts,
            "original": record,
            "version": digest(now),
            "collisions": open_ones,
            "merged": others,
            "theirs_only": sum(one.place.usual == THEIRS for one in others),
            "mine_only": sum(one.place.usual == MINE for one in others),
            "undecided": sum(not one.choice for one in open_ones),
            "refusal": refusal,
            "who": _who(record, now, request.user),
            "saved_at": _saved_at(record),
            "backup": backup,
            "backup_url": self.backup_url(record.pk),
            "merge_url": self.merge_url(record),
            "form_url": self.form_url(record.pk),
            "asks_reason": is_proposed(record) and hasattr(self, "asks_reason"),
            "reason": request.POST.get("proposal_reason", fields.get("proposal_reason", "")),
        }
        return TemplateResponse(request, "admin/towns/conflict.html", context, status=status)


def digest(cells: Cells) -> str:
    return digest_of(canonical_bytes("cells", cells))


def is_newer(now: Cells, version: str) -> bool:
    """Whether somebody changed a cell since; what follows by itself, or a signature, is none."""
    if digest(now) == version:
        return False
    base = base_of(version)
    return base is None or bool(changed_cells(base, now))


# In words -------------------------------------------------------------------------------------


def _who(record: Model, now: Cells, user: Any) -> str:
    last = Version.objects.about(record).select_related("saved_by", "document").first()
    if last is None or not last.document.body or changed_cells(last.document.content, now):
        return _("somebody")
    return _("you, in another window") if last.saved_by_id == user.pk else str(last.saved_by)


def _saved_at(record: Model) -> dt.datetime | None:
    last = Version.objects.about(record).first()
    return last.saved_at if last else None


def _title(record: Model, now: Cells, backup: Backup, user: Any) -> str:
    said = {"who": _who(record, now, user)}
    last = Version.objects.about(record).first()
    if last is None or last.saved_at > backup.written_at:
        return capfirst(_("%(who)s saved this after you had begun") % said)
    if backup.written_at - last.saved_at < dt.timedelta(minutes=1):
        return capfirst(_("%(who)s saved this just before you") % said)
    said["time"] = timesince(last.saved_at, backup.written_at, depth=1)
    return capfirst(_("%(who)s saved this %(time)s before you") % said)


def _shown(base: Cells | None, now: Cells, mine: Cells, chosen: Any) -> list[ShownPlace]:
    model = apps.get_model("towns", now["model"])
    numbers = _block_numbers(now)
    return [_one(model, place, numbers, chosen) for place in places(base, now, mine)]


def _one(model: type[Model], place: Place, numbers: dict[str, int], chosen: Any) -> ShownPlace:
    of, where = model, ""
    if place.row:
        name = place.row.split("/")[0]
        of = row_model(model, name)
        where = str(capfirst(of._meta.verbose_name))
        if place.row in numbers:
            where = _("Block %(number)d · %(kind)s") % {
                "number": numbers[place.row],
                "kind": of._meta.verbose_name,
            }
    field, say = _speaker(of, place, numbers)
    base, theirs, mine = say(place.base), say(place.theirs), say(place.mine)
    joined = say(place.joined) if place.joined is not None else ""
    language = {"zh": "zh-hans", "en": "en"}.get(place.field.rsplit("_", 1)[-1], "")
    choice = chosen.get(CHOICE + place.key, place.usual)
    return ShownPlace(
        place,
        where,
        field,
        language,
        difference(base, theirs),
        difference(base, mine),
        difference(base, joined) if joined else [],
        choice if choice in place.offers else "",
        [(offer, OFFERS[offer]()) for offer in place.offers],
    )


def _photo(place: Place, value: Any) -> int | None:
    """The picture that is chosen there, where it is one."""
    if place.field == "photo_id":
        return value or None
    return value["columns"].get("photo_id") if value and not place.field else None


def _is_unmarked(pieces: list[Piece]) -> bool:
    return all(piece.mark is Mark.SAME for piece in pieces)


OFFERS = {
    THEIRS: lambda: _("Take theirs"),
    MINE: lambda: _("Take mine"),
    JOINED: lambda: _("Take both changes, joined"),
    BOTH: lambda: _("Keep both"),
}


def _speaker(of: type[Model], place: Place, numbers: dict[str, int]) -> tuple[str, Any]:
    if not place.field:
        return _("as a whole"), lambda row: whole(of, row) if row else "–"
    if not place.row and place.field == ORDER:
        return _("Order of the blocks"), lambda keys: " ".join(str(numbers[key]) for key in keys)
    field = field_of(of, place.field)
    return str(
        capfirst(field.verbose_name)
    ), lambda value: "–" if value is ... else spoken(field, value)


def _block_numbers(cells: Cells) -> dict[str, int]:
    placed = sorted(
        (row["columns"][ORDER], f"{name}/{row['pk']}")
        for name, rows in cells["rows"].items()
        for row in rows
        if ORDER in row["columns"]
    )
    return {key: number for number, (_place, key) in enumerate(placed, start=1)}
