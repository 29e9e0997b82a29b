"""A list of the API as a file: one row a record, the columns of its content, all pages at once."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, get_type_hints

from django.http import HttpResponse

from towns.api.resources import Resource
from towns.documents.canonical import plain
from towns.documents.shapes import Bilingual
from towns.language.bilingual import LANGUAGES
from towns.sheets.writing import CONTENT_TYPES, CSV, XLSX, Cell, Sheet, write

FILE_FORMATS = (CSV, XLSX)


def file_response(resource: Resource, records: Iterable[Any], form: str) -> HttpResponse:
    """What is bilingual has a column for each language: `name.zh-hans`, `name.en`."""
    columns = list(_columns(resource.content))
    contents = [plain(resource.kind.describe(record)) for record in records]
    rows = [[_cell(content, *column) for column in columns] for content in contents]
    head = [f"{key}.{language}" if language else key for key, language in columns]
    response = HttpResponse(
        write(Sheet(resource.path, head, rows), form), content_type=CONTENT_TYPES[form]
    )
    response["Content-Disposition"] = f'attachment; filename="{resource.path}.{form}"'
    return response


def _columns(content: type) -> Iterable[tuple[str, str]]:
    for key, shape in get_type_hints(content).items():
        if shape is Bilingual:
            yield from ((key, language) for language in LANGUAGES)
        else:
            yield key, ""


def _cell(content: Mapping[str, Any], key: str, language: str) -> Cell:
    """Lists of words are joined; what has parts of its own stays JSON."""
    value = content[key].get(language) if language else content[key]
    match value:
        case bool():
            return "true" if value else "false"
        case list() if all(isinstance(item, str) for item in value):
            return "; ".join(value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
    return value
