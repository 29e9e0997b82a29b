from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet
from django.urls import reverse

from towns.admin.choices import choice_label, fetched
from towns.models import Photo


class RecordAutocomplete(AutocompleteJsonView):
    """Suggestions under their full labels, the likeliest first where a screen knows them.

    Those of pictures show them: `static/towns/photo-choice.js`.
    """

    def get_queryset(self) -> QuerySet:
        records = fetched(super().get_queryset())
        likeliest_first = getattr(self.model_admin, "likeliest_first", None)
        return likeliest_first(records, self.term) if likeliest_first else records

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result = {"id": str(getattr(obj, to_field_name)), "text": choice_label(obj)}
        if isinstance(obj, Photo):
            result["thumbnail"] = reverse("admin:towns_photo_thumbnail", args=[obj.pk])
        return result
