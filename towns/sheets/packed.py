"""The parts of a packed file, each unpacked in memory and only as far as its limit."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from towns.sheets.grid import RefusedError

_MOST_PARTS = 5_000
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
    KeyError, ValueError, struct.error, OverflowError,
)  # fmt: skip


def damaged() -> RefusedError:
    return RefusedError(_("This file is damaged or cut off: it cannot be opened."))


@dataclass(frozen=True)
class Parts:
    """Names are compared in small letters: some programs write them otherwise."""

    archive: zipfile.ZipFile
    infos: dict[str, zipfile.ZipInfo]

    @classmethod
    def of(cls, data: bytes) -> "Parts":
        """Raises `RefusedError`."""
        if data.count(b"PK\x01\x02") > _MOST_PARTS:
            raise RefusedError(
                _("This file holds more than %(most)s files.") % {"most": f"{_MOST_PARTS:,}"}
            )
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            infos = {_plain(info.filename): info for info in archive.infolist()}
        except _DAMAGES as error:
            raise damaged() from error
        return cls(archive, infos)

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self.infos

    def read(self, name: str, most: int) -> bytes:
        """No more than the file states comes out of it, and that is not more than `most`."""
        try:
            info = self.infos[_plain(name)]
        except KeyError as error:
            raise damaged() from error
        if info.flag_bits & _ENCRYPTED:
            raise RefusedError(_("This file is protected by a password. Take it off first."))
        if info.compress_type not in _METHODS:
            raise damaged()
        if info.file_size > most:
            raise _too_large(most)
        try:
            with self.archive.open(info) as file:
                return _all_of(file, info.file_size)
        except _DAMAGES as error:
            raise damaged() from error

    def read_xml(self, name: str, most: int) -> bytes:
        data = self.read(name, most)
        check_xml(data)
        return data


def check_xml(data: bytes) -> None:
    """Well-formed, and without a document type: so no entity of its own can grow or fetch."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parse(parser, data)


def parse(parser: expat.XMLParserType, data: bytes) -> None:
    """Raises `RefusedError`."""
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- the parser's own positional argument
    except RefusedError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged() from error


def _all_of(file: IO[bytes], size: int) -> bytes:
    """Asked for more at once, it would unpack all there is before it looks at what is stated."""
    data = file.read(size)
    if len(data) != size or file.read(1):
        raise EOFError
    return data


def _refuse_doctype(*_declaration: object) -> None:
    raise RefusedError(_("This file declares a document type of its own, which is not accepted."))


def _too_large(most: int) -> RefusedError:
    return RefusedError(
        _("A part of this file unpacks to more than %(most)s MB.") % {"most": most // 1024**2}
    )


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
