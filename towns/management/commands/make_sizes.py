from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from towns.images.inspection import UnusablePictureError
from towns.images.sizes import AVIF, JPEG, Format
from towns.management.picture_worker import keep
from towns.management.progress import bar
from towns.models import Photo
from towns.publishing.sizes import Notes


class Command(BaseCommand):
    help = "Make the sizes of pictures that are missing, the JPEGs first. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again",
            action="store_true",
            help="make all of them again, as after an update that changes what is in them",
        )
        parser.add_argument(
            "--follow",
            action="store_true",
            help="go on with what arrives, in the background, as serve and demo do by themselves",
        )

    def handle(self, *args: Any, again: bool, follow: bool, **options: Any) -> None:
        if follow:
            keep()
            return
        self.broken: dict[int, str] = {}
        looked_at = Photo.objects.count()
        made = self._make(JPEG, again=again) + self._make(AVIF, again=again)
        self.stdout.write(f"Pictures: {looked_at:,} looked at, {made:,} sizes made.")
        if self.broken:
            many = f"Originals that could not be made smaller ({len(self.broken):,}):"
            raise CommandError("\n".join([many, *self.broken.values()]))

    def _make(self, kind: Format, *, again: bool) -> int:
        notes, made = Notes(), 0
        for photo in self._shown(Photo.objects.order_by("pk")):
            paths = self._made(photo, kind, again=again)
            made += len(paths or ())
            if kind is AVIF and (paths is None or photo.avif != Photo.Avif.MADE):
                notes.add(photo, is_made=paths is not None)
        notes.write()
        return made

    def _made(self, photo: Photo, kind: Format, *, again: bool) -> list[str] | None:
        try:
            return photo.make_sizes(kind, again=again)
        except (UnusablePictureError, OSError) as error:
            self.broken.setdefault(photo.pk, _fault(photo, error))
            return None

    def _shown(self, photos: Any) -> Iterable[Photo]:
        """With a bar of how many are done."""
        show, total = bar(self.stderr), photos.count()
        for done, photo in enumerate(photos.iterator(chunk_size=100), start=1):
            yield photo
            # Pictures can arrive meanwhile.
            show(done, max(done, total))


def _fault(photo: Photo, error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else error
    return f"  {photo.image.name} ({photo}): {reason}"
