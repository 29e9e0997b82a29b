"""How a record is named where it is chosen: there are four 大沙镇."""

from collections.abc import Callable
from functools import singledispatch
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest

from towns.accounts.roles import role_name
from towns.language.bilingual import ZH, current_language
from towns.language.numbers import grouped, period, scaled
from towns.models import (
    Party,
    Photo,
    Project,
    RankingEdition,
    Region,
    Source,
    Statistic,
    Town,
)

# Rows of the code table that stand between a province and its counties, and name no place.
_NO_PLACES = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@singledispatch
def choice_label(record: Model) -> str:
    return str(record)


@choice_label.register
def _group(group: Group) -> str:
    return role_name(group)


@choice_label.register
def _town(town: Town) -> str:
    """金利镇 · 高要区 · 肇庆市 (441204115)"""
    return f"{town} · {_with_above(town.county)} ({town.code})"


@choice_label.register
def _region(region: Region) -> str:
    return f"{_with_above(region)} ({region.code})"


@choice_label.register
def _party(party: Party) -> str:
    return f"{party} ({party.get_kind_display()})"


@choice_label.register
def _source(source: Source) -> str:
    return f"{source} ({source.issued_on})" if source.issued_on else str(source)


@choice_label.register
def _photo(photo: Photo) -> str:
    return " · ".join([str(photo), *(str(credit) for credit in photo.credits.all())])


@choice_label.register
def _project(project: Project) -> str:
    towns = ", ".join(str(town) for town in project.towns.all())
    return f"{project} · {towns}" if towns else str(project)


@choice_label.register
def _statistic(statistic: Statistic) -> str:
    when = period(statistic.period_start, statistic.period_end, current_language())
    subject = statistic.town or statistic.region
    parts = (str(subject), statistic.indicator, figure(statistic), when)
    return " · ".join(part for part in parts if part)


def figure(statistic: Statistic) -> str:
    """The value as it is read: over 164.38 亿 yuan."""
    language = current_language()
    if statistic.unit == Statistic.Unit.YUAN:
        number, step = scaled(statistic.value, language)
    else:
        number, step = grouped(statistic.value), ""
    unit = statistic.get_unit_display()
    qualifier = (
        ""
        if statistic.qualifier == Statistic.Qualifier.EXACT
        else statistic.get_qualifier_display()
    )
    joiner = "" if language == ZH else " "
    return joiner.join(part for part in (qualifier, number, step, unit) if part)


def place_above(region: Region) -> Region | None:
    """The prefecture of a county, or the province where only the code table stands between."""
    above = region.parent
    return above.parent if above and above.name_zh in _NO_PLACES else above


def _with_above(region: Region) -> str:
    above = place_above(region)
    return f"{region} · {above}" if above else str(region)


_FETCHED: dict[type[Model], Callable[[QuerySet], QuerySet]] = {
    Photo: lambda photos: photos.prefetch_related("credits__party"),
    Project: lambda projects: projects.prefetch_related("towns"),
    RankingEdition: lambda editions: editions.select_related("ranking"),
    Region: lambda regions: regions.select_related("parent__parent"),
    Source: lambda sources: sources.select_related("publisher"),
    Statistic: lambda statistics: statistics.select_related("town", "region"),
    Town: lambda towns: towns.select_related("county__parent__parent"),
}


def fetched(records: QuerySet) -> QuerySet:
    """The records with what their labels need."""
    return _FETCHED.get(records.model, lambda rest: rest)(records)


class RecordChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        return choice_label(obj)


class RecordChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        return choice_label(obj)


class ChoosesRecords:
    """For a ModelAdmin or an inline: what is chosen stands there under its full label."""

    def formfield_for_foreignkey(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field:
        records = fetched(db_field.remote_field.model._default_manager.all())
        kwargs = {"form_class": RecordChoice, "queryset": records, **kwargs}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field:
        records = fetched(db_field.remote_field.model._default_manager.all())
        kwargs = {"form_class": RecordChoices, "queryset": records, **kwargs}
        return super().formfield_for_manytomany(db_field, request, **kwargs)
