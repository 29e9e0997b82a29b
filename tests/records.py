"""Records with the fewest fields; what is public of them was published through `publishing`."""

from typing import Any

from towns.models import (
    Project,
    Ranking,
    RankingEdition,
    RankingEntry,
    Region,
    Source,
    Statistic,
    Town,
    User,
)
from towns.models.publishable import Publishable
from towns.publishing.record import publish_records

_LEVELS = {2: "province", 4: "prefecture", 6: "county"}


def publish(*records: Publishable) -> None:
    publisher, _created = User.objects.get_or_create(username="publisher-of-records")
    publish_records(records, by=publisher)


def region(code: str) -> Region:
    parent = region(code[:-2]) if len(code) > 2 else None
    found, _created = Region.objects.get_or_create(
        code=code,
        defaults={"level": _LEVELS[len(code)], "parent": parent, "name_en": f"Region {code}"},
    )
    return found


def town(code: str = "441284105", **values: Any) -> Town:
    values = {"name_zh": "大沙镇", "name_en": "Dasha"} | values
    return Town.objects.create(code=code, county=region(code[:6]), **values)


def source(title: str = "A report") -> Source:
    return Source.objects.get_or_create(title_en=title)[0]


def ranking(slug: str = "top-1000", **values: Any) -> Ranking:
    return Ranking.objects.create(slug=slug, **({"name_en": "Top 1,000 Towns"} | values))


def edition(
    of: Ranking,
    year: int,
    ranks: dict[Town, int | None],
    *,
    covered: tuple[str, ...] = (),
    **values: Any,
) -> RankingEdition:
    """Not public yet; a rank of None was not published."""
    made = RankingEdition.objects.create(ranking=of, year=year, source=source(), **values)
    made.covered_regions.set([region(code) for code in covered])
    for place, rank in ranks.items():
        RankingEntry.objects.create(edition=made, town=place, rank=rank, source=made.source)
    return made


def public_edition(*args: Any, **values: Any) -> RankingEdition:
    made = edition(*args, **values)
    publish(made)
    return made


def project(slug: str, *towns: Town, **values: Any) -> Project:
    values = {"name_en": slug.title(), "kind": "road", "status": "planned"} | values
    made = Project.objects.create(slug=slug, source=source(), **values)
    made.towns.set(towns)
    return made


def public_project(slug: str, *towns: Town, **values: Any) -> Project:
    made = project(slug, *towns, **values)
    publish(made)
    return made


def public_statistic(about: Town, **values: Any) -> Statistic:
    values = {"indicator_en": "Output", "value": 1, "unit": "yuan"} | values
    made = Statistic.objects.create(town=about, source=source(), **values)
    publish(made)
    return made
