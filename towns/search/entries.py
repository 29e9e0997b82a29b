"""A record's entry in the index."""

from collections.abc import Iterable
from typing import Any

from towns.language.bilingual import EN, ZH
from towns.models import SearchEntry
from towns.search.contents import Content, Name
from towns.search.kinds import Kind
from towns.search.tokens import SOUND, initials, name_keys, syllables, tokens


def entry_of(kind: Kind, record: Any) -> SearchEntry:
    number = getattr(record, kind.key)
    permanent_id = record.slug if kind.name == "article" else record.permanent_id
    return entry_from(kind.id_of(number), permanent_id, kind.content(record))


def entry_from(entry_id: int, permanent_id: str, content: Content) -> SearchEntry:
    own = Name((*content.titles.values(), *content.other_names), content.code)
    linked = list(dict.fromkeys(content.linked))
    return SearchEntry(
        id=entry_id,
        permanent_id=permanent_id,
        title_zh=content.titles.get(ZH, ""),
        title_en=content.titles.get(EN, ""),
        text_zh=content.texts.get(ZH, ""),
        text_en=content.texts.get(EN, ""),
        exact=_joined(_exactly(own) if content.is_named else []),
        names=_joined(_named(own)),
        around=_joined(token for name in linked for token in _around(name)),
        words=_joined(token for text in content.texts.values() for token in tokens(text)),
    )


def _exactly(name: Name) -> Iterable[str]:
    yield from name_keys(name.forms, code=name.code)
    yield from initials(name.forms, code=name.code)


def _around(name: Name) -> Iterable[str]:
    yield from _exactly(name)
    yield from _named(name)


def _named(name: Name) -> Iterable[str]:
    """The words of a name and its syllables.

    A mark alone keeps the last syllable of one name from standing before the first of the next.
    """
    for form in name.forms:
        yield from tokens(form)
    yield from (*syllables(name.forms, code=name.code), SOUND)


def _joined(found: Iterable[str]) -> str:
    return " ".join(found)
