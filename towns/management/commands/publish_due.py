from typing import Any

from django.core.management.base import BaseCommand

from towns.publishing.due import publish_due


class Command(BaseCommand):
    help = "Publish what is due now. Safe to run at any time and by many at once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Published: {publish_due()}")
