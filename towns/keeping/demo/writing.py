import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files import File

from towns.keeping.demo.files import FOLDER, read, uid
from towns.keeping.demo.records import Keyed
from towns.models import (
    Article,
    Column,
    HeadingBlock,
    HomePhoto,
    HomeProject,
    HomeStatistic,
    HomeTown,
    Page,
    Photo,
    PhotoBlock,
    PhotoCredit,
    ProjectsBlock,
    RankingBlock,
    RankingEdition,
    Region,
    SiteSettings,
    StatisticsBlock,
    TextBlock,
)


def load_photos(parties: Keyed, towns: Keyed) -> Keyed:
    photos = {}
    for key, row in read("photos.toml").items():
        photos[key] = _photo(key, row, substitute=Photo.Substitute.DRAWING)
        photos[key].towns.set([towns[code] for code in row["towns"]])
        _credit(photos[key], row["credits"], parties)
    for key, row in read("library.toml").items():
        photos[key] = _photo(key, row, substitute=Photo.Substitute.DEMO)
        _credit(photos[key], [["photographed", row["author"]]], parties)
    return photos


def _photo(key: str, row: dict, *, substitute: str) -> Photo:
    caption_zh, caption_en = row.get("caption_zh", ""), row.get("caption_en", "")
    photo = Photo(
        uid=uid("photo", key),
        caption_zh=caption_zh,
        caption_en=caption_en,
        alt_zh=row.get("alt_zh", caption_zh.removeprefix("演示图片：")),
        alt_en=row.get("alt_en", caption_en.removeprefix("Demo picture: ")),
        licence=row.get("licence", ""),
        licence_url=row.get("licence_url", ""),
        substitute=substitute,
    )
    with (FOLDER / "pictures" / f"{key}.jpg").open("rb") as file:
        photo.image.save(f"{key}.jpg", File(file), save=True)
    return photo


def _credit(photo: Photo, credits: list[list[str]], parties: Keyed) -> None:
    for order, (kind, party) in enumerate(credits, start=1):
        PhotoCredit.objects.create(photo=photo, order=order, kind=kind, party=parties[party])


def load_article(row: dict[str, Any], records: dict[str, Keyed]) -> Article:
    """`records` holds parties, towns, photos, statistics, projects and columns by their keys."""
    article = Article.objects.create(
        slug=row["slug"],
        column=records["columns"][row["column"]],
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        summary_zh=row["summary_zh"],
        summary_en=row["summary_en"],
        publisher=records["parties"][row["publisher"]],
        issued_at=row["issued_at"].astimezone(dt.UTC),
        issued_place_zh=row.get("place_zh", ""),
        issued_place_en=row.get("place_en", ""),
        origin_url=row.get("origin_url", ""),
        lead_photo=records["photos"][row["lead_photo"]],
    )
    article.parties.set([records["parties"][key] for key in row["parties"]])
    for number, block in enumerate(row["blocks"], start=1):
        place = {"parent": article, "region": "main", "ordering": number * 10}
        make = next(make for key, make in _MAKERS.items() if key in block)
        make(block, place, records)
    return article


def load_columns() -> Keyed:
    return {
        row["slug"]: Column.objects.create(
            slug=row["slug"],
            name_zh=row["zh"],
            name_en=row["en"],
            description_zh=row["description_zh"],
            description_en=row["description_en"],
            order=order,
        )
        for order, row in enumerate(read("site.toml")["columns"], start=1)
    }


def _section(block: dict, place: dict, records: dict[str, Keyed]) -> None:
    HeadingBlock.objects.create(
        **place,
        level=HeadingBlock.Level.SECTION,
        town=records["towns"][block["section"]],
        text_zh=block["zh"],
        text_en=block["en"],
    )


def _subheading(block: dict, place: dict, records: dict[str, Keyed]) -> None:
    HeadingBlock.objects.create(
        **place, text_zh=block["subheading_zh"], text_en=block["subheading_en"]
    )


def _text(block: dict, place: dict, records: dict[str, Keyed]) -> None:
    TextBlock.objects.create(**place, html_zh=block["text_zh"], html_en=block["text_en"])


def _photo_block(block: dict, place: dict, records: dict[str, Keyed]) -> None:
    PhotoBlock.objects.create(**place, photo=records["photos"][block["photo"]])


def _ranking(block: dict, place: dict, records: dict[str, Keyed]) -> None:
    edition = RankingEdition.objects.get(year=block["ranking"])
    made = RankingBlock.objects.create(**place, edition=edition)
    made.towns.set([records["towns"][code] for code in block["towns"]])


def _statistics(block: dict, place: dict, records: dict[str, Keyed]) -> None:
    made = StatisticsBlock.objects.create(**place)
    made.statistics.set([records["statistics"][key] for key in block["statistics"]])


def _projects(block: dict, place: dict, records: dict[str, Keyed]) -> None:
    made = ProjectsBlock.objects.create(**place)
    made.projects.set([records["projects"][slug] for slug in block["projects"]])


# Which key of a block in an article's file says what it is.
_MAKERS: dict[str, Callable[[dict, dict, dict[str, Any]], None]] = {
    "section": _section,
    "subheading_zh": _subheading,
    "text_zh": _text,
    "photo": _photo_block,
    "ranking": _ranking,
    "statistics": _statistics,
    "projects": _projects,
}


def load_site(records: dict[str, Keyed]) -> SiteSettings:
    row = dict(read("site.toml")["settings"])
    chosen = {name: row.pop(name) for name in _CHOSEN}
    row["lead_article"] = records["articles"][row["lead_article"]]
    row["region"] = Region.objects.get(code=row["region"])
    site, _made = SiteSettings.objects.update_or_create(pk=SiteSettings.ONLY, defaults=row)
    for name, keys in chosen.items():
        make, field, kind = _CHOSEN[name]
        for order, key in enumerate(keys, start=1):
            make.objects.create(site=site, order=order, **{field: records[kind][key]})
    return site


_CHOSEN: dict[str, tuple[type[Any], str, str]] = {
    "towns": (HomeTown, "town", "towns"),
    "figures": (HomeStatistic, "statistic", "statistics"),
    "projects": (HomeProject, "project", "projects"),
    "photos": (HomePhoto, "photo", "photos"),
}


def load_pages() -> list[Page]:
    return [
        Page.objects.create(slug=slug, order=order, **row)
        for order, (slug, row) in enumerate(read("pages.toml").items(), start=1)
    ]
