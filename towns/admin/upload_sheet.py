"""Sheets that are imported: received, looked at row by row, answered, and kept as a whole."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from towns.admin.publishable import who_and_when
from towns.admin.upload_sheet_page import answers_in, page_of
from towns.imports.sheet.exporting import remarks_of, template_of
from towns.imports.sheet.kinds import KINDS, SheetKind, recognised
from towns.imports.sheet.uploads import (
    CheckedUpload,
    NotKeptError,
    check_upload,
    keep,
    receive,
    same_file,
)
from towns.models import Proposal, SheetUpload, Upload, UploadRow, User
from towns.publishing.refusal import RefusedError as ActRefusedError
from towns.publishing.sheet import SheetActs
from towns.sheets.reading import RefusedError
from towns.sheets.writing import CONTENT_TYPES, XLSX

PAGE, RECEIVE = "admin/towns/sheet_preview.html", "admin/towns/sheet_receive.html"
MOST_BYTES, MOST_STORED = 40 * 1024 * 1024, 1000


class SheetForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in it"), required=False)
    file = forms.FileField(label=_("The sheet (.xlsx or .csv)"))

    def __init__(self, *args: Any, kinds: list[SheetKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_columns = [("", _("find out from its columns"))]
        self.fields["kind"].choices = by_columns + [(kind.name, kind.label) for kind in kinds]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv"

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 40 MB. Split it."))
        return self.cleaned_data["file"]


class ReasonForm(forms.Form):
    nature = forms.ChoiceField(
        label=_("What kind of change"),
        choices=Proposal.Nature.choices,
        initial=Proposal.Nature.CORRECTION,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why it changes"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the person who decides. Name the source."),
        max_length=1000,
    )


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(kind.name, kind.label) for kind in KINDS.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


def sheet_response(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=CONTENT_TYPES[XLSX])
    said = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = said
    return response


@admin.register(SheetUpload)
class SheetUploadAdmin(admin.ModelAdmin):
    list_display = ("name", "kind_label", "state", "received_by", "received_at", "rows_kept")
    list_filter = ("state", KindFilter)
    list_select_related = ("received_by",)
    list_per_page = 50
    search_fields = ("name",)
    actions = None

    # Rights: those of an upload, and of what is in it -------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        return request.user.has_perm("towns.view_upload")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("towns.add_upload") and bool(kinds_for(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        if not request.user.has_perm("towns.change_upload"):
            return False
        return obj is None or may_import(request.user, KINDS[obj.kind])

    def has_delete_permission(self, request: HttpRequest, obj: Upload | None = None) -> bool:
        return False

    @admin.display(description=_("kind"), ordering="kind")
    def kind_label(self, obj: Upload) -> Any:
        return KINDS[obj.kind].label

    @admin.display(description=_("rows kept"))
    def rows_kept(self, obj: Upload) -> int | str:
        return obj.rows.count() if obj.state == Upload.State.KEPT else ""

    def get_urls(self) -> list:
        def view(name: str) -> Any:
            return self.admin_site.admin_view(getattr(self, f"{name}_view"))

        prefix = "towns_sheetupload"
        acts = [
            path(f"<int:upload_id>/{name}/", view(name), name=f"{prefix}_{name}")
            for name in ("again", "answer", "keep", "drop", "remarks")
        ]
        template = path("template/<slug:kind>/", view("template"), name=f"{prefix}_template")
        return [template, *acts, *super().get_urls()]

    # Receiving ------------------------------------------------------------------------------------

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = SheetForm(
            request.POST or None,
            request.FILES or None,
            kinds=kinds_for(request.user),
            initial={"kind": request.GET.get("kind", "")},
        )
        if request.method == "POST" and form.is_valid():
            upload = self._receive(request, form)
            if upload is not None:
                return HttpResponseRedirect(_page(upload))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import a sheet"),
            "opts": self.opts,
            "form": form,
            "kinds": kinds_for(request.user),
        }
        return TemplateResponse(request, RECEIVE, context)

    def _receive(
        self, request: HttpRequest, form: forms.Form, before: Upload | None = None
    ) -> Upload | None:
        """None where the file was refused: the form says why."""
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            wanted = before.kind if before else form.cleaned_data["kind"]
            kind = KINDS[wanted] if wanted else recognised(file.name, data)
            if not may_import(request.user, kind):
                raise PermissionDenied
            answers = before.answers if before else None
            upload = receive(kind, file.name, data, by=request.user, answers=answers)
        except RefusedError as refusal:
            form.add_error("file", str(refusal))
            return None
        self._say_if_met_before(request, upload)
        return upload

    def _say_if_met_before(self, request: HttpRequest, upload: Upload) -> None:
        earlier = same_file(upload).filter(state=Upload.State.KEPT).first()
        if earlier is not None:
            said = gettext("This very file was kept already: %s. Whatever is unchanged stays so.")
            when = who_and_when(by=earlier.received_by, at=earlier.kept_at)
            self.message_user(request, said % when, messages.WARNING)

    def again_view(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        """The corrected sheet in place of this one; what was answered is not asked again."""
        before = self._open(request, upload_id)
        if request.method == "POST":
            form = SheetForm(request.POST, request.FILES, kinds=list(KINDS.values()))
            upload = self._receive(request, form, before) if form.is_valid() else None
            if upload is not None:
                self._drop(before)
                return HttpResponseRedirect(_page(upload))
            for said in form.errors.get("file", ()):
                self.message_user(request, said, messages.ERROR)
        return HttpResponseRedirect(_page(before))

    # Looking, answering, keeping -----------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        upload = self.get_object(request, object_id)
        if upload is None:
            raise Http404
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        return self._show(request, upload)

    def _show(
        self, request: HttpRequest, upload: Upload, *, reason: forms.Form | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": upload.name,
            "opts": self.opts,
            "upload": upload,
            "is_open": upload.state == Upload.State.READ,
            "may_change": self.has_change_permission(request, upload),
        }
        if upload.state == Upload.State.READ:
            try:
                context |= page_of(check_upload(upload), request.GET.dict())
            except RefusedError as refusal:
                context["refusal"] = str(refusal)
            context["reason_form"] = reason or ReasonForm()
        else:
            context |= _stored(upload)
        return TemplateResponse(request, PAGE, context, status=409 if reason else 200)

    def answer_view(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        upload = self._open(request, upload_id)
        if request.method == "POST":
            upload.answers = {**upload.answers, **answers_in(request.POST.dict())}
            upload.save(update_fields=["answers"])
        back = request.POST.get("query", "")
        return HttpResponseRedirect(_page(upload) + (f"?{back}" if back else ""))

    def keep_view(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        upload = self._open(request, upload_id)
        if request.method != "POST":
            return HttpResponseRedirect(_page(upload))
        form = ReasonForm(request.POST)
        if "reason" in request.POST and not form.is_valid():
            return self._show(request, upload, reason=form)
        said = form.cleaned_data if "reason" in request.POST else {}
        acts = SheetActs(
            request.user,
            reason=said.get("reason") or upload.name,
            nature=said.get("nature") or Proposal.Nature.CORRECTION,
        )
        try:
            keep(upload, acts=acts, seen=request.POST.get("seen", ""))
        except NotKeptError as refusal:
            self.message_user(request, refusal.sentence, messages.ERROR)
        except ActRefusedError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
        else:
            said = gettext("Kept as a whole: %s. Nothing became public by that.")
            self.message_user(request, said % _in_words(upload), messages.SUCCESS)
        return HttpResponseRedirect(_page(upload))

    def drop_view(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        upload = self._open(request, upload_id)
        if request.method == "POST":
            self._drop(upload)
            self.message_user(request, _("Put aside. Nothing was kept."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:towns_sheetupload_changelist"))
        return HttpResponseRedirect(_page(upload))

    def _drop(self, upload: Upload) -> None:
        Upload.objects.filter(pk=upload.pk, state=Upload.State.READ).update(
            state=Upload.State.DROPPED
        )

    # Files ----------------------------------------------------------------------------------------

    def template_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in KINDS:
            raise Http404
        return sheet_response(template_of(KINDS[kind]), f"{KINDS[kind].label}.xlsx")

    def remarks_view(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        upload = self._seen(request, upload_id)
        try:
            found: CheckedUpload = check_upload(upload)
        except RefusedError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(_page(upload))
        with upload.file.open("rb") as file:
            data, name = remarks_of(found, upload.name, file.read())
        return sheet_response(data, name)

    def _seen(self, request: HttpRequest, upload_id: int) -> Upload:
        upload = SheetUpload.objects.filter(pk=upload_id).first()
        if upload is None:
            raise Http404
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        return upload

    def _open(self, request: HttpRequest, upload_id: int) -> Upload:
        upload = self._seen(request, upload_id)
        if not self.has_change_permission(request, upload):
            raise PermissionDenied
        return upload


def may_import(user: User, kind: SheetKind) -> bool:
    name = kind.model._meta.model_name
    return user.has_perms([f"towns.add_{name}", f"towns.change_{name}"])


def kinds_for(user: User) -> list[SheetKind]:
    return [kind for kind in KINDS.values() if may_import(user, kind)]


def _page(upload: Upload) -> str:
    return reverse("admin:towns_sheetupload_change", args=[upload.pk])


def _stored(upload: Upload) -> dict[str, Any]:
    rows = list(upload.rows.select_related("content_type")[:MOST_STORED])
    for row in rows:
        row.url = _record_url(row)
    counts = _counts(upload)
    not_shown = sum(count for _label, count in counts) - len(rows)
    return {"stored": rows, "counts": counts, "not_shown": not_shown}


def _record_url(row: UploadRow) -> str:
    kind = row.content_type
    try:
        return reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[row.object_id])
    except NoReverseMatch:
        return ""


def _counts(upload: Upload) -> list[tuple[Any, int]]:
    outcomes = list(upload.rows.values_list("outcome", flat=True))
    return [(one.label, outcomes.count(one)) for one in UploadRow.Outcome if one in outcomes]


def _in_words(upload: Upload) -> str:
    counts = ", ".join(f"{label} {count}" for label, count in _counts(upload))
    rows = upload.rows.count()
    return ngettext("%d row", "%d rows", rows) % rows + f" ({counts})"
