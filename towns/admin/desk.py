"""The home of the admin: what waits for whoever signed in, and where their own texts are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from towns.admin.strip import Seal, seals_of
from towns.keeping.inspection import Finding, inspect_site
from towns.models import (
    Article,
    Photo,
    Publication,
    ReaderComment,
    ReaderLetter,
    SiteVersion,
    TrailEntry,
    User,
    Version,
)
from towns.publishing.road import Road, road_of
from towns.publishing.waiting import (
    Task,
    Verb,
    articles_in_review,
    last_act,
    mine,
    tasks_for,
    unreviewed,
)

READERS_SHOWN = 5
WORDS = {
    Verb.SIGN: (_("To sign"), _("Read and sign")),
    Verb.SIGN_AFTERWARDS: (_("To review afterwards"), _("Review afterwards")),
    Verb.PUBLISH: (_("Signed by all"), _("Publish…")),
    Verb.CONFIRM_URGENT: (_("Urgent: to confirm"), _("Read and confirm")),
    Verb.REWORK: (_("Sent back"), _("Put right")),
    Verb.MISSED: (_("Did not go out"), _("Have a look")),
    Verb.DECIDE: (_("Change proposed"), _("Decide")),
    Verb.CORRECT: (_("A quoted record changed"), _("Correct…")),
}
_PAGES = {
    Verb.SIGN: "review",
    Verb.PUBLISH: "publish",
    Verb.CONFIRM_URGENT: "review",
    Verb.REWORK: "change",
    Verb.MISSED: "review",
    Verb.CORRECT: "correct",
}


@dataclass(frozen=True)
class DeskTask:
    """A task as it is shown: what it is, about what, and the one button."""

    task: Task
    label: Any
    button: Any
    url: str
    seals: list[Seal]
    is_overdue: bool

    @property
    def is_red(self) -> bool:
        return self.is_overdue or self.task.verb in (Verb.REWORK, Verb.MISSED, Verb.CONFIRM_URGENT)


@dataclass(frozen=True)
class FromReaders:
    """What readers wrote and nobody has dealt with yet: how much there is, and the oldest."""

    name: str
    label: Any
    all_label: Any
    count: int
    oldest: list[ReaderLetter | ReaderComment]
    url: str

    @property
    def change_name(self) -> str:
        return f"admin:towns_{self.name}_change"


@dataclass(frozen=True)
class InWork:
    article: Article
    road: Road
    seals: list[Seal]
    act: TrailEntry | None


def desk_of(user: User) -> dict[str, Any]:
    in_review = list(articles_in_review())
    return {
        "tasks": [_shown(task) for task in tasks_for(user)],
        "in_work": _in_work(user),
        "scheduled": _scheduled(in_review),
        "unreviewed": unreviewed(),
        "health": [(finding, _list_of(finding)) for finding in inspect_site()],
        "recent": TrailEntry.objects.filter(by=user).order_by("-number")[:6],
        "site_version": SiteVersion.current(),
        "published_today": _published_today(),
        "from_readers": list(_from_readers(user)),
        "small_files": Photo.objects.avif_progress(),
    }


def _shown(task: Task) -> DeskTask:
    label, button = WORDS[task.verb]
    return DeskTask(
        task=task,
        label=label,
        button=button,
        url=_url(task),
        seals=_seals(task),
        is_overdue=bool(task.due_at and task.due_at < timezone.now()),
    )


def _seals(task: Task) -> list[Seal]:
    """A text that was sent back shows where."""
    if task.verb is Verb.REWORK:
        return seals_of(road_of(task.record), last=task.said)
    is_out = task.verb is Verb.SIGN_AFTERWARDS
    return seals_of(task.road, is_out=is_out) if task.road else []


def _url(task: Task) -> str:
    if task.verb is Verb.DECIDE:
        return reverse("admin:towns_proposal_change", args=[task.record.pk])
    if task.verb is Verb.SIGN_AFTERWARDS:
        args = [task.record.article_id, task.record.number]
        return reverse("admin:towns_article_afterwards", args=args)
    return reverse(f"admin:towns_article_{_PAGES[task.verb]}", args=[task.record.pk])


def _in_work(user: User) -> list[InWork]:
    """This person's articles that are not as the public reads them, the latest first."""
    articles = mine(user).select_related("submission", "column", "publisher", "created_by")
    rows = []
    for article in articles.order_by("-changed_at")[:30]:
        if article.is_in_review or not _is_as_published(article):
            road, act = road_of(article), last_act(article)
            rows.append(InWork(article, road, seals_of(road, last=act), act))
    return rows[:10]


def _is_as_published(article: Article) -> bool:
    version = Version.objects.about(article).first()
    return version is not None and version.act == Version.Act.PUBLISHED


def _scheduled(articles: list[Article]) -> list[tuple[Article, Road]]:
    waiting = [article for article in articles if article.publish_at]
    waiting.sort(key=lambda article: article.publish_at)
    return [(article, road_of(article)) for article in waiting]


def _list_of(finding: Finding) -> str:
    url = reverse(f"admin:towns_{finding.check.model}_changelist")
    return f"{url}?{finding.check.list_query}" if finding.check.list_query else url


def _from_readers(user: User) -> Iterable[FromReaders]:
    for model, label, all_label, states in (
        (ReaderLetter, _("Reader letters"), _("All of these letters"), "state__in=new,looked_at"),
        (ReaderComment, _("Comments to read"), _("All of these comments"), "state__exact=waiting"),
    ):
        name = model._meta.model_name
        if not user.has_perm(f"towns.view_{name}"):
            continue
        waiting = model.objects.waiting()
        if count := waiting.count():
            url = f"{reverse(f'admin:towns_{name}_changelist')}?{states}"
            yield FromReaders(name, label, all_label, count, list(waiting[:READERS_SHOWN]), url)


def _published_today() -> int:
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Publication.objects.filter(published_at__gte=day).count()
