"""Whom the files of pictures name, and which parties these are. Proposed, never created unasked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from towns.language.people import split_people, split_unit
from towns.language.script import fold
from towns.models import Party, Photo, PhotoCredit

_MARKS = re.compile(
    r"©|\(c\)|copyright|all rights reserved|版权所有|版权归属?|著作权|保留所有权利|"
    r"\b(19|20)\d\d(-\d+)?\b年?",
    re.IGNORECASE,
)
_EDGES = " \t,.;:，。；：、|/-–—"


@dataclass
class NamedCredit:
    """A name as files write it, for all the pictures whose files do; `parties` are called so."""

    kind: str
    name: str
    parties: list[Party] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)

    @property
    def party(self) -> Party | None:
        """Nobody where two are called the same: that is for a person to say."""
        return self.parties[0] if len(self.parties) == 1 else None

    @property
    def kind_label(self) -> str:
        return str(PhotoCredit.Kind(self.kind).label)


def credits_named(photos: Iterable[Photo]) -> list[NamedCredit]:
    """What the files say beyond the credits that the pictures have, the most frequent first."""
    found: dict[tuple[str, str], NamedCredit] = {}
    for photo in photos:
        for kind, name in _names(photo.file_says):
            found.setdefault((kind, _key(name)), NamedCredit(kind, name)).photos.append(photo)
    known = _parties_by_name() if found else {}
    for (_kind, key), credit in found.items():
        credit.parties = known.get(key, [])
        credit.photos = [photo for photo in credit.photos if not _has(photo, credit.party)]
    rest = (credit for credit in found.values() if credit.photos)
    return sorted(rest, key=lambda credit: -len(credit.photos))


def _names(says: dict[str, Any]) -> Iterator[tuple[str, str]]:
    creators = [
        split_unit(name)[1] for text in says.get("creators", ()) for name in split_people(text)
    ]
    yield from ((PhotoCredit.Kind.PHOTOGRAPHED, name) for name in dict.fromkeys(creators))
    giver = says.get("credit", "")
    if giver and giver not in creators:
        yield PhotoCredit.Kind.COURTESY, giver
    if not creators and not giver and (holder := _holder(says.get("copyright", ""))):
        yield PhotoCredit.Kind.SOURCE, holder


def _holder(notice: str) -> str:
    """© 2023 高要发布. All rights reserved. → 高要发布"""
    return " ".join(_MARKS.sub(" ", notice).split()).strip(_EDGES)


def _parties_by_name() -> dict[str, list[Party]]:
    known: dict[str, list[Party]] = defaultdict(list)
    for party in Party.objects.all():
        names = {party.name_zh, party.name_en, *party.other_name_list}
        for key in {_key(name) for name in names if name}:
            known[key].append(party)
    return known


def _key(name: str) -> str:
    return " ".join(fold(name).casefold().split())


def _has(photo: Photo, party: Party | None) -> bool:
    return party is not None and any(credit.party_id == party.pk for credit in photo.credits.all())
