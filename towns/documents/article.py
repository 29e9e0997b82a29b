"""An article as it is read: every block, with the values of the records it quotes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from content_editor.contents import contents_for_item
from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from towns.documents.photo import describe_photo
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
    Column,
    HeadingBlock,
    Party,
    Photo,
    PhotoBlock,
    Project,
    ProjectsBlock,
    QuotationBlock,
    RankingBlock,
    RankingEdition,
    RankingEntry,
    Statistic,
    StatisticsBlock,
    TextBlock,
    rank_histories,
)

Content = dict[str, Any]
Lists = Mapping[str, Any]


def describe_article(article: Article, *, languages: Sequence[str] = LANGUAGES) -> Content:
    """Only the languages asked for are in it, so drafting one voids nothing of the other."""
    parties = article.parties.order_by("uid")
    blocks = [describe_block(block) for block in fetched(blocks_of(article))]
    return compose_article(article, parties=parties, blocks=blocks, languages=languages)


def compose_article(
    article: Article,
    *,
    parties: Iterable[Party],
    blocks: list[Content],
    languages: Sequence[str] = LANGUAGES,
) -> Content:
    """From its columns, its list and its blocks, which need not be stored yet."""
    column = article.column if article.column_id else Column()
    content = {
        "slug": article.slug,
        "languages": [code for code in LANGUAGES if code in languages],
        "column": {"slug": column.slug, "name": column.names},
        "title": article.titles,
        "summary": both(article.summary_zh, article.summary_en),
        "publisher": refer_party(article.publisher),
        "issued_at": article.issued_at,
        "issued_place": both(article.issued_place_zh, article.issued_place_en),
        "origin_url": article.origin_url,
        "note": article.notes,
        "parties": [refer_party(party) for party in parties],
        "lead_photo": _described_photo(article.lead_photo),
        "blocks": blocks,
    }
    return only_languages(content, languages)


def blocks_of(article: Article) -> list[Any]:
    return list(contents_for_item(article, plugins=BLOCKS).main)


def fetched(blocks: list[Any]) -> list[Any]:
    """The blocks with all that they quote, in a number of queries that does not grow with them.

    A block that is not stored yet has no lists of its own.
    """
    for kind, lookups in _QUOTES.items():
        prefetch_related_objects([one for one in blocks if type(one) is kind], *lookups)
    for kind, lookups in _LISTED.items():
        prefetch_related_objects([one for one in blocks if type(one) is kind and one.pk], *lookups)
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


def describe_block(block: Any, listed: Mapping[str, Any] | None = None) -> Content:
    """`listed` holds the records of its lists, by field, where the block is not stored yet."""
    name, describe = _DESCRIBERS[type(block)]
    if listed is None:
        return {"type": name, **describe(block, _stored_lists(block))}
    prepared = {key: prepare(listed[key]) for key, prepare in _LISTS.items() if key in listed}
    return {"type": name, **describe(block, prepared)}


def _stored_lists(block: Any) -> Lists:
    return {field.name: getattr(block, field.name).all() for field in block._meta.many_to_many}


def _heading(block: HeadingBlock, _listed: Lists) -> Content:
    return {
        "level": block.level,
        "text": block.texts,
        "town": refer_town(block.town) if block.town else None,
    }


def _text(block: TextBlock, _listed: Lists) -> Content:
    return {"html": block.htmls}


def _photo(block: PhotoBlock, _listed: Lists) -> Content:
    return {"photo": {**describe_photo(block.photo), "caption": block.captions}}


def _described_photo(photo: Photo | None) -> Content | None:
    return dict(describe_photo(photo)) if photo else None


def _statistics(_block: StatisticsBlock, listed: Lists) -> Content:
    return {
        "statistics": [
            {
                **describe_statistic(statistic),
                "subject": refer_town(statistic.town) if statistic.town else None,
                "source": refer_source(statistic.source),
            }
            for statistic in listed["statistics"]
        ]
    }


def _ranking(block: RankingBlock, listed: Lists) -> Content:
    edition, towns = block.edition, list(listed["towns"])
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


def _projects(_block: ProjectsBlock, listed: Lists) -> Content:
    return {
        "projects": [
            {
                **describe_project(project),
                "towns": [refer_town(town) for town in project.towns.all()],
                "source": refer_source(project.source),
            }
            for project in listed["projects"]
        ]
    }


def _quotation(block: QuotationBlock, _listed: Lists) -> Content:
    return {
        "text": block.texts,
        "party": refer_party(block.party) if block.party else None,
        "speaker": block.speakers,
    }


def _statistics_of(listed: QuerySet[Statistic]) -> QuerySet[Statistic]:
    return prepare_statistics(listed.order_by("pk"))


def _projects_of(listed: QuerySet[Project]) -> QuerySet[Project]:
    return prepare_projects(listed.order_by("slug"))


# The records that a block lists, in their order and with what is said of them.
_LISTS: dict[str, Callable[[QuerySet], QuerySet]] = {
    "statistics": _statistics_of,
    "projects": _projects_of,
    "towns": lambda towns: towns.select_related("county"),
}

_QUOTES: dict[type, tuple[str | Prefetch, ...]] = {
    HeadingBlock: ("town__county",),
    PhotoBlock: ("photo__credits__party", "photo__towns"),
    RankingBlock: (Prefetch("edition", prepare_editions(RankingEdition.objects.all())),),
    QuotationBlock: ("party",),
}
_LISTED: dict[type, tuple[str | Prefetch, ...]] = {
    StatisticsBlock: (Prefetch("statistics", _statistics_of(Statistic.objects.all())),),
    RankingBlock: ("towns__county",),
    ProjectsBlock: (Prefetch("projects", _projects_of(Project.objects.all())),),
}

_DESCRIBERS: dict[type, tuple[str, Callable[[Any, Lists], Content]]] = {
    HeadingBlock: ("heading", _heading),
    TextBlock: ("text", _text),
    PhotoBlock: ("photo", _photo),
    StatisticsBlock: ("statistics", _statistics),
    RankingBlock: ("ranking", _ranking),
    ProjectsBlock: ("projects", _projects),
    QuotationBlock: ("quotation", _quotation),
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
