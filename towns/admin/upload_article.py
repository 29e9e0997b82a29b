"""Paste an article: the file is kept, read, answered and made a draft (`towns.imports.draft`)."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from towns.admin.upload_article_answers import (
    LEFT_OPEN,
    put_in_order,
    take_answers,
    wanted_lines,
)
from towns.admin.upload_article_page import page_of
from towns.imports.article import Refused, RefusedError
from towns.imports.draft import (
    NotKeptError,
    Reading,
    keep_article,
    read_upload,
    receive_article,
)
from towns.imports.draft.keeping import chosen_column, kept_article
from towns.imports.draft.receiving import another_of, with_pictures
from towns.models import ArticleUpload, Column, Party, Upload
from towns.publishing.history import note_version
from towns.publishing.proposal import propose

TEMPLATES = "admin/towns/upload_article"


@admin.register(ArticleUpload)
class ArticleUploadAdmin(admin.ModelAdmin):
    list_display = ("name", "state", "draft", "received_by", "received_at")
    list_filter = ("state", ("received_by", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("received_by",)
    search_fields = ("name", "digest")
    search_help_text = _("File name or fingerprint")
    list_per_page = 50

    # Rights are those of the upload itself: the proxy has none of its own.

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("towns.view_upload")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("towns.add_upload") and request.user.has_perm(
            "towns.add_article"
        )

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """What was received stays: it says where a draft came from."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("received_by")

    @admin.display(description=_("draft"))
    def draft(self, obj: ArticleUpload) -> str:
        article = kept_article(obj) if obj.state == Upload.State.KEPT else None
        if article is None:
            return "–"
        url = reverse("admin:towns_article_change", args=[article.pk])
        return format_html('<a href="{}">{}</a>', url, article)

    # Receiving -----------------------------------------------------------------------------

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        refusal = ""
        if request.method == "POST":
            try:
                return self._receive(request)
            except RefusedError as error:
                refusal = str(error)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Paste an article"),
            "opts": self.opts,
            "refusal": refusal,
            "pasted": request.POST.get("text", ""),
        }
        status = 422 if refusal else 200
        return TemplateResponse(request, f"{TEMPLATES}/add.html", context, status=status)

    def _receive(self, request: HttpRequest) -> HttpResponse:
        files = [(one.name, one.read()) for one in request.FILES.getlist("files")]
        text = request.POST.get("text", "").replace("\r\n", "\n")
        if not files and not text.strip():
            raise RefusedError(_("Paste a text, or choose a file."))
        if text.strip():
            html = request.POST.get("html", "")
            files.insert(
                0, ("article.html", html.encode()) if html else ("article.txt", text.encode())
            )
        name = "" if text.strip() else None
        received = receive_article(files, by=request.user, name=name)
        if not received.is_new:
            self._say_same(request, received.upload)
        return self._to(received.upload)

    def _say_same(self, request: HttpRequest, upload: ArticleUpload) -> None:
        at = timezone.localtime(upload.received_at).strftime("%Y-%m-%d %H:%M")
        said = {"who": upload.received_by, "at": at}
        if upload.state == Upload.State.KEPT:
            text = _("The same file came before, from %(who)s at %(at)s, and became a draft.")
        else:
            text = _("The same file came before, from %(who)s at %(at)s. This is its reading.")
        self.message_user(request, text % said, messages.WARNING)

    def _to(self, upload: ArticleUpload) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:towns_articleupload_change", args=[upload.pk]))

    # Reading and keeping -------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        upload = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, upload):
            raise PermissionDenied
        if upload is None:
            raise Http404
        if request.method != "POST":
            return self._show(request, upload)
        if not self.has_change_permission(request, upload):
            raise PermissionDenied
        if "settle" in request.POST:
            return self._settle(request, upload)
        if upload.state != Upload.State.READ:
            return self._another(request, upload)
        return self._act(request, upload)

    def _act(self, request: HttpRequest, upload: ArticleUpload) -> HttpResponse:
        act = request.POST.get("act", "")
        if act == "drop":
            upload.state = Upload.State.DROPPED
            upload.save(update_fields=["state"])
            self.message_user(request, _("Put aside. Nothing of it was kept."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:towns_articleupload_changelist"))
        reading = read_upload(upload)
        if isinstance(reading, Refused):
            return self._show(request, upload)
        take_answers(upload, reading, request.POST)
        if act == "pictures":
            return self._add_pictures(request, upload)
        if act == "keep":
            return self._keep(request, upload, reading)
        return self._to(upload)

    def _add_pictures(self, request: HttpRequest, upload: ArticleUpload) -> HttpResponse:
        files = [(one.name, one.read()) for one in request.FILES.getlist("pictures")]
        if not files:
            self.message_user(request, _("Choose the pictures first."), messages.WARNING)
            return self._to(upload)
        try:
            received = with_pictures(upload, files, by=request.user)
        except RefusedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return self._to(upload)
        put_in_order(received.upload)
        return self._to(received.upload)

    def _keep(self, request: HttpRequest, upload: ArticleUpload, before: Reading) -> HttpResponse:
        reading = read_upload(upload, before.gazetteer)
        if isinstance(reading, Refused):
            return self._show(request, upload)
        if _to_be_ticked(reading) - _to_be_ticked(before):
            said = _("Your answers brought up something new. Look at it once more, then keep.")
            self.message_user(request, said, messages.WARNING)
            return self._to(upload)
        try:
            article = keep_article(
                reading, by=request.user, note_version=note_version, propose=propose
            )
        except NotKeptError as error:
            return self._show(request, upload, refusal=str(error))
        self.message_user(request, _kept_sentence(upload), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:towns_article_change", args=[article.pk]))

    def _another(self, request: HttpRequest, upload: ArticleUpload) -> HttpResponse:
        """A feed or an archive may hold several articles; each becomes a draft of its own."""
        number = request.POST.get("another", "")
        if number.isdecimal() and len(number) < 5:
            try:
                upload = another_of(upload, int(number), by=request.user).upload
            except RefusedError as error:
                self.message_user(request, str(error), messages.ERROR)
        return self._to(upload)

    def _settle(self, request: HttpRequest, upload: ArticleUpload) -> HttpResponse:
        """A point that was left open is looked after, or open again."""
        number = request.POST["settle"]
        if number.isdecimal() and int(number) < len(upload.left_open):
            point = upload.left_open[int(number)]
            point["is_settled"] = not point.get("is_settled")
            upload.save(update_fields=["left_open"])
        return self._to(upload)

    def _show(self, request: HttpRequest, upload: ArticleUpload, refusal: str = "") -> HttpResponse:
        reading = read_upload(upload)
        is_open = upload.state == Upload.State.READ
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Was it understood?") if is_open else upload.name,
            "opts": self.opts,
            "upload": upload,
            "is_open": is_open,
            "may_write": is_open and self.has_change_permission(request, upload),
            "may_settle": self.has_change_permission(request, upload),
            "refusal": refusal or (reading.reason if isinstance(reading, Refused) else ""),
            "left_open": LEFT_OPEN,
            "draft": kept_article(upload),
            "rows": upload.rows.select_related("content_type"),
            "columns": Column.objects.all(),
            "column": chosen_column(upload.answers),
            "party_kinds": Party.Kind.choices,
            "wanted": wanted_lines(upload),
        }
        if isinstance(reading, Reading):
            context |= page_of(reading)
            if reading.parties:
                context["party_names"] = _party_names()
        status = 409 if refusal else 200
        template = "reading" if is_open else "kept"
        return TemplateResponse(request, f"{TEMPLATES}/{template}.html", context, status=status)


def _kept_sentence(upload: ArticleUpload) -> str:
    upload.refresh_from_db()
    count = len(upload.open_points)
    said = gettext("Kept as a draft. Nothing of it is public.")
    if not count:
        return said
    rest = ngettext(
        "%(count)d thing is left for you to look at.",
        "%(count)d things are left for you to look at.",
        count,
    )
    url = reverse("admin:towns_articleupload_change", args=[upload.pk])
    return format_html('{} <a href="{}">{}</a>', said, url, rest % {"count": count})


def _to_be_ticked(reading: Reading) -> set[str]:
    """What would be made besides the text, and whose list the ranks would go to."""
    keys = {fact.key for fact in reading.facts if fact.can_be_kept}
    return keys | {new.key for new in reading.parties.values()}


def _party_names() -> list[str]:
    """For the list that a name can be chosen from."""
    return [
        name for names in Party.objects.values_list("name_zh", "name_en") for name in names if name
    ]
