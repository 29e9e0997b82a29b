"""Those whom an article credits: known ones, and new ones that are made only if a person wants."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from towns.imports.article.result import Article, Credit
from towns.imports.gazetteer import Gazetteer
from towns.language.people import is_person
from towns.language.pinyin import search_key
from towns.language.script import fold, is_chinese
from towns.models import Party

_MEDIA = ("发布", "报", "社", "网", "融媒", "电视", "network", "daily", "news", "media", "release")
_BODIES = ("局", "委", "办", "政府", "bureau", "administration", "government", "committee")
_COMPANIES = ("公司", "集团", "co.,", "company", "ltd")


@dataclass
class NewParty:
    """A name that no record bears. `uid` is of the party that a person says it is."""

    key: str
    name: str
    kind: str
    is_wanted: bool = True
    said: str = ""
    uid: str = ""
    lines: list[int] = field(default_factory=list)

    @property
    def is_left_out(self) -> bool:
        return not self.uid and not self.is_wanted


def new_parties(
    article: Article, gazetteer: Gazetteer, answers: Mapping[str, str]
) -> dict[str, NewParty]:
    """By the form in which names are compared, in the order of the article."""
    found: dict[str, NewParty] = {}
    for line, name, is_photographer in _unknown(article):
        compared = compared_name(name)
        if compared not in found:
            key = f"party-{line}-{sum(f'-{line}-' in one.key for one in found.values())}"
            found[compared] = _proposed(key, name, gazetteer, answers, is_person_of=is_photographer)
        found[compared].lines.append(line)
    return found


def compared_name(name: str) -> str:
    return search_key(fold(name))


def _unknown(article: Article) -> Iterator[tuple[int, str, bool]]:
    if article.publisher and not article.publisher_uid:
        yield article.dateline, article.publisher, False
    for figure in article.figures:
        for credit in figure.credits:
            if not credit.uid:
                yield figure.line, credit.party, _is_photographer(credit)


def _is_photographer(credit: Credit) -> bool:
    return credit.kind == "photographed"


def _proposed(
    key: str, name: str, gazetteer: Gazetteer, answers: Mapping[str, str], *, is_person_of: bool
) -> NewParty:
    said = answers.get(f"{key}-is", "").strip()
    known = gazetteer.party(said) if said else None
    kind = answers.get(f"{key}-kind", "")
    return NewParty(
        key,
        name,
        kind if kind in Party.Kind.values else _kind(name, is_photographer=is_person_of),
        is_wanted=answers.get(key, "1") == "1",
        said=said,
        uid=known.uid if known else "",
    )


def _kind(name: str, *, is_photographer: bool) -> str:
    folded = fold(name).lower()
    for words, kind in (
        (_COMPANIES, Party.Kind.COMPANY),
        (_BODIES, Party.Kind.PUBLIC_BODY),
        (_MEDIA, Party.Kind.MEDIA),
    ):
        if any(word in folded for word in words):
            return kind
    return Party.Kind.PERSON if is_photographer or is_person(name) else Party.Kind.OTHER


def made_party(new: NewParty) -> Party:
    """Under the one name that the article gives; the other is left to a person."""
    chinese = is_chinese(new.name)
    party = Party(
        kind=new.kind,
        name_zh=new.name if chinese else "",
        name_en="" if chinese else new.name,
        is_name_zh_unverified=not chinese,
    )
    party.full_clean()
    party.save()
    return party
