from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Prefetch, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from towns.documents.photo import describe_photo, prepare_photos
from towns.documents.statistic import prepare_statistics
from towns.filters.project import ORDERS, ProjectFilter
from towns.models import Photo, Project, Publication, Statistic, Town
from towns.rendering.timeline import Timeline, timeline
from towns.views.paging import cuts_filters, kept_query, page_of
from towns.views.project_sheet import project_sheet
from towns.views.sheet import asked_format, sheet_response

PROJECTS_ON_A_PAGE = 20
TOWNS_TO_CHOOSE = 40
ARTICLES_SHOWN = 12
ON_THE_TIMELINE = 24


@cuts_filters
def project_list(request: HttpRequest) -> HttpResponse:
    public = Project.objects.public()
    asked = ProjectFilter(request.GET, queryset=public.order_by(*ORDERS["status"]))
    towns = Prefetch("towns", Town.objects.select_related("county").order_by("code"))
    rows = asked.qs.prefetch_related(towns)
    if form := asked_format(request):
        listed = rows.select_related("source__publisher")
        return sheet_response(form, "projects", lambda: project_sheet(listed))
    page = page_of(request, rows, size=PROJECTS_ON_A_PAGE)
    orderless = [name for name in asked.base_filters if name != "ordering"]
    context = {
        "form": asked.form,
        "query": kept_query(request, asked.base_filters),
        "query_without_order": kept_query(request, orderless),
        "ordering": asked.form.cleaned_data.get("ordering") or "status",
        "page": page,
        "sums": _sums(asked.qs),
        "timeline": _timeline(asked.qs),
        "choices": _choices(asked.form.cleaned_data, public),
    }
    return render(request, "towns/project_list.html", context)


def _timeline(projects: QuerySet[Project]) -> Timeline | None:
    """Of those found that have a date, the soonest first."""
    dated = projects.filter(Q(expected_on__isnull=False) | Q(milestones__on__isnull=False))
    keys = dated.order_by().values("pk")
    shown = Project.objects.filter(pk__in=keys).order_by(*ORDERS["expected"])
    return timeline(shown.prefetch_related("milestones")[:ON_THE_TIMELINE])


@dataclass(frozen=True)
class StatusBar:
    """A group of statuses, in the order in which a project goes through them."""

    label: str
    mark: str
    count: int
    left: str
    width: str


@dataclass(frozen=True)
class Sums:
    """What the projects found add up to, and for how many of them it is not known."""

    count: int
    amount: Decimal | None
    with_amount: int
    with_date: int
    moving: int
    begun: int
    bars: list[StatusBar]

    @property
    def without_amount(self) -> int:
        return self.count - self.with_amount

    @property
    def without_date(self) -> int:
        return self.count - self.with_date


def _sums(projects: QuerySet[Project]) -> Sums:
    groups = list(
        projects.order_by()
        .values("status")
        .annotate(
            count=Count("pk"),
            total=Sum("amount"),
            with_amount=Count("amount"),
            with_date=Count("expected_on"),
        )
    )
    counts = Counter({group["status"]: group["count"] for group in groups})
    amounts = [group["total"] for group in groups if group["total"] is not None]
    return Sums(
        count=counts.total(),
        amount=sum(amounts) if amounts else None,
        with_amount=sum(group["with_amount"] for group in groups),
        with_date=sum(group["with_date"] for group in groups),
        moving=counts[Project.Status.UNDER_CONSTRUCTION],
        begun=counts[Project.Status.BEGUN],
        bars=_bars(counts),
    )


def _bars(counts: Counter) -> list[StatusBar]:
    status = Project.Status
    parts = (
        (_("planned"), "rest", (status.PLANNED,)),
        (_("in preparation"), "rest", (status.FUND_RAISING, status.DONATION, status.LAUNCHED)),
        (_("construction begun"), "moving", (status.BEGUN,)),
        (_("under construction"), "moving", (status.UNDER_CONSTRUCTION,)),
        (_("done"), "done", Project.DONE),
        (_("stopped"), "rest", (status.STOPPED,)),
    )
    bars, before, total = [], 0, max(counts.total(), 1)
    for label, mark, within in parts:
        if count := sum(counts[status] for status in within):
            left, width = f"{100 * before / total:.2f}%", f"{100 * count / total:.2f}%"
            bars.append(StatusBar(label, mark, count, left, width))
            before += count
    return bars


@dataclass(frozen=True)
class Choice:
    value: str
    record: object
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """What there is to choose from, with how many public projects each has."""

    towns: list[Choice]
    statuses: list[Choice]
    has_amounts: bool
    status_on: object


def _choices(chosen: dict, public: QuerySet[Project]) -> Choices:
    groups = public.order_by().values_list("status")
    groups = groups.annotate(Count("pk"), Count("amount"), Max("status_on"))
    counts = {status: count for status, count, *_rest in groups}
    towns = Town.objects.filter(projects__in=public).annotate(count=Count("projects"))
    towns = towns.order_by("-count", "code")[:TOWNS_TO_CHOOSE]
    chosen_towns, chosen_statuses = chosen.get("town") or (), chosen.get("status") or ()
    return Choices(
        towns=[Choice(town.code, town, town.count, town.code in chosen_towns) for town in towns],
        statuses=[
            Choice(status.value, status.label, counts[status], status.value in chosen_statuses)
            for status in Project.Status
            if status in counts
        ],
        has_amounts=any(with_amount for _status, _count, with_amount, _on in groups),
        status_on=max((on for *_rest, on in groups if on), default=None),
    )


def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    projects = Project.objects.public().select_related("source__publisher")
    towns = Prefetch("towns", Town.objects.with_place().order_by("code"))
    projects = projects.prefetch_related(towns, "milestones__source__publisher")
    project = projects.filter(slug=slug).first()
    if project is None:
        raise Http404(_("There is no project at this address."))
    publications = Publication.objects.public().filter(projects=project).newest_first()
    photos = prepare_photos(Photo.objects.public().filter(projects=project))
    context = {
        "project": project,
        "milestones": sorted(project.milestones.all(), key=_by_date),
        "statistics": prepare_statistics(Statistic.objects.public().filter(project=project)),
        "publications": publications.select_related("publisher", "lead_photo")[:ARTICLES_SHOWN],
        "photos": [describe_photo(photo) for photo in photos],
    }
    return render(request, "towns/project_detail.html", context)


def _by_date(milestone: object) -> tuple:
    """Those without a date last."""
    return (milestone.on is None, milestone.on and milestone.on.isoformat() or "", milestone.pk)
