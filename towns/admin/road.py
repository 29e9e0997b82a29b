"""What can be done to an article on its road: each act says what will happen and asks once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from towns.admin.acts import (
    CorrectForm,
    LanguagesForm,
    NoticeForm,
    PublishForm,
    ReasonForm,
    SubmitForm,
    TimeForm,
    UrgentForm,
    correction_says,
    publish_says,
    submit_says,
)
from towns.models import Article
from towns.publishing.article import publish_article, withdraw_article
from towns.publishing.correction import correct
from towns.publishing.due import schedule, unschedule
from towns.publishing.refusal import RefusedError
from towns.publishing.review import submit, take_back
from towns.publishing.road import (
    corrects,
    current_of,
    is_same_text,
    may_publish,
    road_of,
    text_of,
    written_languages,
)
from towns.publishing.urgent import ask_urgent, drop_urgent

Check = Callable[[HttpRequest, Article], bool]


@dataclass(frozen=True)
class Act:
    """`name` ends its address, `may` says who may ask for it, `do` does it or refuses.

    `is_offered` leaves out what would only lead to a refusal.
    """

    name: str
    label: Any
    question: Any
    button: Any
    done: Any
    form: type[forms.Form]
    may: Check
    do: Callable[..., Any]
    says: Callable[[Article], Sequence[Any]] = lambda article: ()
    is_grave: bool = False
    is_offered: Callable[[Article], bool] = lambda article: True


def _adds(article: Article) -> bool:
    """A first publication, or a language more: what is public already stays as it is."""
    current = current_of(article)
    if current is None:
        return True
    text = text_of(article, written_languages(article))
    return not corrects(text, current) and not is_same_text(text.content, current.document.content)


def _writes(request: HttpRequest, article: Article) -> bool:
    return request.user.has_perm("towns.change_article") and not article.is_in_review


def _wrote(request: HttpRequest, article: Article) -> bool:
    return request.user.has_perm("towns.change_article") and article.is_in_review


def _publishes(request: HttpRequest, article: Article) -> bool:
    return article.is_in_review and may_publish(road_of(article), request.user)


def _is_ready(request: HttpRequest, article: Article) -> bool:
    road = road_of(article) if article.is_in_review else None
    return road is not None and road.is_signed and may_publish(road, request.user)


def _withdraws(request: HttpRequest, article: Article) -> bool:
    return request.user.has_perm("towns.withdraw_article") and current_of(article) is not None


def _asks_urgent(request: HttpRequest, article: Article) -> bool:
    return request.user.has_perm("towns.ask_urgent") and not article.urgent_request_id


def _drops(request: HttpRequest, article: Article) -> bool:
    may = request.user.has_perm("towns.ask_urgent") or request.user.has_perm("towns.confirm_urgent")
    return article.urgent_request_id is not None and may


def _corrects(request: HttpRequest, article: Article) -> bool:
    return _writes(request, article) and current_of(article) is not None


def _when(article: Article) -> str:
    return date_format(localtime(article.publish_at), "DATETIME_FORMAT")


ACTS = (
    Act(
        "submit",
        pgettext_lazy("review", "Submit…"),
        _("Submit for review?"),
        pgettext_lazy("review", "Submit"),
        _("Submitted. The first stage has been told."),
        SubmitForm,
        _writes,
        submit,
        submit_says,
        is_offered=_adds,
    ),
    Act(
        "take-back",
        _("Take the submission back…"),
        _("Take the submission back?"),
        _("Take it back"),
        _("Taken back: you can write in it again."),
        ReasonForm,
        _wrote,
        take_back,
        lambda article: [
            gettext("Nobody signs it until it is submitted again."),
            gettext("What was signed holds on, as long as not one character changes."),
        ],
    ),
    Act(
        "correct",
        _("Correct…"),
        _("Correct what the public reads?"),
        pgettext_lazy("review", "Submit the correction"),
        _("Submitted. The first stage has been told."),
        CorrectForm,
        _corrects,
        correct,
        correction_says,
        is_offered=lambda article: not _adds(article),
    ),
    Act(
        "publish",
        _("Publish…"),
        _("Publish?"),
        _("Publish"),
        _("Published."),
        PublishForm,
        _is_ready,
        publish_article,
        publish_says,
    ),
    Act(
        "schedule",
        _("Publish at a set time…"),
        _("Publish at a set time?"),
        _("Set the time"),
        _("The time is set."),
        TimeForm,
        _publishes,
        schedule,
        lambda article: [
            gettext("If a signature is missing by then, or the text changed, it does not go out."),
            gettext("You and the writers are told, and the desk says why."),
        ],
    ),
    Act(
        "unschedule",
        _("Cancel the set time…"),
        _("Cancel the set time?"),
        _("Cancel the set time"),
        _("No time is set any more."),
        forms.Form,
        lambda request, article: bool(article.publish_at) and _publishes(request, article),
        unschedule,
        lambda article: [gettext("It was to go out at %s.") % _when(article)],
    ),
    Act(
        "withdraw",
        _("Withdraw…"),
        _("Withdraw from the public?"),
        _("Withdraw"),
        _("Withdrawn. A notice stands in its place."),
        NoticeForm,
        _withdraws,
        withdraw_article,
        lambda article: [
            gettext("The page shows only your notice and its date, in both languages."),
            gettext("Its pictures close, and partners are told to remove their copy."),
            gettext("It comes back only by being reviewed and published again."),
        ],
        is_grave=True,
    ),
    Act(
        "urgent",
        _("Urgent…"),
        _("Ask for urgent publication?"),
        _("Ask for urgent publication"),
        _("Asked. A second person confirms it."),
        UrgentForm,
        _asks_urgent,
        ask_urgent,
        lambda article: [
            gettext("It goes out without its reviews as soon as a second person confirms it."),
            gettext("It stays red on everybody's desk until it has been reviewed afterwards."),
        ],
        is_grave=True,
    ),
    Act(
        "drop-urgent",
        _("Drop the urgent request…"),
        _("Go back to the ordinary road?"),
        _("Drop the urgent request"),
        _("It goes the ordinary road again."),
        ReasonForm,
        _drops,
        drop_urgent,
    ),
)


class HasRoad:
    """For the admin of articles: a page for each act."""

    def offered(self, request: HttpRequest, article: Article) -> list[tuple[str, Any, bool]]:
        """Address, label and gravity of what this person may do now."""
        return [
            (self.road_url(article, act.name), act.label, act.is_grave)
            for act in ACTS
            if act.may(request, article) and act.is_offered(article)
        ]

    def road_url(self, article: Article, name: str) -> str:
        return reverse(f"admin:towns_article_{name}", args=[article.pk])

    def get_urls(self) -> list:
        views = [(act.name, self._view(act)) for act in ACTS]
        return [
            *(
                path(
                    f"<path:object_id>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"towns_article_{name}",
                )
                for name, view in views
            ),
            *super().get_urls(),
        ]

    def _view(self, act: Act) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            return self._act(request, object_id, act)

        return view

    def article_or_404(self, request: HttpRequest, object_id: str) -> Article:
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def _act(self, request: HttpRequest, object_id: str, act: Act) -> HttpResponse:
        article = self.article_or_404(request, object_id)
        back = reverse("admin:towns_article_change", args=[article.pk])
        if not act.may(request, article):
            return self._not_now(request, article, act)
        form = act.form(request.POST if request.method == "POST" else None, **_about(act, article))
        refusal = None
        if request.method == "POST" and form.is_valid():
            try:
                act.do(article, by=request.user, **form.cleaned_data)
            except RefusedError as error:
                refusal = error
            else:
                self.message_user(request, act.done, messages.SUCCESS)
                return HttpResponseRedirect(back)
        return self.admin_site.ask(
            request,
            title=act.question,
            button=act.button,
            back=back,
            says=act.says(article),
            form=form,
            refusal=refusal,
            is_grave=act.is_grave,
            opts=self.opts,
            about=article,
        )

    def _not_now(self, request: HttpRequest, article: Article, act: Act) -> HttpResponse:
        """Said in words where somebody else was faster; refused where the right is missing."""
        if request.method == "POST" or not request.user.has_perm("towns.view_article"):
            raise PermissionDenied
        self.message_user(request, _("That cannot be done with it now."), messages.WARNING)
        return HttpResponseRedirect(reverse("admin:towns_article_change", args=[article.pk]))


def _about(act: Act, article: Article) -> dict[str, Any]:
    return {"article": article} if issubclass(act.form, LanguagesForm) else {}
