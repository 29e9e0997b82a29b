from typing import TypedDict

from django.db.models import QuerySet

from towns.documents.shapes import Bilingual
from towns.language.bilingual import both
from towns.models import Statistic


class StatisticContent(TypedDict):
    id: str
    town: str | None
    region: str | None
    project: str | None
    about: Bilingual
    indicator: Bilingual
    value: str
    unit: str
    qualifier: str
    basis: str
    scope: Bilingual
    period_start: str | None
    period_end: str | None
    source: str


def prepare_statistics(statistics: QuerySet[Statistic]) -> QuerySet[Statistic]:
    return statistics.select_related("town__county", "region", "project", "source__publisher")


def describe_statistic(statistic: Statistic) -> StatisticContent:
    return {
        "id": str(statistic.uid),
        "town": statistic.town.code if statistic.town else None,
        "region": statistic.region.code if statistic.region else None,
        "project": statistic.project.slug if statistic.project else None,
        "about": both(statistic.about_zh, statistic.about_en),
        "indicator": statistic.indicators,
        "value": statistic.value,
        "unit": statistic.unit,
        "qualifier": statistic.qualifier,
        "basis": statistic.basis,
        "scope": both(statistic.scope_zh, statistic.scope_en),
        "period_start": statistic.period_start,
        "period_end": statistic.period_end,
        "source": str(statistic.source.uid),
    }
