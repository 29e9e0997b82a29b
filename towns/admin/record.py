"""What every screen of a record shares: finding, choosing, checking, proposing, the bin."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db import IntegrityError
from django.db.models import Model, URLField
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.text import capfirst

from towns.admin.bin import BinsInsteadOfDeleting
from towns.admin.choices import ChoosesRecords
from towns.admin.conflict import TellsConflicts
from towns.admin.finding import FindsByName
from towns.admin.history import ShowsHistory
from towns.admin.list_conflict import ListsTellConflicts
from towns.admin.proposing import ChecksConstraints, ProposesChanges, RecordForm
from towns.publishing.announcing import is_seen_by_public

# An address that is typed without its scheme.
HTTPS = {URLField: {"assume_scheme": "https"}}


class RecordTabularInline(ChoosesRecords, admin.TabularInline):
    form = ChecksConstraints
    extra = 0


class RecordStackedInline(ChoosesRecords, admin.StackedInline):
    form = ChecksConstraints
    extra = 0


class RecordAdmin(
    FindsByName,
    ChoosesRecords,
    ShowsHistory,
    BinsInsteadOfDeleting,
    ProposesChanges,
    TellsConflicts,
    ListsTellConflicts,
    admin.ModelAdmin,
):
    """A save of what the public sees becomes a proposal; anything else is kept as a version."""

    form = RecordForm
    formfield_overrides = HTTPS
    list_per_page = 50
    # What an address or a partner's copy hangs on: it no longer changes once it is public.
    kept_once_public: ClassVar[tuple[str, ...]] = ()

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Checks again where another save came in between: then the form says what is wrong."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple:
        fields = tuple(super().get_readonly_fields(request, obj))
        if obj and self.kept_once_public and is_seen_by_public(obj):
            fields += self.kept_once_public
        return fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def view_on_site(self, obj: Model) -> str | None:
        """The link to the public page, where there is one."""
        if not hasattr(obj, "get_absolute_url") or not is_seen_by_public(obj):
            return None
        return obj.get_absolute_url()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """What another record names in a list is as protected as what it names in a field."""
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, perms_needed, [*protected, *_named_by(objs)]


def _named_by(objs: Iterable[Model]) -> Iterable[str]:
    for obj in objs:
        for relation in obj._meta.related_objects:
            if relation.many_to_many:
                for record in getattr(obj, relation.get_accessor_name()).all():
                    yield format_html("{}: {}", capfirst(record._meta.verbose_name), _of(record))


def _of(record: Model) -> Model:
    """A block is known by its article."""
    return getattr(record, "parent", record)
