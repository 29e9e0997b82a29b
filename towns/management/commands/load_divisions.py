from typing import Any

from django.core.management.base import BaseCommand

from towns.keeping.divisions import load_divisions
from towns.management.progress import bar


class Command(BaseCommand):
    help = "Load the provinces, prefectures, counties and towns of China. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = load_divisions(progress=bar(self.stderr))
        self.stdout.write(
            f"Divisions: {outcome.created} created, {outcome.updated} updated, "
            f"{outcome.unchanged} unchanged."
        )
