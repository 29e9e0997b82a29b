"""AVIF sizes come onto the pages when all of a picture's are there."""

import time
from collections.abc import Collection

from django.db import transaction

from towns.models import Photo
from towns.publishing.version import announce_news

# Each note lets every page be made anew, so a long queue is noted in parts.
SECONDS_BETWEEN_NOTES = 10


@transaction.atomic
def note_avif(*, made: Collection[int] = (), failed: Collection[int] = ()) -> None:
    """Encoding is done by now: this locks the rows, and then the version, for a moment."""
    Photo.objects.filter(pk__in=failed).update(avif=Photo.Avif.FAILED)
    Photo.objects.filter(pk__in=made).update(avif=Photo.Avif.MADE)
    if Photo.objects.public().filter(pk__in=made).exists():
        announce_news([])


class Notes:
    """What was made and not noted yet. If the process ends before, the files are found again."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._made: list[int] = []
        self._failed: list[int] = []
        self._since = time.monotonic()

    @property
    def open_ones(self) -> list[int]:
        return [*self._made, *self._failed]

    def add(self, photo: Photo, *, is_made: bool) -> None:
        (self._made if is_made else self._failed).append(photo.pk)
        if time.monotonic() - self._since >= SECONDS_BETWEEN_NOTES:
            self.write()

    def write(self) -> None:
        if self.open_ones:
            note_avif(made=self._made, failed=self._failed)
        self._begin()
