from typing import Any

from django.core.management.base import BaseCommand, CommandError

from towns.publishing.verification import verify_trail


class Command(BaseCommand):
    help = "Recompute every fingerprint and chain; exit with 1 and name the first that is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify_trail(self._show if self.stderr.isatty() else None)
        if found.fault:
            raise CommandError(found.fault)
        self.stdout.write(
            f"All fits: {found.entries} trail entries, {found.documents} documents, "
            f"{found.publications} publications."
        )

    def _show(self, done: int, total: int) -> None:
        self.stderr.write(f"\r{done:,}/{total:,}", ending="\n" if done == total else "")
