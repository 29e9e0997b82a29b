"""The search box of every list, and the filters that several lists share."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from towns.models import Region, matching_names


class FindsByName:
    """Finds 金利, jinli and Jinli. Where "高要 jinli" is nothing's name, each word must fit.

    `names_of` are the paths to what has such names; "" is the record itself.
    """

    names_of: ClassVar[tuple[str, ...]] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        found = queryset.filter(self._says(term))
        words = term.split()
        if len(words) > 1 and not found.exists():
            found = queryset
            for word in words:
                found = found.filter(self._says(word))
        return found, False

    def _says(self, text: str) -> Q:
        found = Q()
        for field in self.search_fields:
            found |= Q(**{f"{field}__icontains": text})
        for path in self.names_of:
            found |= self._named(path, text)
        return found

    def _named(self, path: str, text: str) -> Q:
        if not path:
            return matching_names(text)
        matching = _model_at(self.model, path).objects.filter(matching_names(text))
        named = Q(**{f"{path}__in": matching})
        # In a query of its own, so that a record with two such towns is found once.
        return Q(pk__in=self.model.objects.filter(named).values("pk"))


def _model_at(model: type[Model], path: str) -> type[Model]:
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


class PublicFilter(admin.SimpleListFilter):
    """By whether the public sees it, as `public()` has it."""

    title = _("publication")
    parameter_name = "public"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", _("public")), ("no", _("not public"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        public = queryset.model.objects.public().values("pk")
        match self.value():
            case "yes":
                return queryset.filter(pk__in=public)
            case "no":
                return queryset.exclude(pk__in=public)
        return queryset


class MissingFilter(admin.SimpleListFilter):
    """What still has to be done; a list gives its own `missing`: name, label and condition."""

    title = _("missing")
    parameter_name = "missing"
    missing: ClassVar[tuple[tuple[str, Any, Q], ...]] = ()

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(name, label) for name, label, _condition in self.missing]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        for name, _label, condition in self.missing:
            if self.value() == name:
                return queryset.filter(condition)
        return queryset


class ProvinceFilter(admin.SimpleListFilter):
    title = _("province")
    parameter_name = "province"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        provinces = Region.objects.filter(level=Region.Level.PROVINCE)
        return [(province.code, str(province)) for province in provinces]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(code__startswith=self.value()) if self.value() else queryset
