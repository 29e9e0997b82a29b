"""Whether partners are in step: what is public, what the log says, and what its replay gives."""

from towns.documents.kinds import KINDS
from towns.documents.state import digest_over
from towns.models import Change, Publication, PublicState

State = dict[tuple[str, str], str]


def public_now() -> State:
    """The digest of everything that the API shows, described anew."""
    articles = Publication.objects.public().values_list("slug", "document_id")
    state = {("article", slug): digest for slug, digest in articles}
    for kind in KINDS:
        for record in kind.prepare(kind.model.objects.public()):
            state[kind.name, record.permanent_id] = kind.digest(record)
    return state


def said() -> State:
    rows = PublicState.objects.values_list("kind", "permanent_id", "digest")
    return {(kind, identity): digest for kind, identity, digest in rows}


def replayed(lines: list[dict]) -> State:
    """What a partner holds who did what each line of `/api/v1/changes/` says."""
    state: State = {}
    for line in lines:
        if line["act"] == Change.Act.REMOVED:
            del state[line["kind"], line["id"]]
        else:
            state[line["kind"], line["id"]] = line["digest"]
    return state


def lines_after(number: int) -> list[dict]:
    """As `/api/v1/changes/?after=` gives them, without the web."""
    lines = Change.objects.filter(seq__gt=number).order_by("seq")
    return [
        {"seq": line.seq, "kind": line.kind, "id": line.permanent_id}
        | {"act": line.act, "digest": line.digest}
        for line in lines
    ]


def by_kind(state: State) -> dict[str, dict]:
    """What `/api/v1/digest/` says of it."""
    held: dict[str, list[tuple[str, str]]] = {}
    for (kind, identity), digest in state.items():
        held.setdefault(kind, []).append((identity, digest))
    return {
        kind: {"count": len(pairs), "digest": digest_over(pairs)} for kind, pairs in held.items()
    }


def differences(one: State, other: State) -> list[tuple[str, str]]:
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
