from typing import Any

from towns.keeping.demo.files import read, read_entries, uid
from towns.models import (
    Claim,
    Honour,
    Milestone,
    Party,
    Photo,
    Project,
    Ranking,
    RankingEdition,
    RankingEntry,
    Region,
    Source,
    Statistic,
    Town,
)

Keyed = dict[str, Any]


def load_parties() -> Keyed:
    return {
        key: Party.objects.create(
            uid=uid("party", key),
            kind=row["kind"],
            name_zh=row.get("zh", ""),
            name_en=row.get("en", ""),
            other_names="\n".join(row.get("other_names", [])),
            is_name_zh_unverified=row.get("unverified", False),
        )
        for key, row in read("parties.toml").items()
    }


def load_sources(parties: Keyed) -> Keyed:
    return {
        key: Source.objects.create(
            uid=uid("source", key),
            title_zh=row.get("zh", ""),
            title_en=row.get("en", ""),
            publisher=parties.get(row.get("publisher")),
            issued_on=row.get("issued_on"),
            url=row.get("url", ""),
            note_zh=row.get("note_zh", ""),
            note_en=row.get("note_en", ""),
        )
        for key, row in read("sources.toml").items()
    }


def towns_by_code() -> Keyed:
    """The towns that the demo names, from the loaded divisions."""
    codes = {row["town"] for row in read_entries()}
    return {town.code: town for town in Town.objects.filter(code__in=codes)}


def load_rankings(parties: Keyed, sources: Keyed, towns: Keyed) -> list[RankingEdition]:
    data = read("rankings.toml")
    row = data["ranking"]
    ranking = Ranking.objects.create(
        slug=row["slug"],
        name_zh=row["zh"],
        name_en=row["en"],
        other_names="\n".join(row["other_names"]),
        publisher=parties[row["publisher"]],
    )
    editions = {
        int(year): _edition(ranking, int(year), edition, sources)
        for year, edition in data["editions"].items()
    }
    entries = {
        (int(row["year"]), row["town"]): RankingEntry.objects.create(
            uid=uid("entry", f"{row['year']}/{row['town']}"),
            edition=editions[int(row["year"])],
            town=towns[row["town"]],
            rank=int(row["rank"]) if row["rank"] else None,
            source=sources[row["source"]],
        )
        for row in read_entries()
    }
    for claim in data["claims"]:
        Claim.objects.create(
            entry=entries[claim["year"], claim["town"]],
            kind=claim["kind"],
            value=claim.get("value"),
            quotation_zh=claim["zh"],
            quotation_en=claim["en"],
            source=sources[claim["source"]],
        )
    return list(editions.values())


def _edition(ranking: Ranking, year: int, row: dict, sources: Keyed) -> RankingEdition:
    edition = RankingEdition.objects.create(
        ranking=ranking, year=year, size=1000, source=sources[row["source"]]
    )
    edition.covered_regions.set(Region.objects.filter(code__in=row["covered"]))
    return edition


def load_projects(sources: Keyed, towns: Keyed, photos: Keyed) -> Keyed:
    return {
        slug: _project(slug, row, sources["article"], towns, photos)
        for slug, row in read("projects.toml").items()
    }


def _project(slug: str, row: dict, source: Source, towns: Keyed, photos: Keyed) -> Project:
    project = Project.objects.create(
        slug=slug,
        name_zh=row.get("zh", ""),
        name_en=row["en"],
        is_name_zh_unverified=row.get("unverified", False),
        kind=row["kind"],
        status=row["status"],
        status_on=source.issued_on,
        status_words_zh=row["words_zh"],
        status_words_en=row["words_en"],
        expected_on=row.get("expected"),
        source=source,
    )
    project.towns.set([towns[row["town"]]])
    if "photo" in row:
        project.photos.set([photos[row["photo"]]])
    for milestone in _milestones(row):
        Milestone.objects.create(project=project, source=source, **milestone)
    return project


def _milestones(row: dict) -> list[dict]:
    found = []
    if "expected" in row:
        found.append(
            {
                "on": row["expected"],
                "precision": "month",
                "is_expected": True,
                "text_zh": "预计功能性通车",
                "text_en": "Expected to open to traffic",
            }
        )
    if "milestone_on" in row:
        found.append(
            {
                "on": row["milestone_on"],
                "precision": "year",
                "text_zh": row["milestone_zh"],
                "text_en": row["milestone_en"],
            }
        )
    return found


def load_statistics(sources: Keyed, towns: Keyed, projects: Keyed) -> Keyed:
    return {
        row["key"]: Statistic.objects.create(
            uid=uid("statistic", row["key"]),
            town=towns[row["town"]],
            project=projects.get(row.get("project")),
            about_zh=row.get("about_zh", ""),
            about_en=row.get("about_en", ""),
            indicator_zh=row["zh"],
            indicator_en=row["en"],
            value=row["value"],
            unit=row["unit"],
            qualifier=row.get("qualifier", Statistic.Qualifier.EXACT),
            basis=row.get("basis", Statistic.Basis.ACTUAL),
            scope_zh=row.get("scope_zh", ""),
            scope_en=row.get("scope_en", ""),
            period_start=row.get("period", [None])[0],
            period_end=row.get("period", [None])[-1],
            source=sources["article"],
        )
        for row in read("statistics.toml")["statistics"]
    }


def load_profiles(sources: Keyed, towns: Keyed, photos: dict[str, Photo]) -> list[Town]:
    profiles = read("towns.toml")
    for code, row in profiles.items():
        town = towns[code]
        town.summary_zh, town.summary_en = row["summary_zh"], row["summary_en"]
        town.lead_photo = photos[row["photo"]]
        town.save()
        for honour in row.get("honours", []):
            Honour.objects.create(
                town=town, name_zh=honour["zh"], name_en=honour["en"], source=sources["article"]
            )
    return [towns[code] for code in profiles]
