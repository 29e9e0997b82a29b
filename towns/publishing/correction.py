"""From "a record moved on" to a correction: the note is written, the text goes to review."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from towns.documents.text import block_lines
from towns.language.bilingual import LANGUAGES
from towns.models import Article, MovedOn, TrailEntry, User
from towns.publishing.history import note_version
from towns.publishing.refusal import Finding
from towns.publishing.review import lock, submit
from towns.publishing.road import current_of, text_of


@transaction.atomic
def correct(
    article: Article,
    *,
    by: User,
    note_zh: str,
    note_en: str,
    languages: Sequence[str] = (),
    due_at: dt.datetime | None = None,
) -> TrailEntry:
    """Submit the working copy with the note, in the public languages and in these.

    Raises `RefusedError`.
    """
    article = lock(article)
    article.note_zh, article.note_en = note_zh.strip(), note_en.strip()
    article.save()
    note_version(article, by=by)
    languages = [*public_languages(article), *languages]
    return submit(article, by=by, languages=languages, due_at=due_at)


def public_languages(article: Article) -> Sequence[str]:
    current = current_of(article)
    return current.document.content["languages"] if current else []


def old_figures(article: Article, moved: Sequence[MovedOn]) -> list[Finding]:
    """Blocks whose own words still say the old value: correcting the record did not mend them."""
    old = {str(pair[0]) for row in moved for pair in row.said.values() if pair[0] is not None}
    blocks = text_of(article).content["blocks"]
    return [
        Finding(value, number)
        for number, block in enumerate(blocks, start=1)
        for value in sorted(old)
        if block["type"] in ("text", "heading")
        and any(value in line for code in LANGUAGES for line in block_lines(block, code))
    ]
