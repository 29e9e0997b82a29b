"""Telling partners and caches what changed in public.

Whatever an act did, directly or by what hangs on it, is found by comparing what is public now with
what the log says: so no kind of record needs a rule of its own for coming and going.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import Model

from towns.documents.kinds import KINDS, Kind, keep_all
from towns.models import (
    Change,
    Column,
    Party,
    Photo,
    Project,
    Publication,
    PublicState,
    Ranking,
    RankingEdition,
    RankingEntry,
    Region,
    SiteSettings,
    SiteVersion,
    Statistic,
    Town,
)
from towns.publishing.version import News, announce_news

# Seen on pages, but no record of the API: they raise the version without a line of the log.
WITHOUT_A_LINE = (SiteSettings, Column)

# By model: whose content holds its permanent id or a name of it, and by which column. Ids that
# nobody can edit are left out. `tests/rules/test_in_step.py` changes every column to find a gap.
SAYING: dict[type[Model], tuple[tuple[type[Model], str], ...]] = {
    Party: ((Photo, "credits__party"),),
    Project: ((Statistic, "project"),),
    Ranking: ((RankingEntry, "edition__ranking"),),
    RankingEdition: ((RankingEntry, "edition"),),
    Region: (
        (Region, "parent"),
        (Town, "county"),
        (RankingEdition, "covered_regions"),
        (Statistic, "region"),
    ),
    Town: (
        (Town, "successor"),
        (RankingEntry, "town"),
        (Project, "towns"),
        (Statistic, "town"),
        (Photo, "towns"),
    ),
}


@transaction.atomic
def announce(touched: Sequence[Model] = (), *, corrected: Collection[Model] = ()) -> int | None:
    """Write a line for all that came, went or now reads otherwise; return the new version.

    Only the `touched` records are read again, with those whose content says something of them;
    what came and went is found without being told. Returns None where the public sees no
    difference.
    Call it last: the row of the version is locked from here until commit, and before anything is
    compared, or two acts at once could each miss what the other does.
    """
    SiteVersion.objects.select_for_update().get(pk=SiteVersion.ONLY)
    news = [*_article_news(corrected), *_record_news(touched, corrected)]
    if news or any(is_seen_by_public(record) for record in touched):
        return announce_news(news)
    return None


def is_seen_by_public(record: Model) -> bool:
    if isinstance(record, WITHOUT_A_LINE):
        return True
    queryset = type(record).objects
    return hasattr(queryset, "public") and queryset.public().filter(pk=record.pk).exists()


def _article_news(corrected: Collection[Model]) -> Iterable[News]:
    current = dict(Publication.objects.public().values_list("slug", "document_id"))
    held = _held("article")
    yield from _removals("article", held.keys() - current.keys())
    slugs = {record.slug for record in corrected if isinstance(record, Publication)}
    for slug, digest in current.items():
        if held.get(slug) != digest:
            yield News("article", slug, _act(slug in slugs), digest)


def _record_news(touched: Sequence[Model], corrected: Collection[Model]) -> Iterable[News]:
    again = _to_be_read_again([*touched, *corrected])
    for kind in KINDS:
        held = _held(kind.name)
        public = kind.permanent_ids(kind.model.objects.public())
        yield from _removals(kind.name, held.keys() - public.keys())
        keys = {pk for identity, pk in public.items() if identity not in held}
        keys |= again.get(kind.model, set())
        yield from _upserts(kind, keys & set(public.values()), held, _keys(kind, corrected))


def _upserts(
    kind: Kind, keys: set[int], held: dict[str, str], corrected: set[int]
) -> Iterable[News]:
    if not keys:
        return
    records = list(kind.prepare(kind.model.objects.filter(pk__in=keys).order_by("pk")))
    digests = keep_all(kind, records)
    for record in records:
        digest = digests[record.permanent_id]
        if held.get(record.permanent_id) != digest:
            act = _act(record.pk in corrected)
            yield News(kind.name, record.permanent_id, act, digest)


def _removals(kind: str, gone: Iterable[str]) -> Iterable[News]:
    return (News(kind, identity, Change.Act.REMOVED) for identity in sorted(gone))


def _held(kind: str) -> dict[str, str]:
    return dict(PublicState.objects.filter(kind=kind).values_list("permanent_id", "digest"))


def _keys(kind: Kind, records: Iterable[Model]) -> set[int]:
    return {record.pk for record in records if isinstance(record, kind.model)}


def _act(is_correction: bool) -> str:  # noqa: FBT001 - one word for one of two acts
    return Change.Act.CORRECTED if is_correction else Change.Act.UPSERTED


def _to_be_read_again(records: Iterable[Model]) -> dict[type[Model], set[int]]:
    """The keys of these records, and of those that say something of them, by model."""
    keys: dict[type[Model], set[int]] = {}
    for record in records:
        keys.setdefault(type(record), set()).add(record.pk)
    again = {model: set(found) for model, found in keys.items()}
    for model, found in keys.items():
        for other, lookup in SAYING.get(model, ()):
            naming = other.objects.filter(**{f"{lookup}__in": found}).order_by()
            again.setdefault(other, set()).update(naming.values_list("pk", flat=True))
    return again
