"""What was public at a number of the log: for partners to reconcile their copy against."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from towns.models import Change


@dataclass(frozen=True)
class KindState:
    """How many things of a kind were public, and one digest over all of theirs."""

    kind: str
    count: int
    digest: str


def state_at(seq: int) -> list[KindState]:
    """Kinds in alphabetical order; a kind of which nothing is public is absent."""
    newest = Change.objects.filter(seq__lte=seq).values("kind", "permanent_id")
    last = newest.annotate(last=Max("seq")).values("last")
    lines = Change.objects.filter(seq__in=last).exclude(act=Change.Act.REMOVED)
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for kind, permanent_id, digest in lines.values_list("kind", "permanent_id", "digest"):
        by_kind.setdefault(kind, []).append((permanent_id, digest))
    return [KindState(kind, len(held), digest_over(held)) for kind, held in sorted(by_kind.items())]


def digest_over(held: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over a line `<id> <digest>` for each, sorted by id, each ended by a line feed."""
    lines = "".join(f"{identity} {digest}\n" for identity, digest in sorted(held))
    return hashlib.sha256(lines.encode()).hexdigest()
