"""`docs/review.md` names every act; what `docs/api.md` shows partners works."""

import io
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import records
from towns.models import TrailEntry

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("act", TrailEntry.Act.values)
def test_the_document_names_every_act_of_the_trail(act):
    assert f"`{act}`" in (DOCS / "review.md").read_text(encoding="utf-8")


def test_every_decision_is_in_the_list():
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")

    for path in (DOCS / "decisions").glob("0*.md"):
        assert f"({path.name})" in listed


def _example(heading: str) -> str:
    section = (DOCS / "api.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1]
    lines = section.split("\n## ")[0].splitlines()
    return "\n".join(line[4:] for line in lines if line.startswith("    ") or not line.strip())


@pytest.mark.parametrize("heading", ["Reconciling", "Recomputing a digest"])
def test_the_example_for_partners_works(db, client, monkeypatch, heading):
    dasha, other = records.town(), records.town("441284106", name_en="Other")
    records.public_edition(records.ranking(), 2023, {dasha: 1, other: 2})

    def urlopen(address: str) -> io.BytesIO:
        parts = urlsplit(address)
        return io.BytesIO(client.get(f"{parts.path}?{parts.query}").content)

    monkeypatch.setattr("urllib.request.urlopen", urlopen)

    exec(_example(heading), {})  # noqa: S102 - the documentation's own example
