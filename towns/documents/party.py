from typing import TypedDict

from django.db.models import QuerySet

from towns.documents.shapes import Bilingual
from towns.language.bilingual import both
from towns.models import Party, Source


class PartyContent(TypedDict):
    id: str
    kind: str
    name: Bilingual
    other_names: list[str]
    is_name_zh_unverified: bool


class SourceContent(TypedDict):
    id: str
    title: Bilingual
    publisher: str | None
    issued_on: str | None
    url: str
    note: Bilingual


def prepare_parties(parties: QuerySet[Party]) -> QuerySet[Party]:
    return parties


def describe_party(party: Party) -> PartyContent:
    return {
        "id": str(party.uid),
        "kind": party.kind,
        "name": party.names,
        "other_names": party.other_name_list,
        "is_name_zh_unverified": party.is_name_zh_unverified,
    }


def prepare_sources(sources: QuerySet[Source]) -> QuerySet[Source]:
    return sources.select_related("publisher")


def describe_source(source: Source) -> SourceContent:
    return {
        "id": str(source.uid),
        "title": source.titles,
        "publisher": str(source.publisher.uid) if source.publisher else None,
        "issued_on": source.issued_on,
        "url": source.url,
        "note": both(source.note_zh, source.note_en),
    }
