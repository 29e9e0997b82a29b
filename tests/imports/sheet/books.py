"""Spreadsheets as staff send them, made for one test each."""

from collections.abc import Sequence
from typing import Any

from towns.imports.sheet.kinds import KINDS
from towns.imports.sheet.uploads import CheckedUpload, check_upload, keep, receive
from towns.models import Upload, User
from towns.publishing.sheet import SheetActs
from towns.sheets.writing import Sheet, write

RANKS = ("名次", "镇", "县（市、区）", "地市", "省")
# An edition as the answers have it.
WHOLE = {"ranking": "top-1000", "year": "2025"}


def book(head: Sequence[str], *rows: Sequence[Any]) -> bytes:
    return write(Sheet("名单", head, rows), "xlsx")


def staff() -> User:
    return User.objects.get_or_create(username="a-writer", defaults={"is_staff": True})[0]


def upload(kind: str, data: bytes, name: str = "list.xlsx", **answers: str) -> Upload:
    said = {key.replace("__", ":"): value for key, value in answers.items()}
    return receive(KINDS[kind], name, data, by=staff(), answers=said)


def check(kind: str, data: bytes, **answers: str) -> CheckedUpload:
    return check_upload(upload(kind, data, **answers))


def keep_as(made: Upload, by: User | None = None, **options: Any) -> Upload:
    return keep(made, acts=SheetActs(by or staff(), "A sheet"), **options)


def outcomes(found: CheckedUpload) -> list[str]:
    return [str(row.outcome) for row in found.checked.rows]


def sentences(found: CheckedUpload) -> list[str]:
    return [f"{one.place}: {one.sentence}" for one in found.checked.all_faults()]
