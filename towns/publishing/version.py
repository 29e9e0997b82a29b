"""The number of the site's version, and the lines of the change log that go with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from towns import search
from towns.models import Change, PublicState, SiteVersion


@dataclass(frozen=True)
class News:
    """What one line of the change log says. A removal has no digest."""

    kind: str
    permanent_id: str
    act: str = Change.Act.UPSERTED
    digest: str = ""


def announce_news(news: Sequence[News]) -> int:
    """Raise the version and write a line for each piece of news; return the new number.

    Call it last in the caller's transaction: the row stays locked until commit, which is what
    makes the order of the numbers the order of the commits.
    """
    assert connection.in_atomic_block, "news is announced in the transaction that makes it"
    search.refresh(news)
    last = _raise_by(max(len(news), 1))
    first = last - len(news) + 1
    _hold(news)
    Change.objects.bulk_create(
        Change(
            seq=first + place,
            kind=line.kind,
            permanent_id=line.permanent_id,
            act=line.act,
            digest=line.digest,
        )
        for place, line in enumerate(news)
    )
    return last


def _hold(news: Sequence[News]) -> None:
    for kind in {line.kind for line in news}:
        gone = [line.permanent_id for line in news if line.kind == kind and not line.digest]
        PublicState.objects.filter(kind=kind, permanent_id__in=gone).delete()
    PublicState.objects.bulk_create(
        [
            PublicState(kind=line.kind, permanent_id=line.permanent_id, digest=line.digest)
            for line in news
            if line.digest
        ],
        update_conflicts=True,
        unique_fields=["kind", "permanent_id"],
        update_fields=["digest"],
    )


@transaction.atomic
def _raise_by(count: int) -> int:
    # Both databases lock the row here; Django's ORM has no UPDATE … RETURNING.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE towns_siteversion SET seq = seq + %s WHERE id = %s RETURNING seq",
            [count, SiteVersion.ONLY],
        )
        return cursor.fetchone()[0]
