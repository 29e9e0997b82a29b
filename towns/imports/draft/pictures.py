"""The pictures of an article: made ready before the transaction, kept in it, or cleaned away."""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from towns.images.inspection import UnusablePictureError
from towns.images.sizes import available_widths, size_path
from towns.imports.article import RefusedError
from towns.imports.draft.reading import Reading
from towns.models import Photo


@dataclass
class Pictures:
    """By their names in the file: photos of the library, photos to be kept, and refusals."""

    held: dict[str, Photo] = field(default_factory=dict)
    fresh: dict[str, Photo] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading) -> "Pictures":
        """Decoding and scaling takes long, so no lock is held meanwhile."""
        pictures = cls()
        placed = [one.picture for one in reading.article.figures if reading.has_file(one)]
        beside = [picture.name for picture in reading.article.unplaced]
        try:
            for name in dict.fromkeys([*placed, *beside]):
                pictures._take(name, reading)
        except BaseException:
            pictures.discard()
            raise
        return pictures

    def get(self, name: str) -> Photo | None:
        return self.held.get(name) or self.fresh.get(name)

    def discard(self) -> None:
        """The files of photos that were not kept; what stays after a power cut does no harm."""
        for photo in {id(photo): photo for photo in self.fresh.values()}.values():
            widths = available_widths(photo.width) if photo.width else []
            names = [size_path(str(photo.uid), width) for width in widths]
            for name in (*names, photo.image.name):
                default_storage.delete(name)

    def _take(self, name: str, reading: Reading) -> None:
        try:
            data = reading.picture(name)
        except RefusedError as error:
            self.refused[name] = str(error)
            return
        digest = hashlib.sha256(data).hexdigest()
        same = next((one for one in self.fresh.values() if one.digest == digest), None)
        if same:
            self.fresh[name] = same
        elif held := Photo.objects.filter(digest=digest).first():
            self.held[name] = held
        else:
            self._prepare(name, data)

    def _prepare(self, name: str, data: bytes) -> None:
        photo = Photo(image=ContentFile(data, name=name.rsplit("/", 1)[-1]))
        try:
            photo.clean()
            self.fresh[name] = photo
            photo.image.save(photo.image.name, photo.image.file, save=False)
            photo.make_sizes()
        except (ValidationError, UnusablePictureError) as error:
            self.refused[name] = " ".join(getattr(error, "messages", [str(error)]))
            if self.fresh.pop(name, None):
                Pictures(fresh={name: photo}).discard()
