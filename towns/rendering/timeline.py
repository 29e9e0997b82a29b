"""The dates of projects as places on one line of months or years.

A date is drawn as exactly as it is known: a day is a point, a month or a year a stretch. What is
only expected is marked as such. Projects without any date are left out and counted by the page.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from towns.models import DatePrecision, Milestone, Project

# As far as this many years, every month has its tick.
_YEARS_BY_MONTH = 2
_MOST_TICKS = 12


@dataclass(frozen=True)
class Event:
    """`is_vague` stretches from `left` over `width`; others stand at `x`."""

    project: Project
    milestone: Milestone | None
    on: dt.date
    precision: str
    is_expected: bool
    left: str
    width: str
    x: str

    @property
    def is_vague(self) -> bool:
        return self.precision == DatePrecision.YEAR


@dataclass(frozen=True)
class Tick:
    label: str
    x: str


@dataclass(frozen=True)
class Timeline:
    first_year: int
    last_year: int
    ticks: list[Tick]
    rows: list[tuple[Project, list[Event]]]

    @property
    def is_by_month(self) -> bool:
        return self.last_year - self.first_year < _YEARS_BY_MONTH


def timeline(projects: Iterable[Project]) -> Timeline | None:
    """None where nothing has a date. Milestones must have been fetched along."""
    dated = [(project, found) for project in projects if (found := list(_dates(project)))]
    if not dated:
        return None
    days = [on for _project, found in dated for _milestone, on, _precision, _expected in found]
    first, last = min(days).year, max(days).year
    axis = _Axis(dt.date(first, 1, 1), dt.date(last + 1, 1, 1))
    rows = [(project, [axis.event(project, *one) for one in found]) for project, found in dated]
    return Timeline(first, last, list(_ticks(axis, first, last)), rows)


def _dates(project: Project) -> Iterable[tuple[Milestone | None, dt.date, str, bool]]:
    """Each date once: the expected completion is often a milestone too."""
    told = set()
    for milestone in project.milestones.all():
        if milestone.on:
            told.add((milestone.on, milestone.is_expected))
            yield milestone, milestone.on, milestone.precision, milestone.is_expected
    if project.expected_on and (project.expected_on, True) not in told:
        yield None, project.expected_on, project.expected_precision, True


@dataclass(frozen=True)
class _Axis:
    start: dt.date
    end: dt.date

    def at(self, day: dt.date) -> float:
        return 100 * (day - self.start).days / (self.end - self.start).days

    def event(
        self,
        project: Project,
        milestone: Milestone | None,
        on: dt.date,
        precision: str,
        is_expected: bool,  # noqa: FBT001 - one of the parts of a date
    ) -> Event:
        begin, end = _stretch(on, precision)
        left, right = self.at(begin), self.at(end)
        return Event(
            project,
            milestone,
            on,
            precision,
            is_expected,
            _per_cent(left),
            _per_cent(right - left),
            _per_cent((left + right) / 2),
        )


def _stretch(on: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    if precision == DatePrecision.YEAR:
        return dt.date(on.year, 1, 1), dt.date(on.year + 1, 1, 1)
    if precision == DatePrecision.MONTH:
        days = calendar.monthrange(on.year, on.month)[1]
        return on.replace(day=1), on.replace(day=1) + dt.timedelta(days=days)
    return on, on


def _ticks(axis: _Axis, first: int, last: int) -> Iterable[Tick]:
    years = range(first, last + 1)
    if len(years) <= _YEARS_BY_MONTH:
        months = [dt.date(year, month, 1) for year in years for month in range(1, 13)]
        every = len(years)
        yield from _named(axis, months[::every], "{0.month}")
    else:
        every = -(-len(years) // _MOST_TICKS)
        yield from _named(axis, [dt.date(year, 1, 1) for year in years[::every]], "{0.year}")


def _named(axis: _Axis, days: Sequence[dt.date], form: str) -> Iterable[Tick]:
    return [Tick(form.format(day), _per_cent(axis.at(day))) for day in days]


def _per_cent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
