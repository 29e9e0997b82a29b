"""Readers' comments: read by a person, then shown or not; hidden again if need be."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from towns.admin.letter import WrittenByReaders
from towns.models import ReaderComment
from towns.publishing.comment import MOVES, decide_comments, remove_comments

_State = ReaderComment.State
# By the last part of the address: where it leads, the button, the question and what it says.
DECISIONS = {
    "approve": (
        _State.SHOWN,
        _("Approve…"),
        _("Show this comment under the article?"),
        _("Everybody can read it under the article. It can be hidden again."),
    ),
    "decline": (
        _State.DECLINED,
        _("Decline…"),
        _("Not show this comment?"),
        _("The public does not see it. It can still be approved later."),
    ),
    "hide": (
        _State.HIDDEN,
        _("Hide…"),
        _("Hide this comment again?"),
        _("It disappears from under the article. It can be approved again."),
    ),
}


@admin.register(ReaderComment)
class ReaderCommentAdmin(WrittenByReaders):
    list_display = ("__str__", "article", "state_mark", "sent_at", "handled")
    list_filter = ("state", "language")
    list_select_related = ("article", "handled_by")
    search_fields = ("name", "text", "article__title_zh", "article__title_en", "article__slug")
    search_help_text = _("Words of the comment, its name, or the article")
    actions = ("approve_selected", "decline_selected", "hide_selected")
    fields = (("sent_at", "language"), "article_link", "name", "comment", "state", "handled")

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody changes a reader's words."""
        return False

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("towns.approve_comment")

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple:
        return ("sent_at", "language", "article_link", "name", "comment", "state", "handled")

    def view_on_site(self, obj: ReaderComment) -> str | None:
        is_public = ReaderComment.objects.public().filter(pk=obj.pk).exists()
        return obj.get_absolute_url() if is_public else None

    @admin.display(description=_("article"))
    def article_link(self, obj: ReaderComment) -> str:
        url = reverse("admin:towns_article_change", args=[obj.article_id])
        return format_html('<a href="{}">{}</a>', url, obj.article)

    @admin.display(description=_("comment"))
    def comment(self, obj: ReaderComment) -> str:
        return format_html('<div class="letter" lang="{}">{}</div>', obj.language, obj.text)

    # Deciding ------------------------------------------------------------------------------

    @admin.action(description=_("Approve the selected comments…"), permissions=["approve"])
    def approve_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._decide_selected(request, queryset, "approve")

    @admin.action(description=_("Decline the selected comments…"), permissions=["approve"])
    def decline_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._decide_selected(request, queryset, "decline")

    @admin.action(description=_("Hide the selected comments…"), permissions=["approve"])
    def hide_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._decide_selected(request, queryset, "hide")

    def _decide_selected(
        self, request: HttpRequest, comments: QuerySet, name: str
    ) -> HttpResponse | None:
        state, label, _question, says = DECISIONS[name]
        if self.is_confirmed(request):
            return self._decide(request, comments, state)
        moving = [one for one in comments if one.state in MOVES[state]]
        return self.ask_about(
            request,
            action=f"{name}_selected",
            button=str(label).removesuffix("…"),
            changing=[(one.name, one.text) for one in moving],
            staying=len(comments) - len(moving),
            says=[says],
        )

    def _decide(self, request: HttpRequest, comments: Any, state: str) -> None:
        count = decide_comments(comments, by=request.user, state=state)
        said = ngettext("%(count)d comment: %(state)s.", "%(count)d comments: %(state)s.", count)
        said %= {"count": count, "state": _State(state).label}
        self.message_user(request, said, messages.SUCCESS if count else messages.WARNING)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.decide_view)
        own = [
            path(f"<int:pk>/{name}/", view, {"name": name}, name=f"towns_readercomment_{name}")
            for name in DECISIONS
        ]
        return [*own, *super().get_urls()]

    def decide_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        comment = get_object_or_404(ReaderComment.objects.select_related("article"), pk=pk)
        if not self.has_approve_permission(request):
            raise PermissionDenied
        state, label, question, says = DECISIONS[name]
        back = reverse("admin:towns_readercomment_change", args=[pk])
        if request.method == "POST":
            self._decide(request, [comment], state)
            return HttpResponseRedirect(back)
        return self.admin_site.ask(
            request,
            title=question,
            says=[f"{comment.name}: {comment.text}", says],
            button=str(label).removesuffix("…"),
            back=back,
            opts=self.opts,
        )

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        comment = context["original"]
        context["acts"] = [
            (reverse(f"admin:towns_readercomment_{name}", args=[comment.pk]), label, False)
            for name, (state, label, *_words) in DECISIONS.items()
            if self.has_approve_permission(request) and comment.state in MOVES[state]
        ]
        return super().render_change_form(request, context, *args, **kwargs)

    # Removing ------------------------------------------------------------------------------

    def delete_model(self, request: HttpRequest, obj: ReaderComment) -> None:
        remove_comments([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        remove_comments(queryset)
