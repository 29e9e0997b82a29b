"""Records with a publication state of their own: they go out by an act that asks first."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from towns.admin.finding import PublicFilter
from towns.admin.record import RecordAdmin
from towns.models.publishable import Publishable
from towns.publishing.record import publish_records
from towns.publishing.refusal import NotReadyError

ASK_TEMPLATE = "admin/towns/publish_records.html"


def mark(*, is_public: bool) -> str:
    """Public or not, in a word and a colour."""
    if is_public:
        return format_html('<span class="mark is-public">{}</span>', gettext("public"))
    return format_html('<span class="mark">{}</span>', gettext("not public"))


def who_and_when(*, by: Model, at: Any) -> str:
    when = date_format(timezone.localtime(at), "DATETIME_FORMAT")
    return gettext("%(when)s, by %(who)s") % {"when": when, "who": by}


class PublishableAdmin(RecordAdmin):
    actions = ("publish_selected",)

    def get_list_filter(self, request: HttpRequest) -> tuple:
        return (PublicFilter, *super().get_list_filter(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple:
        return (*super().get_readonly_fields(request, obj), "publication_state")

    @admin.display(description=_("publication"), ordering="published_at")
    def publication_mark(self, obj: Publishable) -> str:
        return mark(is_public=obj.is_public)

    @admin.display(description=_("publication"))
    def publication_state(self, obj: Publishable) -> str:
        if not obj.is_public:
            return gettext("Not public. Nobody outside sees this record before it is published.")
        said = who_and_when(by=obj.published_by, at=obj.published_at)
        return gettext("Public since %s. Changes are proposed to a second person.") % said

    # Publishing ----------------------------------------------------------------------------

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("towns.publish_record") and self.has_view_permission(request)

    def goes_out_with(self, record: Publishable) -> str:
        """What becomes public along with the record, in words."""
        return ""

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_publish"
        view = self.admin_site.admin_view(self.publish_view)
        return [path("<path:object_id>/publish/", view, name=name), *super().get_urls()]

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if not self.has_publish_permission(request):
            raise PermissionDenied
        if record is None:
            raise Http404
        back = self._address("change", record)
        if request.method != "POST":
            return self._ask(request, [record], back=back)
        self._publish(request, [record])
        return HttpResponseRedirect(back)

    @admin.action(description=_("Publish selected records…"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        if "confirmed" not in request.POST:
            return self._ask(request, queryset, back=request.get_full_path())
        self._publish(request, queryset)
        return None

    def _publish(self, request: HttpRequest, records: Iterable[Publishable]) -> None:
        fresh = [record for record in records if not record.is_public]
        try:
            count = publish_records(fresh, by=request.user)
        except NotReadyError as error:
            for finding in error.findings:
                self.message_user(request, finding.message, messages.ERROR)
            return
        for record in fresh:
            self.log_change(request, record, gettext("Published."))
        if not count:
            self.message_user(request, _("Nothing was published: all is public already."))
            return
        message = ngettext("%d record is now public.", "%d records are now public.", count) % count
        self.message_user(request, message, messages.SUCCESS)

    def _ask(
        self, request: HttpRequest, records: Iterable[Publishable], *, back: str
    ) -> HttpResponse:
        fresh = [record for record in records if not record.is_public]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish?"),
            "opts": self.opts,
            "fresh": [(record, self.goes_out_with(record)) for record in fresh],
            "already": len(list(records)) - len(fresh),
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "is_across": request.POST.get("select_across", "0"),
            "back": back,
        }
        return TemplateResponse(request, ASK_TEMPLATE, context)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = context.get("original")
        if record and not record.is_public and self.has_publish_permission(request):
            context["publish_url"] = self._address("publish", record)
        return super().render_change_form(request, context, *args, **kwargs)

    def _address(self, page: str, record: Publishable) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[record.pk])
