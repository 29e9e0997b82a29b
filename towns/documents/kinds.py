"""Every kind of record that has a place in the API and in the change log."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from towns.documents import page, party, photo, place, project, ranking, statistic
from towns.documents.canonical import canonical_bytes, digest_of
from towns.models import (
    Document,
    Page,
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


@dataclass(frozen=True)
class Kind:
    """How records of one kind are fetched (in a bounded number of queries) and described.

    `key` is the column of the permanent id; an edition's is made of two.
    """

    name: str
    model: type[Model]
    key: str
    prepare: Callable[[QuerySet], QuerySet]
    describe: Callable[[Any], Mapping[str, Any]]

    def digest(self, record: Model) -> str:
        return digest_of(canonical_bytes(self.name, self.describe(record)))

    def permanent_ids(self, records: QuerySet) -> dict[str, int]:
        """The primary keys by permanent id, in one query."""
        columns = self.key.split("+")
        rows = records.order_by().values_list("pk", *columns)
        return {"-".join(map(str, values)): pk for pk, *values in rows}


KINDS = (
    Kind("region", Region, "code", place.prepare_regions, place.describe_region),
    Kind("town", Town, "code", place.prepare_towns, place.describe_town),
    Kind("party", Party, "uid", party.prepare_parties, party.describe_party),
    Kind("source", Source, "uid", party.prepare_sources, party.describe_source),
    Kind("ranking", Ranking, "slug", ranking.prepare_rankings, ranking.describe_ranking),
    Kind(
        "ranking-edition",
        RankingEdition,
        "ranking__slug+year",
        ranking.prepare_editions,
        ranking.describe_edition,
    ),
    Kind("ranking-entry", RankingEntry, "uid", ranking.prepare_entries, ranking.describe_entry),
    Kind("project", Project, "slug", project.prepare_projects, project.describe_project),
    Kind("statistic", Statistic, "uid", statistic.prepare_statistics, statistic.describe_statistic),
    Kind("photo", Photo, "uid", photo.prepare_photos, photo.describe_photo),
    Kind("page", Page, "slug", page.prepare_pages, page.describe_page),
)


def kind_of(model: type[Model]) -> Kind:
    """Raises LookupError for a model that the public does not read as such."""
    for kind in KINDS:
        if kind.model is model:
            return kind
    raise LookupError(model.__name__)


def keep_all(kind: Kind, records: Iterable[Any]) -> dict[str, str]:
    """Keep the Documents of many records of a kind; their digests by permanent id."""
    bodies = {
        record.permanent_id: canonical_bytes(kind.name, kind.describe(record)) for record in records
    }
    digests = {identity: digest_of(body) for identity, body in bodies.items()}
    Document.objects.bulk_create(
        (
            Document(digest=digests[identity], kind=kind.name, body=body.decode())
            for identity, body in bodies.items()
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    return digests


def keep(name: str, content: Mapping[str, Any]) -> Document:
    """The Document of this content, stored once however often it is kept."""
    body = canonical_bytes(name, content)
    document, _created = Document.objects.get_or_create(
        digest=digest_of(body), defaults={"kind": name, "body": body.decode()}
    )
    return document
