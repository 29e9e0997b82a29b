"""Findings and comments of a draft, beside the block that they concern."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from towns.admin.backup import typed
from towns.admin.proposing import is_proposed, proposed
from towns.documents.article import blocks_of
from towns.documents.cells import cells_of
from towns.language.bilingual import EN, ZH
from towns.models import Article, Photo, PhotoBlock
from towns.proofing.checks import proof
from towns.proofing.pictures import NO_ALT
from towns.proofing.remark import Remark, Severity
from towns.publishing.announcing import announce
from towns.publishing.history import note_version
from towns.publishing.proposal import propose
from towns.publishing.readiness import readiness
from towns.publishing.record import lock_record
from towns.publishing.refusal import Finding, RefusedError

READINESS = "readiness"
# The shape is drawn by the style sheet; the character is read in both languages.
MARKS = {
    Severity.STOPS: ("停", gettext_lazy("Stops")),
    Severity.WARNS: ("警", gettext_lazy("Warns")),
    Severity.NOTES: ("注", gettext_lazy("Notes")),
}
_ALT_LENGTH = Photo._meta.get_field("alt_zh").max_length


class ShowsFindings:
    """For the admin of articles."""

    def get_urls(self) -> list:
        pages = (("margin", self.margin_view), ("cure", self.cure_view))
        return [
            *(
                path(
                    f"<path:object_id>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"towns_article_{name}",
                )
                for name, view in pages
            ),
            *super().get_urls(),
        ]

    def margin_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A page of its own, or JSON for the margin of the editor."""
        article = self.seen_article(request, object_id)
        if request.GET.get("format") == "json":
            typed_ones = self._findings_typed(request, article)
            response = JsonResponse(
                {
                    "findings": found(article) if typed_ones is None else typed_ones,
                    "comments": self.comments_shown(article),
                }
            )
            response["Cache-Control"] = "private, no-store"
            return response
        return self.show_margin(request, article)

    def margin_data(self, article: Article) -> dict[str, Any]:
        """For the script that writes into the margin."""
        return {
            "url": self.road_url(article, "margin"),
            "comments": self.road_url(article, "comments"),
            "cure": self.road_url(article, "cure"),
            "words": {
                "findings": _("Findings"),
                "comments": pgettext("on a draft", "Comments"),
                "comment": pgettext("on a draft", "Comment"),
                "add": _("Add the comment"),
                "resolve": _("Resolve"),
                "about": _("About the article"),
                "gone": _("on a block that is gone: %s"),
                "open": _("%d open"),
                "none": _("Nothing found"),
                "page": _("All findings and comments"),
                "failed": _("That did not work: please try again."),
            },
        }

    def show_margin(
        self, request: HttpRequest, article: Article, *, refusal: str = "", said: str = ""
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Findings and comments"),
            "opts": self.opts,
            "original": article,
            "findings": found(article),
            "cure_url": self.road_url(article, "cure"),
            **self.comments_context(request, article),
            "refusal": refusal,
            "said": said,
        }
        status = 409 if refusal else 200
        return TemplateResponse(request, "admin/towns/article/margin.html", context, status=status)

    def seen_article(self, request: HttpRequest, object_id: str) -> Article:
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def _findings_typed(self, request: HttpRequest, article: Article) -> list[dict] | None:
        """Of what this person typed and has not saved; None where the form is not complete."""
        if request.GET.get("of") != "typed":
            return None
        backup = self.backups_of(request, article.pk).first()
        if backup is None or not self.has_change_permission(request, article):
            return None
        return self.attempt(request, str(article.pk), typed(backup), _found_in_form)

    # Cures -------------------------------------------------------------------------------------

    def cure_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article = self.seen_article(request, object_id)
        if request.method != "POST":
            return HttpResponse(status=405)
        back = HttpResponseRedirect(self.road_url(article, "margin"))
        block = _block(article, request.POST.get("kind", ""), request.POST.get("block", ""))
        if request.POST.get("check") != NO_ALT or not isinstance(block, PhotoBlock):
            raise Http404
        if not request.user.has_perm("towns.change_photo"):
            raise PermissionDenied
        level = messages.SUCCESS
        try:
            said = take_captions(block, by=request.user)
        except RefusedError as refusal:
            said, level = refusal.message, messages.ERROR
        if request.POST.get("format") == "json":
            return JsonResponse({"said": said})
        self.message_user(request, said, level)
        return back


@transaction.atomic
def take_captions(block: PhotoBlock, *, by: Any) -> str:
    """The captions as alternative texts where these are missing: proposed for a public picture."""
    photo = lock_record(block.photo)
    before = cells_of(photo)
    if not photo.alt_zh:
        photo.alt_zh = block.captions.get(ZH, "")[:_ALT_LENGTH]
    if not photo.alt_en:
        photo.alt_en = block.captions.get(EN, "")[:_ALT_LENGTH]
    if is_proposed(photo):
        columns = {**before["columns"], "alt_zh": photo.alt_zh, "alt_en": photo.alt_en}
        reason = _("The alternative text was missing: it takes the caption.")
        after = {**before, "columns": columns}
        return proposed(propose(photo, before=before, after=after, by=by, reason=reason))
    photo.save(update_fields=["alt_zh", "alt_en"])
    note_version(photo, by=by)
    announce([photo])
    return _("The picture has its alternative text now.")


# What is found --------------------------------------------------------------------------------


def found(article: Article) -> list[dict[str, Any]]:
    """What stands in the way of publishing, and what the checks notice, the weightiest first."""
    blocks = dict(enumerate(blocks_of(article), start=1))
    numbers = {block: number for number, block in blocks.items()}
    ready = [_of_readiness(one, blocks) for one in readiness(article) if not one.check]
    noticed = [_of_remark(remark, numbers) for remark in proof(article)]
    order = list(Severity)
    return sorted([*ready, *noticed], key=lambda one: order.index(one["severity"]))


def _found_in_form(article: Article, _form: Any, formsets: Any) -> list[dict[str, Any]]:
    """The blocks by their place in the form: new ones have no key that will stay."""
    places = {
        (form.instance._meta.model_name, form.instance.pk): (
            form.prefix,
            form in formset.extra_forms,
        )
        for formset in formsets
        for form in formset.forms
    }
    findings = found(article)
    for one in findings:
        if block := one["block"]:
            block["prefix"], is_new = places.get((block["kind"], block["id"]), ("", False))
            block["id"] = None if is_new else block["id"]
    return findings


def _of_readiness(finding: Finding, blocks: dict[int, Any]) -> dict[str, Any]:
    severity = Severity.WARNS if finding.record is not None else Severity.STOPS
    block = blocks.get(finding.block)
    return _shown(READINESS, severity, finding.message, block, finding.block, finding.record)


def _of_remark(remark: Remark, numbers: dict[Any, int]) -> dict[str, Any]:
    number = numbers.get(remark.block)
    severity, message, record = remark.severity, remark.message, remark.rests_on
    shown = _shown(remark.check, severity, message, remark.block, number, record)
    return {**shown, "cure": remark.cure}


def _shown(
    check: str,
    severity: Severity,
    message: str,
    block: Any,
    number: int | None,
    record: Model | None,
) -> dict[str, Any]:
    mark, name = MARKS[severity]
    return {
        "check": check,
        "severity": severity,
        "mark": mark,
        "name": str(name),
        "message": message,
        "block": block
        and {
            "kind": block._meta.model_name,
            "id": block.pk,
            "number": number,
            "name": str(block._meta.verbose_name),
        },
        "rests_on": record and {"said": str(record), "url": _url(record)},
        "cure": "",
    }


def _url(record: Model) -> str:
    try:
        return reverse(f"admin:towns_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""


def _block(article: Article, kind: str, pk: str) -> Any:
    for block in blocks_of(article):
        if (block._meta.model_name, str(block.pk)) == (kind, pk):
            return block
    return None
