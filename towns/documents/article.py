"""An article as it is read: every block, with the values of the records it quotes."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from content_editor.contents import contents_for_item
from django.db.models import Prefetch, prefetch_related_objects

from towns.documents.photo import describe_photo, prepare_photos
from towns.documents.project import describe_project, prepare_projects
from towns.documents.ranking import (
    describe_claim,
    describe_edition,
    describe_entry,
    prepare_editions,
)
from towns.documents.references import refer_party, refer_source, refer_town
from towns.documents.statistic import describe_statistic, prepare_statistics
from towns.language.bilingual import LANGUAGES, both
from towns.models import (
    BLOCKS,
    Article,
    HeadingBlock,
    Photo,
    PhotoBlock,
    Project,
    ProjectsBlock,
    RankingBlock,
    RankingEdition,
    RankingEntry,
    Statistic,
    StatisticsBlock,
    TextBlock,
    rank_histories,
)

Content = dict[str, Any]


def describe_article(article: Article, *, languages: Sequence[str] = LANGUAGES) -> Content:
    """Only the languages asked for are in it, so drafting one voids nothing of the other."""
    content = {
        "slug": article.slug,
        "languages": [code for code in LANGUAGES if code in languages],
        "column": {"slug": article.column.slug, "name": article.column.names},
        "title": article.titles,
        "summary": both(article.summary_zh, article.summary_en),
        "publisher": refer_party(article.publisher),
        "issued_at": article.issued_at,
        "issued_place": both(article.issued_place_zh, article.issued_place_en),
        "origin_url": article.origin_url,
        "note": article.notes,
        "parties": [refer_party(party) for party in article.parties.order_by("uid")],
        "lead_photo": _lead_photo(article.lead_photo_id),
        "blocks": [_describe_block(block) for block in _with_records(blocks_of(article))],
    }
    return only_languages(content, languages)


def blocks_of(article: Article) -> list[Any]:
    return list(contents_for_item(article, plugins=BLOCKS).main)


def _with_records(blocks: list[Any]) -> list[Any]:
    """The blocks with all that they quote, in a number of queries that does not grow with them."""
    for kind, lookups in _QUOTES.items():
        prefetch_related_objects([block for block in blocks if type(block) is kind], *lookups)
    return blocks


# Type of block → the list in it, and the key by which it names a record of that kind.
QUOTED = {
    "ranking-entry": ("ranking", "entries", "id"),
    "project": ("projects", "projects", "slug"),
    "statistic": ("statistics", "statistics", "id"),
}


def quoted(content: Content, kind: str, permanent_id: str) -> tuple[Content, Content] | None:
    """The first block that quotes this record, and the record as the block froze it."""
    block_type, name, key = QUOTED[kind]
    for block in content["blocks"]:
        for item in block[name] if block["type"] == block_type else ():
            if item[key] == permanent_id:
                return block, item
    return None


def sections(content: Content) -> Iterable[tuple[Content | None, list[Content]]]:
    """The blocks by section: each section's heading (None before the first) with its blocks."""
    heading, inside = None, []
    for block in content["blocks"]:
        if block["type"] == "heading" and block["level"] == HeadingBlock.Level.SECTION:
            yield heading, inside
            heading, inside = block, []
        else:
            inside.append(block)
    yield heading, inside


def _describe_block(block: Any) -> Content:
    name, describe = _DESCRIBERS[type(block)]
    return {"type": name, **describe(block)}


def _heading(block: HeadingBlock) -> Content:
    return {
        "level": block.level,
        "text": block.texts,
        "town": refer_town(block.town) if block.town else None,
    }


def _text(block: TextBlock) -> Content:
    return {"html": block.htmls}


def _photo(block: PhotoBlock) -> Content:
    return {"photo": {**describe_photo(block.photo), "caption": block.captions}}


def _lead_photo(pk: int | None) -> Content | None:
    photo = prepare_photos(Photo.objects.filter(pk=pk)).first() if pk else None
    return dict(describe_photo(photo)) if photo else None


def _statistics(block: StatisticsBlock) -> Content:
    return {
        "statistics": [
            {
                **describe_statistic(statistic),
                "subject": refer_town(statistic.town) if statistic.town else None,
                "source": refer_source(statistic.source),
            }
            for statistic in block.statistics.all()
        ]
    }


def _ranking(block: RankingBlock) -> Content:
    edition, towns = block.edition, list(block.towns.all())
    entries = (
        edition.entries.filter(town__in=towns)
        .select_related("town__county", "edition__ranking", "source__publisher")
        .prefetch_related("claims__source__publisher")
        .by_rank()
    )
    histories = rank_histories(edition.ranking, towns)
    return {
        "edition": {
            **describe_edition(edition),
            "name": edition.ranking.names,
            "source": refer_source(edition.source),
        },
        "entries": [_entry(entry, histories) for entry in entries],
    }


def _entry(entry: RankingEntry, histories: dict) -> Content:
    history, year = histories[entry.town_id], entry.edition.year
    return {
        **describe_entry(entry),
        "town": refer_town(entry.town),
        "source": refer_source(entry.source),
        "claims": [
            {**describe_claim(claim), "source": refer_source(claim.source)}
            for claim in entry.claims.all()
        ],
        "change": history.change(year),
        "streak": history.streak(year),
        "is_first_time": history.first_time(year),
    }


def _projects(block: ProjectsBlock) -> Content:
    return {
        "projects": [
            {
                **describe_project(project),
                "towns": [refer_town(town) for town in project.towns.all()],
                "source": refer_source(project.source),
            }
            for project in block.projects.all()
        ]
    }


_QUOTES: dict[type, tuple[str | Prefetch, ...]] = {
    HeadingBlock: ("town__county",),
    PhotoBlock: ("photo__credits__party", "photo__towns"),
    StatisticsBlock: (
        Prefetch("statistics", prepare_statistics(Statistic.objects.order_by("pk"))),
    ),
    RankingBlock: (
        Prefetch("edition", prepare_editions(RankingEdition.objects.all())),
        "towns__county",
    ),
    ProjectsBlock: (Prefetch("projects", prepare_projects(Project.objects.order_by("slug"))),),
}

_DESCRIBERS: dict[type, tuple[str, Callable[[Any], Content]]] = {
    HeadingBlock: ("heading", _heading),
    TextBlock: ("text", _text),
    PhotoBlock: ("photo", _photo),
    StatisticsBlock: ("statistics", _statistics),
    RankingBlock: ("ranking", _ranking),
    ProjectsBlock: ("projects", _projects),
}


def in_languages(content: Content, languages: Sequence[str]) -> Content:
    """What an article's content would be, had only these of its languages been asked for."""
    kept = [code for code in content["languages"] if code in languages]
    return {**only_languages(content, kept), "languages": kept}


_NAMES_STAY = ("name", "column", "parties")


def only_languages(value: Any, languages: Sequence[str]) -> Any:
    """The value without the texts of other languages; names of records keep both."""
    if isinstance(value, dict):
        return {
            key: item if key in _NAMES_STAY else only_languages(item, languages)
            for key, item in value.items()
            if key not in LANGUAGES or key in languages
        }
    if isinstance(value, list):
        return [only_languages(item, languages) for item in value]
    return value
