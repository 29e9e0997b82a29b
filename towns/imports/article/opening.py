"""Which kind of file it is, by its content and not its name; and which articles it holds."""

import re
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from towns.imports.article.feed import open_feed
from towns.imports.article.lines import Item, Opened, Picture, Received, RefusedError
from towns.imports.article.members import MAX_TEXT_BYTES, Members, is_picture
from towns.imports.article.page import read_page
from towns.imports.article.plain import read_text
from towns.imports.article.word import DOCUMENT, read_word

MAX_BYTES = 200 * 1024 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|section|div|p|h[1-6]|meta|span|table|img)\b",
    re.IGNORECASE,
)
_FEED = re.compile(rb"<(?:\w+:)?feed[\s>]")
_MOST_TEXTS = 50
_TEXTS = (".txt", ".md", ".html", ".htm", ".docx", ".xml", ".atom")


def open_article_file(name: str, data: bytes) -> Opened:
    """Raises `RefusedError`."""
    if len(data) > MAX_BYTES:
        raise RefusedError(
            _("This file is larger than %(most)s MB.") % {"most": MAX_BYTES // 1024**2}
        )
    if not data.strip():
        raise RefusedError(_("This file is empty."))
    return _opened(name, data)


def _opened(name: str, data: bytes) -> Opened:
    if data.startswith(_ZIP):
        members = Members.of(data)
        return _of_word(name, members) if DOCUMENT in members.infos else _of_zip(members)
    _refuse_other_kinds(data)
    return _of_text(name, data, ())


def _of_word(name: str, members: Members) -> Opened:
    if any(member.lower().endswith("vbaproject.bin") for member in members.infos):
        raise RefusedError(_("This document holds macros. Save it as .docx without them."))
    return Opened((Item(name, partial(read_word, members), members.picture),))


def _of_text(name: str, data: bytes, pictures: tuple[Picture, ...]) -> Opened:
    if len(data) > MAX_TEXT_BYTES:
        raise RefusedError(
            _("This text is larger than %(most)s MB.") % {"most": MAX_TEXT_BYTES // 1024**2}
        )
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and _FEED.search(start):
        return open_feed(data, pictures)
    if start.startswith((b"<", b"\x00<", b"\xff\xfe<")) and _HTML.search(start):
        return Opened((Item(name, partial(read_page, data, pictures)),))
    if start.startswith(b"<?xml"):
        raise RefusedError(_("This XML is neither a feed nor a page."))
    return Opened((Item(name, partial(_with_pictures, data, pictures)),))


def _with_pictures(data: bytes, pictures: tuple[Picture, ...]) -> Received:
    return replace(read_text(data), pictures=pictures)


def _of_zip(members: Members) -> Opened:
    """The articles of an archive with the pictures beside them; archives inside stay closed."""
    texts = [name for name in members.names if PurePosixPath(name.lower()).suffix in _TEXTS]
    if not texts:
        raise RefusedError(
            _("There is no article in this file: no text, page, feed or Word document.")
        )
    if len(texts) > _MOST_TEXTS:
        raise RefusedError(_("There are too many articles in this file: give them one by one."))
    items: list[Item] = []
    members.check_size(texts)
    for name in texts:
        items += _items_in(name, members)
    if len(items) == 1:
        items = [_with_pictures_beside(items[0], members)]
    others = tuple(name for name in members.names if name not in texts and not is_picture(name))
    return Opened(tuple(items), left_aside=others)


def _items_in(name: str, members: Members) -> tuple[Item, ...]:
    data = members.read(name)
    if data.startswith(_ZIP):
        word = Members.of(data)
        if DOCUMENT in word.infos:
            return _of_word(name, word).items
        raise RefusedError(_("%(name)s is not what its name says.") % {"name": name})
    _refuse_other_kinds(data)
    items = _of_text(name, data, members.pictures()).items
    return tuple(replace(item, picture=members.picture) for item in items)


def _with_pictures_beside(item: Item, members: Members) -> Item:
    """A Word document has pictures of its own; those in the archive came along with it."""

    def read() -> Received:
        received = item.read()
        beside = tuple(one for one in members.pictures() if one not in received.pictures)
        return replace(received, pictures=received.pictures + beside)

    def picture(name: str) -> bytes:
        return (members.picture if name in members.infos else item.picture)(name)

    return replace(item, read=read, picture=picture)


_OTHER_KINDS = (
    (b"%PDF", lambda: _("This is a PDF. Paste its text, or save it as .docx.")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        lambda: _(
            "This is an old or a protected Office file. Save it as .docx, without a password."
        ),
    ),
    (b"{\\rtf", lambda: _("This is an RTF file. Save it as .docx.")),
    (b"\xff\xd8\xff", lambda: _("This is a picture. Add it to its article.")),
    (b"\x89PNG", lambda: _("This is a picture. Add it to its article.")),
    (b"GIF8", lambda: _("This is a picture. Add it to its article.")),
    (b"RIFF", lambda: _("This is a picture. Add it to its article.")),
    (b"Rar!", lambda: _("Only .zip archives are read: pack it as .zip.")),
    (b"7z\xbc\xaf", lambda: _("Only .zip archives are read: pack it as .zip.")),
    (b"\x1f\x8b", lambda: _("Only .zip archives are read: pack it as .zip.")),
)


def _refuse_other_kinds(data: bytes) -> None:
    for start, sentence in _OTHER_KINDS:
        if data.startswith(start):
            raise RefusedError(sentence())
