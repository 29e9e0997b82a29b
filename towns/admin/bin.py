"""The bin: deleting puts a record there, and it comes back whole."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from towns.admin.log import KindFilter, kind_of_record
from towns.admin.proposing import is_proposed, proposed
from towns.documents.cells import cells_of
from towns.models import BinItem
from towns.publishing.binning import move_to_bin, take_out_of_bin
from towns.publishing.proposal import propose
from towns.publishing.refusal import RefusedError


class BinsInsteadOfDeleting:
    """For a ModelAdmin: a draft goes to the bin; removing a public record is proposed."""

    delete_confirmation_template = "admin/towns/delete.html"

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        record = self.get_object(request, object_id)
        context = {"is_proposed": record is not None and is_proposed(record)}
        try:
            return super().delete_view(request, object_id, {**(extra_context or {}), **context})
        except RefusedError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        if not is_proposed(obj):
            request.binned = move_to_bin(obj, by=request.user)
            return
        reason = request.POST.get("reason", "")
        request.proposal = propose(
            obj, before=cells_of(obj), after=None, by=request.user, reason=reason
        )

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """The drafts among them; what is public, or used, stays and is named."""
        for record in queryset:
            if is_proposed(record):
                said = gettext("“%s” is public: remove it on its own page, with a reason.")
                self.message_user(request, said % record, messages.WARNING)
                continue
            try:
                move_to_bin(record, by=request.user)
            except RefusedError as refusal:
                self.message_user(request, f"{record}: {refusal.message}", messages.ERROR)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        if proposal := getattr(request, "proposal", None):
            self.message_user(request, proposed(proposal), messages.SUCCESS)
        else:
            self.message_user(request, binned(request.binned), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:towns_{self.opts.model_name}_changelist"))

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> None:
        """The trail says it."""


def binned(item: BinItem) -> str:
    url = reverse("admin:towns_binitem_restore", args=[item.pk])
    said = gettext("“%s” is in the bin.") % item.name
    return format_html('{} <a href="{}">{}</a>', said, url, gettext("Undo…"))


@admin.register(BinItem)
class BinAdmin(admin.ModelAdmin):
    list_display = ("name", kind_of_record, "binned_at", "binned_by", "way_back")
    list_filter = (KindFilter, "binned_by")
    list_select_related = ("content_type", "binned_by")
    search_fields = ("name",)
    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.display(description=_("way back"))
    def way_back(self, obj: BinItem) -> str:
        url = reverse("admin:towns_binitem_restore", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("Take out of the bin…"))

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.restore_view)
        restore = path("<int:pk>/restore/", view, name="towns_binitem_restore")
        return [restore, *super().get_urls()]

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = BinItem.objects.select_related("content_type").filter(pk=pk).first()
        if item is None:
            raise Http404
        model = item.content_type.model_class()
        if not request.user.has_perm(f"towns.add_{model._meta.model_name}"):
            raise PermissionDenied
        if request.method != "POST":
            return self.admin_site.ask(
                request,
                title=gettext("Take “%s” out of the bin?") % item.name,
                says=[gettext("It comes back as it was when it was put there. It is not public.")],
                button=gettext("Take it out"),
                back=reverse("admin:towns_binitem_changelist"),
            )
        try:
            record = take_out_of_bin(item, by=request.user)
        except RefusedError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:towns_binitem_changelist"))
        self.message_user(request, gettext("“%s” is back.") % record, messages.SUCCESS)
        return HttpResponseRedirect(
            reverse(f"admin:towns_{model._meta.model_name}_change", args=[record.pk])
        )
