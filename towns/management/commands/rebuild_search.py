from typing import Any

from django.core.management.base import BaseCommand

from towns import search


class Command(BaseCommand):
    help = "Index everything public anew. Safe at any time; readers go on searching meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        count = search.rebuild(self._show if self.stderr.isatty() else lambda _done, _total: None)
        self.stdout.write(f"{count:,} records can be found.")

    def _show(self, done: int, total: int) -> None:
        filled = 30 * done // total
        bar = "█" * filled + "·" * (30 - filled)
        self.stderr.write(f"\r{bar} {done:,}/{total:,}", ending="\n" if done == total else "")
