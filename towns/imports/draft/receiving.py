"""A file as it came in: kept once, under its digest, if there is an article in it."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from towns.imports.article import RefusedError, check_article
from towns.imports.article.members import Members, is_picture
from towns.imports.article.opening import MAX_BYTES
from towns.imports.article.questions import WHICH_ARTICLE
from towns.models import ArticleUpload, Upload, User

# Of several files one .zip is made; the same files make the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)
_LONGEST_NAME = 255
# In the answers of an upload that was put aside for one with pictures: the digest of that one.
_WENT_ON_AS = "went_on_as"


@dataclass(frozen=True)
class Received:
    upload: ArticleUpload
    is_new: bool


def receive_article(
    files: Sequence[tuple[str, bytes]],
    *,
    by: User,
    name: str | None = None,
    number: int | None = None,
) -> Received:
    """Keep the file, or find it where the same bytes came before. Raises `RefusedError`.

    Several files, such as a text and its pictures, are kept as one .zip. What was pasted has no
    name (""): it goes by its title. Of a file with several articles each number is an upload.
    """
    filename, data = files[0] if len(files) == 1 else ("article.zip", packed(files))
    title = check_article(filename, data, number=number or 1)
    digest = hashlib.sha256(data).hexdigest()
    if before := _before(digest, number):
        return Received(before, is_new=False)
    named = files[0][0] if name is None else name or title or filename
    upload = ArticleUpload(
        name=named[:_LONGEST_NAME],
        digest=digest,
        size=len(data),
        received_by=by,
        answers={WHICH_ARTICLE: str(number)} if number else {},
    )
    upload.file.save(filename, ContentFile(data), save=False)
    try:
        with transaction.atomic():
            upload.save()
    except BaseException:
        upload.file.delete(save=False)
        raise
    return Received(upload, is_new=True)


def another_of(upload: ArticleUpload, number: int, *, by: User) -> Received:
    """Another article of the same file."""
    name = upload.file.name.rsplit("/", 1)[-1]
    return receive_article([(name, bytes_of(upload))], by=by, name=upload.name, number=number)


def _before(digest: str, number: int | None) -> ArticleUpload | None:
    same = ArticleUpload.objects.filter(digest=digest)
    kept = [one for one in same if one.state != Upload.State.DROPPED]
    if number is not None:
        kept = [one for one in kept if one.answers.get(WHICH_ARTICLE, "1") == str(number)]
    if kept:
        return kept[0]
    later = {one.answers[_WENT_ON_AS] for one in same if _WENT_ON_AS in one.answers} - {digest}
    return next(filter(None, (_before(one, number) for one in later)), None)


def with_pictures(
    upload: ArticleUpload, pictures: Sequence[tuple[str, bytes]], *, by: User
) -> Received:
    """The same article once more, now with these pictures; the answers go with it.

    Raises `RefusedError`.
    """
    received = receive_article([*_files(upload), *pictures], by=by, name=upload.name)
    with transaction.atomic():
        if received.is_new:
            received.upload.answers = upload.answers
            received.upload.save(update_fields=["answers"])
        if received.upload.pk != upload.pk and upload.state == Upload.State.READ:
            upload.state = Upload.State.DROPPED
            upload.answers |= {_WENT_ON_AS: received.upload.digest}
            upload.save(update_fields=["state", "answers"])
    return received


def bytes_of(upload: ArticleUpload) -> bytes:
    with upload.file.open("rb") as file:
        return file.read()


def packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            unique = _unique(name, taken)
            archive.writestr(zipfile.ZipInfo(unique, _TIME), data)
    return buffer.getvalue()


def _unique(name: str, taken: set[str]) -> str:
    base = name.replace("\\", "/").rsplit("/", 1)[-1] or "file"
    unique, count = base, 1
    while unique in taken:
        count += 1
        unique = f"{count}-{base}"
    taken.add(unique)
    return unique


def _files(upload: ArticleUpload) -> list[tuple[str, bytes]]:
    """What it was packed of, so that a .zip does not end inside another."""
    name, data = upload.file.name.rsplit("/", 1)[-1], bytes_of(upload)
    if not name.endswith(".zip"):
        return [(name, data)]
    members = Members.of(data)
    if sum(info.file_size for info in members.infos.values()) > MAX_BYTES:
        raise RefusedError(_("This file is larger than %(most)s MB.") % {"most": MAX_BYTES >> 20})
    return [
        (one, members.picture(one) if is_picture(one) else members.read(one))
        for one in members.names
    ]
