import csv
import tomllib
import uuid
from operator import itemgetter
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "fixtures" / "demo"
_NAMESPACE = uuid.UUID("6f6c4f3a-5f0b-5d43-9a43-2b7a54f0c9d1")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_entries() -> list[dict[str, str]]:
    with (FOLDER / "entries.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def read_articles() -> list[dict[str, Any]]:
    """The oldest first, so that whoever publishes them in turn keeps to their order in time."""
    names = [f"articles/{path.name}" for path in (FOLDER / "articles").glob("*.toml")]
    return sorted(map(read, names), key=itemgetter("issued_at"))


def uid(kind: str, key: str) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, f"{kind}/{key}")
