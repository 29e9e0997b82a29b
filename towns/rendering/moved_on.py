"""The lines outside the frozen text: a record that an article quotes has another value by now."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from towns.documents.article import quoted
from towns.documents.kinds import KINDS
from towns.language.bilingual import Spoken, speak
from towns.models import MovedOn

Content = dict[str, Any]


@dataclass(frozen=True)
class MovedOnLine:
    """What the record is called, where it stands, and each value as it was and as it is."""

    name: Spoken
    url: str
    is_correction: bool
    since: dt.datetime
    changes: list[tuple[str, str, str]]


def with_moved_on(content: Content, rows: Iterable[MovedOn], language: str) -> Content:
    """The content with a `moved_on` list in each block that quotes one of the records."""
    lines: dict[int, list[MovedOnLine]] = {}
    for row in rows:
        if found := quoted(content, row.kind, row.permanent_id):
            block, item = found
            lines.setdefault(id(block), []).append(read_moved_on(row, block, item, language))
    blocks = [
        {**block, "moved_on": lines[id(block)]} if id(block) in lines else block
        for block in content["blocks"]
    ]
    return {**content, "blocks": blocks}


def read_moved_on(row: MovedOn, block: Content, item: Content, language: str) -> MovedOnLine:
    model = next(kind.model for kind in KINDS if kind.name == row.kind)
    return MovedOnLine(
        name=speak(_names(row.kind, item), language),
        url=_url(row.kind, block, item),
        is_correction=row.is_correction,
        since=row.since,
        changes=[
            (
                _label(model, key),
                _value(model, key, old, language),
                _value(model, key, new, language),
            )
            for key, (old, new) in row.said.items()
        ],
    )


def _names(kind: str, item: Content) -> dict[str, str]:
    match kind:
        case "ranking-entry":
            return item["town"]["name"]
        case "statistic":
            return item["indicator"]
    return item["name"]


def _url(kind: str, block: Content, item: Content) -> str:
    match kind:
        case "ranking-entry":
            edition = block["edition"]
            return reverse("ranking-edition", args=[edition["ranking"], edition["year"]])
        case "project":
            return reverse("project-detail", args=[item["slug"]])
    return reverse("town-detail", args=[item["town"]]) if item["town"] else ""


def _field(model: type[Model], key: str) -> Any:
    """The column behind a key of the record's Document; of two languages, the Chinese one."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return fields.get(key) or fields.get(f"{key}_zh")


def _label(model: type[Model], key: str) -> str:
    field = _field(model, key)
    return str(field.verbose_name) if field else key


def _value(model: type[Model], key: str, value: Any, language: str) -> str:
    if isinstance(value, dict):
        return speak(value, language).text
    field = _field(model, key)
    choices = dict(field.flatchoices) if field and field.choices else {}
    return "–" if value in (None, "") else str(choices.get(value, value))
