from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from towns.images.inspection import UnusablePictureError
from towns.management.progress import bar
from towns.models import Photo


class Command(BaseCommand):
    help = "Make the sizes of pictures that are missing. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again",
            action="store_true",
            help="make all of them again, as after an update that changes what is in them",
        )

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        photos = Photo.objects.order_by("pk")
        show, total = bar(self.stderr), photos.count()
        made, broken = 0, []
        for done, photo in enumerate(photos.iterator(chunk_size=100), start=1):
            try:
                made += len(photo.make_sizes(again=again))
            except (UnusablePictureError, OSError) as error:
                broken.append(_fault(photo, error))
            # Pictures can arrive meanwhile.
            show(done, max(done, total))
        self.stdout.write(f"Pictures: {total:,} looked at, {made:,} sizes made.")
        if broken:
            many = f"Originals that could not be made smaller ({len(broken):,}):"
            raise CommandError("\n".join([many, *broken]))


def _fault(photo: Photo, error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else error
    return f"  {photo.image.name} ({photo}): {reason}"
