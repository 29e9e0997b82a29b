"""Work is kept while it is typed: a private buffer that counts as nothing until it is saved."""

import datetime as dt
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.admin.cells import Difference, differences
from towns.admin.presence import end_presence, note_presence, others_at
from towns.admin.trial import TriesForms
from towns.documents.cells import Cells, cells_of, keep_cells
from towns.models import Backup, Document, Version

KEPT = dt.timedelta(days=30)
EVERY = dt.timedelta(seconds=10)
MOST_CHARACTERS = 2_000_000
MOST_OF_ONE_PERSON = 50
# What the page sends beside the fields that were typed.
VERSION, KEY = "_version", "_form_key"
_NOT_TYPED = re.compile(
    r"csrfmiddlewaretoken$|_(save|continue|addanother|submit|popup|to_field|version|form_key)$"
)
_SAVED_KEYS = "saved_forms"
NEW = "add"


@dataclass(frozen=True)
class Offer:
    """Unsaved work as it is offered: what differs (None where that cannot be said), and where."""

    backup: Backup
    differences: list[Difference] | None
    restore_url: str


class KeepsTyping(TriesForms):
    """For a ModelAdmin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.backup_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_backup"
        return [path("<path:object_id>/backup/", view, name=name), *super().get_urls()]

    # Kept, and thrown away ---------------------------------------------------------------------

    def backup_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What the open form says every few seconds: who is there, and what was typed."""
        pk = _key_of(self.model, object_id)
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponse(status=405)
        if "throw_away" in request.POST:
            self.backups_of(request, pk).filter(key=request.POST.get(KEY, "")).delete()
            return HttpResponseRedirect(self.form_url(pk))
        payload = request.POST.get("payload", "")
        if len(payload) > MOST_CHARACTERS:
            return JsonResponse({"state": "too long"}, status=413)
        said = _read(payload)
        if said is None:
            return JsonResponse({"state": "not understood"}, status=400)
        if said.get("left"):
            end_presence(self.model, pk, request.user)
        else:
            note_presence(self.model, pk, request.user)
        return JsonResponse(
            {
                "state": self._keep_typed(request, pk, said),
                "at": f"{timezone.localtime():%H:%M:%S}",
                "others": others_at(self.model, pk, request.user),
                "newer": self._newer(pk, said.get("last")),
            }
        )

    def _keep_typed(self, request: HttpRequest, pk: int | None, said: dict) -> str:
        key = str(said.get("key", ""))[:32]
        if said.get("fields") is None:
            return "nothing"
        if key and key in request.session.get(_SAVED_KEYS, []):
            return "saved"
        version = str(said.get("version", ""))
        self.keep_backup(request, pk, said["fields"], key="" if pk else key, version=version)
        return "kept"

    def keep_backup(
        self,
        request: HttpRequest,
        pk: int | None,
        fields: Iterable[tuple[str, str]],
        *,
        version: str,
        key: str = "",
    ) -> Backup:
        """Also tidies up: what is old, and what is too much of one person."""
        kind = ContentType.objects.get_for_model(self.model)
        # PostgreSQL's JSON has no NUL.
        typed = [[n, v.replace("\0", "")] for n, v in fields if not _NOT_TYPED.match(n)]
        backup, is_new = Backup.objects.update_or_create(
            user=request.user,
            content_type=kind,
            object_id=pk or 0,
            key=key,
            defaults={"fields": typed, "version": version[:64], "written_at": timezone.now()},
        )
        if is_new:
            Backup.objects.filter(written_at__lt=timezone.now() - KEPT).delete()
            mine = Backup.objects.filter(user=request.user).order_by("-written_at", "-pk")
            beyond = list(mine.values_list("pk", flat=True)[MOST_OF_ONE_PERSON:])
            Backup.objects.filter(pk__in=beyond).delete()
        return backup

    def keep_refused(self, request: HttpRequest, object_id: str) -> Backup:
        """A form that was not saved is not lost."""
        pk, version = _key_of(self.model, object_id), request.POST.get(VERSION, "")
        return self.keep_backup(request, pk, posted_fields(request.POST), version=version)

    def drop_backup(self, request: HttpRequest, object_id: str | None) -> None:
        """Once saved; what the page sends late is not kept again."""
        pk, key = _key_of(self.model, object_id or NEW), request.POST.get(KEY, "")[:32]
        self.backups_of(request, pk).filter(key="" if pk else key).delete()
        end_presence(self.model, pk, request.user)
        if key:
            saved = request.session.get(_SAVED_KEYS, [])
            request.session[_SAVED_KEYS] = [*saved[-19:], key]

    def backups_of(self, request: HttpRequest, pk: int | None) -> QuerySet:
        """Those of this person; nobody reads another's."""
        return Backup.objects.at(self.model, pk).filter(user=request.user)

    def _newer(self, pk: int | None, last: Any) -> dict[str, str] | None:
        """Who saved the record after this form was made."""
        if pk is None or not isinstance(last, int):
            return None
        saved = Version.objects.about(self.model(pk=pk)).select_related("saved_by").first()
        if saved is None or saved.pk <= last:
            return None
        return {
            "who": str(saved.saved_by),
            "at": f"{timezone.localtime(saved.saved_at):%H:%M}",
        }

    # Offered again -----------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        if request.method == "POST":
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if getattr(request, "was_saved", False):
                self.drop_backup(request, object_id)
            return response
        pk = _key_of(self.model, object_id or NEW)
        key = request.GET.get("restore")
        if key is not None and (backup := self.backups_of(request, pk).filter(key=key).first()):
            request.restored = backup
            return self.shown_again(request, object_id, typed(backup))
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record and self.has_change_permission(request, record):
            # Read before the form is made: it is never newer than what the form shows.
            request.form_version = kept_version(record)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def log_addition(self, request: HttpRequest, *said: Any) -> Any:
        request.was_saved = True
        return super().log_addition(request, *said)

    def log_change(self, request: HttpRequest, *said: Any) -> Any:
        request.was_saved = True
        return super().log_change(request, *said)

    def offers(self, request: HttpRequest, record: Model | None) -> list[Offer]:
        """What is left from before; what was saved after all is thrown away without a word."""
        pk = record.pk if record else None
        offers = []
        for backup in self.backups_of(request, pk).order_by("-written_at")[:3]:
            offer = self._offer(request, record, backup)
            if offer.differences == []:
                backup.delete()
            else:
                offers.append(offer)
        return offers

    def _offer(self, request: HttpRequest, record: Model | None, backup: Backup) -> Offer:
        restore = f"{self.form_url(backup.object_id)}?restore={backup.key}"
        mine = self.cells_typed(request, record, backup)
        if mine is None:
            return Offer(backup, None, restore)
        if record is None:
            return Offer(backup, differences(_nothing(mine), mine), restore)
        now = cells_of(record)
        shown = differences(now, mine)
        return Offer(backup, shown and differences(base_of(backup.version) or now, mine), restore)

    def cells_typed(
        self, request: HttpRequest, record: Model | None, backup: Backup
    ) -> Cells | None:
        """The record as it would be, had this been saved on what it was made from."""
        object_id = str(record.pk) if record else None
        fields = typed(backup)
        if not fields.get("proposal_reason"):
            fields["proposal_reason"] = "-"
        base = base_of(backup.version)
        return self.attempt(
            request, object_id, fields, lambda *saved: cells_of(saved[0]), base=base
        )

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if not hasattr(request, "look"):
            context["saving"] = self._saving(request, context)
        return super().render_change_form(request, context, *args, **kwargs)

    def _saving(self, request: HttpRequest, context: dict) -> dict[str, Any] | None:
        """What the page needs to keep what is typed; None where nothing is typed."""
        record = context.get("original")
        is_writer = self.has_change_permission(request, record) if record else True
        if not is_writer:
            return None
        is_posted = request.method == "POST"
        pk = record.pk if record else None
        last = Version.objects.about(record).first() if record else None
        if pk:
            note_presence(self.model, pk, request.user)
        key = request.POST.get(KEY) or secrets.token_hex(12)
        offers = [] if is_posted else self.offers(request, record)
        return {
            "version": request.POST.get(VERSION, "")
            if is_posted
            else getattr(request, "form_version", ""),
            "key": key,
            "restored": getattr(request, "restored", None),
            "offers": offers,
            "others": others_at(self.model, pk, request.user),
            "backup_url": self.backup_url(pk),
            "data": {
                "url": self.backup_url(pk),
                "last": last.pk if last else 0,
                "every": EVERY // dt.timedelta(milliseconds=1),
                "kept": f"{request.user.pk}:{self.opts.model_name}:{pk or NEW}",
                "isNew": pk is None,
                "unsaved": is_posted,
                "savedSaid": _saved_said(last, is_posted=is_posted),
                "offered": max((_milliseconds(offer.backup) for offer in offers), default=0),
                "login": reverse("admin:login") + "?next=" + reverse("admin:index"),
                "words": _words(),
            },
        }

    def backup_url(self, pk: int | None) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_backup"
        return reverse(name, args=[pk or NEW])

    def form_url(self, pk: int | None) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{name}_change", args=[pk]) if pk else reverse(f"{name}_add")


# Fields and versions --------------------------------------------------------------------------


def posted_fields(fields: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in fields.lists() for value in values]


def typed(backup: Backup) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, value in backup.fields:
        fields.appendlist(name, value)
    fields[VERSION], fields[KEY] = backup.version, backup.key
    return fields


def kept_version(record: Model) -> str:
    """The fingerprint of the record's cells, which are kept so that they can be laid beside."""
    return keep_cells(record).digest


def base_of(version: str) -> Cells | None:
    """The cells that a form was made from; None where they were never kept, or erased."""
    document = Document.objects.filter(digest=version, kind="cells").first()
    return document.content if document and document.body else None


def _cells_saved(record: Model, *_forms: Any) -> Cells:
    return cells_of(record)


def _key_of(model: type[Model], object_id: str) -> int | None:
    """None for a record that is not saved yet."""
    text = unquote(object_id)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _read(payload: str) -> dict | None:
    try:
        said = json.loads(payload)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    fields = said.get("fields")
    return said if fields is None or _are_fields(fields) else None


def _saved_said(last: Version | None, *, is_posted: bool) -> str:
    if is_posted:
        return _("Not saved yet")
    if last is None:
        return ""
    at = timezone.localtime(last.saved_at)
    is_today = at.date() == timezone.localdate()
    return _("Saved %s") % (f"{at:%H:%M:%S}" if is_today else f"{at:%Y-%m-%d %H:%M}")


def _milliseconds(backup: Backup) -> int:
    return int(backup.written_at.timestamp() * 1000)


def _are_fields(fields: Any) -> bool:
    return isinstance(fields, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)
        for pair in fields
    )


def _nothing(cells: Cells) -> Cells:
    """The same record before anything was typed: only what says something differs from it."""
    empty = {name: value for name, value in cells["columns"].items() if value in (None, "", 0)}
    return {
        **cells,
        "columns": empty,
        "lists": {name: [] for name in cells["lists"]},
        "rows": {name: [] for name in cells["rows"]},
    }


def _words() -> dict[str, str]:
    """For the script."""
    return {
        "unsaved": _("Not saved yet"),
        "keeping": _("being backed up"),
        "kept": _("backed up %s, not saved yet"),
        "offline": _("Offline: kept in this browser"),
        "ended": _("You were signed out. What you typed is kept in this browser."),
        "signIn": _("Sign in in a new window"),
        "tooLong": _("Too long to be backed up: please save."),
        "refused": _("It cannot be backed up now; it is kept in this browser."),
        "alone": "",
        "with": _("Also here: %s"),
        "since": _("%(name)s since %(time)s"),
        "newer": _("%(who)s saved this at %(at)s. When you save, you see both."),
    }
