"""A form saved on trial: looked at as it would be, and taken back before anybody could see it."""

import copy
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from towns.documents.cells import Cells, apply_cells

# What `look` is given: the record, the form and its formsets, saved.
Look = Callable[[Model, Any, Any], Any]


class TrialOverError(Exception):
    def __init__(self, seen: Any) -> None:
        super().__init__()
        self.seen = seen


class TriesForms:
    """For a ModelAdmin."""

    def attempt(
        self,
        request: HttpRequest,
        object_id: str | None,
        fields: QueryDict,
        look: Look,
        *,
        base: Cells | None = None,
    ) -> Any:
        """What `look` sees once these fields are saved; None where the form would refuse them.

        With `base` the record is first put back to what the form was made from.
        """
        request = _posting(request, fields)
        request.look = look
        try:
            with transaction.atomic():
                if base:
                    apply_cells(base)
                super().changeform_view(request, object_id)
                transaction.set_rollback(True)
        except TrialOverError as over:
            return over.seen
        except (IntegrityError, PermissionDenied, ValidationError):
            return None
        return None

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        super().save_related(request, form, formsets, change)
        if look := getattr(request, "look", None):
            record = type(form.instance)._base_manager.get(pk=form.instance.pk)
            raise TrialOverError(look(record, form, formsets))

    def shown_again(self, request: HttpRequest, object_id: str | None, fields: QueryDict) -> Any:
        """The form with these fields in it, as after an error: nothing is saved."""
        request = _posting(request, fields)
        request.is_shown_again = True
        return super().changeform_view(request, object_id)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type:
        form = super().get_form(request, *args, **kwargs)
        if getattr(request, "is_shown_again", False):
            return type(form)(form.__name__, (_NeverSaved, form), {})
        return form


class _NeverSaved:
    def is_valid(self) -> bool:
        self.errors  # noqa: B018 - shown beside their fields
        return False


def _posting(request: HttpRequest, fields: QueryDict) -> HttpRequest:
    posting = copy.copy(request)
    # Left out by Django when a request is copied.
    posting.resolver_match = request.resolver_match
    posting.method, posting.POST = "POST", fields
    posting._files = MultiValueDict()
    return posting
