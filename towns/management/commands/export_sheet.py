from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from towns.imports.sheet.exporting import export
from towns.imports.sheet.kinds import KINDS
from towns.sheets.writing import CSV, XLSX


class Command(BaseCommand):
    help = "Write all records of a kind to a sheet that import_sheet reads again (.xlsx or .csv)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, kind: str, file: Path, **options: Any) -> None:
        form = CSV if file.suffix.lower() == ".csv" else XLSX
        file.write_bytes(export(KINDS[kind], form=form))
        self.stdout.write(str(file))
