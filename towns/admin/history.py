"""History of a record: who left it how and when, any two compared, any one brought back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from towns.admin.cells import differences
from towns.models import TrailEntry, Version
from towns.publishing.history import restore_version
from towns.publishing.refusal import RefusedError


class ShowsHistory:
    """For a ModelAdmin: the versions and the trail stand under “History”."""

    def get_urls(self) -> list:
        name = f"towns_{self.opts.model_name}"
        restore = self.admin_site.admin_view(self.restore_view)
        return [
            path(
                "<path:object_id>/history/<int:version_id>/restore/",
                restore,
                name=f"{name}_restore",
            ),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        record = self._seen(request, object_id)
        versions = Version.objects.about(record).select_related("saved_by", "document")
        page = Paginator(versions, 50).get_page(request.GET.get("page"))
        trail = TrailEntry.objects.about(record).order_by("-number")[:200]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History: %s") % record,
            "opts": self.opts,
            "record": record,
            "page": page,
            "trail": trail,
            "may_restore": self.has_change_permission(request, record),
            "restore_name": f"admin:towns_{self.opts.model_name}_restore",
            **self._compared(request, versions),
        }
        return TemplateResponse(request, "admin/towns/history.html", context)

    def _compared(self, request: HttpRequest, versions: Any) -> dict[str, Any]:
        """The two that were asked for, or the newest against the one before."""
        old = versions.filter(pk=_number(request.GET.get("from"))).first()
        new = versions.filter(pk=_number(request.GET.get("to"))).first()
        if not (old and new):
            new, old = [*versions[:2], None, None][:2]
        if not (old and new):
            return {"old": None, "new": None, "differences": []}
        old, new = sorted((old, new), key=lambda version: version.pk)
        both = old.document.content, new.document.content
        shown = differences(*both) if all(both) else []
        return {"old": old, "new": new, "differences": shown}

    def restore_view(self, request: HttpRequest, object_id: str, version_id: int) -> HttpResponse:
        record = self._seen(request, object_id)
        version = Version.objects.about(record).filter(pk=version_id).first()
        back = reverse(f"admin:towns_{self.opts.model_name}_history", args=[record.pk])
        if version is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if request.method != "POST":
            when = version.saved_at.astimezone()
            said = gettext("What stands there now stays in the history: you can come back to it.")
            return self.admin_site.ask(
                request,
                title=gettext("Bring back the version of %s?") % f"{when:%Y-%m-%d %H:%M}",
                says=[said],
                button=gettext("Bring it back"),
                back=back,
            )
        try:
            restore_version(version, by=request.user)
        except RefusedError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(back)
        self.message_user(request, _("The earlier version is back."), messages.SUCCESS)
        return HttpResponseRedirect(
            reverse(f"admin:towns_{self.opts.model_name}_change", args=[record.pk])
        )

    def _seen(self, request: HttpRequest, object_id: str) -> Model:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0
