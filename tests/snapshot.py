"""Rows of this application, taken once and laid into later tests' databases."""

from dataclasses import dataclass
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

# Emptying every table makes these anew under other keys, and versions and groups point to them.
_MADE_ANEW = (Permission, ContentType)


def _models() -> list[Any]:
    """Those of the application, with the groups that its people and stages name."""
    own = apps.get_app_config("towns").get_models(include_auto_created=True)
    own = [model for model in own if not model._meta.proxy]
    return [ContentType, Permission, Group, Group.permissions.through, *own]


@dataclass(frozen=True)
class Snapshot:
    """Each table's column names and rows, as the database driver gave them."""

    tables: dict[str, tuple[list[str], list[tuple]]]

    @classmethod
    def take(cls) -> Self:
        tables = {}
        with connection.cursor() as cursor:
            for model in _models():
                table = model._meta.db_table
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                columns = [described[0] for described in cursor.description]
                tables[table] = (columns, cursor.fetchall())
        return cls(tables)

    def restore(self) -> None:
        """Add the rows to whatever is there; a row of the same key is replaced.

        In one transaction: a row may come before the one that it points to.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            for model in _MADE_ANEW:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            for table, (columns, rows) in self.tables.items():
                if rows:
                    _replace(cursor, table, columns, rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            with connection.cursor() as cursor:
                cursor.execute(statement)
        ContentType.objects.clear_cache()


# SQLite takes 32,766 values in a statement.
_VALUES_AT_ONCE = 30_000


def _replace(cursor: Any, table: str, columns: list[str], rows: list[tuple]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    places = f"({', '.join(['%s'] * len(columns))})"
    key = quote(columns[0])
    changes = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in columns)
    if connection.vendor == "postgresql" and _is_empty(cursor, table):
        with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    at_once = _VALUES_AT_ONCE // len(columns)
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        cursor.execute(
            f"INSERT INTO {quote(table)} ({names}) VALUES {', '.join([places] * len(some))}"  # noqa: S608
            f" ON CONFLICT ({key}) DO UPDATE SET {changes}",
            [value for row in some for value in row],
        )


def _is_empty(cursor: Any, table: str) -> bool:
    cursor.execute(f"SELECT NOT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")  # noqa: S608
    return cursor.fetchone()[0]
