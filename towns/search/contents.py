"""What there is to find in a record of each kind: only what the public reads of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override

from towns.documents.text import article_lines
from towns.language.bilingual import EN, LANGUAGES, ZH, both, speak
from towns.language.pinyin import stem
from towns.models import (
    Party,
    Photo,
    Project,
    Publication,
    RankingEdition,
    RankingEntry,
    Region,
    Statistic,
    Town,
)


@dataclass(frozen=True)
class Name:
    """Everything a place, party or list is called; the code says how a place is pronounced."""

    forms: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True)
class Content:
    """`is_named` is whether the title is a name that someone may ask for as a whole."""

    titles: Mapping[str, str]
    texts: Mapping[str, str]
    other_names: list[str] = field(default_factory=list)
    linked: list[Name] = field(default_factory=list)
    code: str = ""
    is_named: bool = True


def of_town(town: Town) -> Content:
    """An unpublished profile stays out of it, as it does of the page."""
    profile = both(town.summary_zh, town.summary_en) if town.is_public else {}
    honours = list(town.honours.all()) if town.is_public else []
    place = town.county.path
    texts = {
        language: _lines(
            " ".join(region.names.get(language, "") for region in place),
            profile.get(language),
            *(honour.names.get(language) for honour in honours),
        )
        for language in LANGUAGES
    }
    # Jinli Town, as well as Jinli.
    full_name = f"{town.name_en} {town.kind.replace('_', ' ')}" if town.name_en else ""
    names = [*town.other_name_list, *_addresses(town, place), *filter(None, [full_name])]
    linked = [_region(region) for region in place]
    linked += [Name(tuple(honour.names.values())) for honour in honours]
    return Content(town.names, texts, names, linked, town.code)


def of_article(publication: Publication) -> Content:
    """The current publication, from its Document: a later draft is not in it."""
    content = json.loads(publication.document.body)["content"]
    texts = {
        language: "\n".join(article_lines(content, language)[1:])
        for language in content["languages"]
    }
    linked = [_town(town) for town in publication.towns.all()]
    return Content(publication.titles, texts, linked=linked + _parties([publication.publisher]))


def of_project(project: Project) -> Content:
    towns = list(project.towns.all())
    milestones = list(project.milestones.all())
    texts = {
        language: _lines(
            both(project.status_words_zh, project.status_words_en).get(language),
            _label(project, "kind", language),
            *(both(one.text_zh, one.text_en).get(language) for one in milestones),
        )
        for language in LANGUAGES
    }
    code = towns[0].code if towns else ""
    linked = [_town(town) for town in towns]
    return Content(project.names, texts, project.other_name_list, linked, code)


def of_edition(edition: RankingEdition) -> Content:
    """A line for each town in it, so that what is found shows the town's place."""
    ranking, entries = edition.ranking, list(edition.entries.all())
    titles = {language: f"{name} {edition.year}" for language, name in ranking.names.items()}
    texts = {
        ZH: "\n".join(f"{_name(entry, ZH)} {_place_zh(entry)}" for entry in entries),
        EN: "\n".join(f"{_name(entry, EN)}: {_place_en(entry)}" for entry in entries),
    }
    others = [*ranking.names.values(), *ranking.other_name_list]
    others += [f"{name} {edition.year}" for name in ranking.other_name_list]
    linked = [_town(entry.town) for entry in entries] + _parties([ranking.publisher])
    return Content(titles, texts, others, linked)


def of_statistic(statistic: Statistic) -> Content:
    about = both(statistic.about_zh, statistic.about_en)
    scope = both(statistic.scope_zh, statistic.scope_en)
    value = f"{statistic.value.normalize():f}"
    texts = {
        language: _lines(about.get(language), scope.get(language), value) for language in LANGUAGES
    }
    linked = [_town(statistic.town)] if statistic.town else []
    linked += [_region(statistic.region)] if statistic.region else []
    if statistic.project and statistic.project.is_public:
        linked.append(Name(tuple(statistic.project.names.values())))
    return Content(statistic.indicators, texts, linked=linked, is_named=False)


def of_photo(photo: Photo) -> Content:
    titles = photo.captions or photo.alts
    credits = [credit.party for credit in photo.credits.all()]
    texts = {
        language: _lines(
            photo.alts.get(language), *(party.names.get(language) for party in credits)
        )
        for language in LANGUAGES
    }
    linked = [_town(town) for town in photo.towns.all()] + _parties(credits)
    return Content(titles, texts, linked=linked, is_named=False)


def _addresses(town: Town, place: list[Region]) -> list[str]:
    """The town after its county or city, as addresses say it: 高要区金利镇, 肇庆金利镇."""
    names = [region.name_zh for region in place if region.name_zh]
    if not (town.name_zh and names):
        return []
    before = [names[-1], stem(names[-1]), *(stem(name) for name in names[-2:-1])]
    return [f"{name}{town.name_zh}" for name in dict.fromkeys([*before, "".join(names[-2:])])]


def _town(town: Town) -> Name:
    return Name((*town.names.values(), *town.other_name_list), town.code)


def _region(region: Region) -> Name:
    return Name(tuple(region.names.values()), region.code)


def _parties(parties: Iterable[Party | None]) -> list[Name]:
    return [Name((*one.names.values(), *one.other_name_list)) for one in parties if one]


def _lines(*parts: str | None) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))


def _label(record: Any, field_name: str, language: str) -> str:
    with override(language):
        return str(getattr(record, f"get_{field_name}_display")())


def _name(entry: RankingEntry, language: str) -> str:
    return speak(entry.town.names, language).text


def _place_zh(entry: RankingEntry) -> str:
    return f"第 {entry.rank} 位" if entry.rank else "在榜，名次未公布"


def _place_en(entry: RankingEntry) -> str:
    return f"rank {entry.rank}" if entry.rank else "listed, rank not published"
