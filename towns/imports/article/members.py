"""What is in a .zip, within limits: nothing is written out, no picture unpacked to be listed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from towns.imports.article.lines import Picture, RefusedError

MAX_MEMBERS = 2_000
MAX_TEXT_BYTES = 10 * 1024 * 1024
# With the pictures in it.
MAX_WORD_BYTES = 100 * 1024 * 1024
MAX_PICTURE_BYTES = 40 * 1024 * 1024
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".heic")
_LEFT_BY_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_ENCRYPTED, _NAMED_IN_UTF8 = 0x1, 0x800
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
    KeyError, ValueError, struct.error, OverflowError,
)  # fmt: skip


@dataclass(frozen=True)
class Members:
    """Names are as people see them; a name given twice is a fault of the file."""

    archive: zipfile.ZipFile
    infos: dict[str, zipfile.ZipInfo]

    @classmethod
    def of(cls, data: bytes) -> "Members":
        """Raises `RefusedError`."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            listed = [info for info in archive.infolist() if not info.is_dir()]
        except _DAMAGES as error:
            raise RefusedError(
                _("This file is damaged or cut off: it cannot be opened.")
            ) from error
        if len(listed) > MAX_MEMBERS:
            raise RefusedError(
                _("This file holds more than %(most)s files.") % {"most": f"{MAX_MEMBERS:,}"}
            )
        return cls(archive, {_name(info): info for info in listed})

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(
            name for name in self.infos if not any(word in name for word in _LEFT_BY_SYSTEMS)
        )

    def pictures(self) -> tuple[Picture, ...]:
        return tuple(
            Picture(name, self.infos[name].file_size) for name in self.names if is_picture(name)
        )

    def read(self, name: str) -> bytes:
        """A text of the archive. Raises `RefusedError`, also for what unpacks to too much."""
        most = MAX_WORD_BYTES if is_word(name) else MAX_TEXT_BYTES
        data = self._unpacked(name, most)
        if len(data) > most:
            raise _too_large()
        return data

    def picture(self, name: str) -> bytes:
        """Raises `RefusedError`."""
        if name not in self.infos or not is_picture(name):
            raise RefusedError(_("This picture did not come with the text."))
        data = self._unpacked(name, MAX_PICTURE_BYTES)
        if len(data) > MAX_PICTURE_BYTES:
            raise RefusedError(_("This file is larger than 40 MB."))
        return data

    def _unpacked(self, name: str, most: int) -> bytes:
        info = self.infos[name]
        if info.flag_bits & _ENCRYPTED:
            raise RefusedError(_("This file is protected by a password."))
        try:
            with self.archive.open(info) as file:
                return file.read(most + 1)
        except _DAMAGES as error:
            raise RefusedError(
                _("This file is damaged or cut off: it cannot be opened.")
            ) from error

    def check_size(self, names: Iterable[str]) -> None:
        """Refuse, before anything is unpacked, what says itself that it is too large."""
        words, texts = 0, 0
        for name in names:
            size = self.infos[name].file_size
            words, texts = (words + size, texts) if is_word(name) else (words, texts + size)
        if texts > 2 * MAX_TEXT_BYTES or words > MAX_WORD_BYTES:
            raise _too_large()


def _too_large() -> RefusedError:
    most = {"most": MAX_TEXT_BYTES // 1024**2}
    return RefusedError(_("The text in this file unpacks to more than %(most)s MB.") % most)


def is_word(name: str) -> bool:
    return name.lower().endswith(".docx")


def is_picture(name: str) -> bool:
    return PurePosixPath(name.lower()).suffix in _PICTURES


def _name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so; Python then reads code page 437."""
    if info.flag_bits & _NAMED_IN_UTF8 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
