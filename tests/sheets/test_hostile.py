"""Hostile and mistaken files end in a sentence, within the memory of a small server."""

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheets.hostile import HOSTILE
from tests.sheets.workbooks import HEADERS, book, packed, parts, row, sheet, workbook
from towns.sheets.reading import RefusedError, Table, read_table

ROOT = Path(__file__).parents[2]


def measured(folder):
    """By file name: by how many MB the process grew, how many it had in all, and what it said."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.sheets.measure", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    lines = (line.split("\t") for line in ran.stdout.splitlines())
    return {name: (int(grown), int(most), said) for name, grown, most, said in lines}


def test_every_hostile_file_ends_in_a_sentence_within_its_memory(tmp_path):
    folder = tmp_path / "hostile"
    folder.mkdir()
    cases = {}
    for number, (case, (name, make, _sentence)) in enumerate(HOSTILE.items()):
        cases[f"{number:02}-{name}"] = case
        (folder / f"{number:02}-{name}").write_bytes(make())

    results = {cases[name]: result for name, result in measured(folder).items()}

    assert {case: said for case, (_grown, _most, said) in results.items()} == {
        case: sentence for case, (_name, _make, sentence) in HOSTILE.items()
    }
    assert {case: most for case, (_grown, most, _said) in results.items() if most > 200} == {}


def test_fifty_thousand_rows_fit_into_little_memory(tmp_path):
    (tmp_path / "large").mkdir()
    rows = "".join(row(number, *(f"{n}{number}" for n in range(8))) for number in range(2, 50_002))
    (tmp_path / "large" / "a.xlsx").write_bytes(workbook(sheet(row(1, "名次", "镇", "县") + rows)))

    _grown, most, said = measured(tmp_path / "large")["a.xlsx"]

    assert said == "50000 rows"
    assert most < 300


def check(name, data):
    try:
        table = read_table(name, data, HEADERS)
    except RefusedError:
        pass
    else:
        assert isinstance(table, Table)
        assert len(list(table.rows)) == len(table.rows)


PIECES = (
    "名次", "镇", "Rank", "Town", "投资额（万元）", ",", "\t", ";", "\n", "\r\n", "\r", '"',
    "金利镇", "４８５", "3.2亿", "注：", "合计", "#REF!",
    "\u3000", "\ufeff", "\0", "=1+1", "'", "0", "批注",
)  # fmt: skip
TAGS = (
    "<row>", '<row r="3" hidden="1">', "</row>", "<c>", '<c r="A1">', '<c r="B2" t="e">',
    '<c r="C9" t="s" s="1">', '<c r="A1048576"/>', "</c>", "<v>", "</v>", "<f>", "</f>", "1", "-1",
    "1e400", "NaN", "<is><t>镇</t></is>", "&lt;", "<!-- -->", "<![CDATA[<c>]]>", "名次",
)  # fmt: skip


@given(st.sampled_from(("a", "a.csv", "a.xlsx")), st.binary(max_size=400))
def test_any_bytes(name, data):
    check(name, data)


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(("utf-8", "gb18030")))
@settings(max_examples=200)
def test_any_text(pieces, encoding):
    check("a.csv", "".join(["名次,镇\n", *pieces]).encode(encoding, "replace"))


@given(st.lists(st.sampled_from(TAGS), max_size=20))
@settings(max_examples=200)
def test_any_sheet(tags):
    check("a.xlsx", packed(parts(sheet(row(1, "名次", "镇") + "".join(tags)))))


WHOLE = book(lambda page, _made: page.write_row(0, 0, ["名次", "镇", 1, 2.5, True]))


@given(st.integers(0, len(WHOLE) - 1))
def test_any_workbook_cut_or_changed_anywhere(place):
    check("a.xlsx", WHOLE[:place])
    check("a.xlsx", WHOLE[:place] + bytes([WHOLE[place] ^ 0xFF]) + WHOLE[place + 1 :])


@given(st.sampled_from(sorted(parts())), st.binary(max_size=200))
def test_any_part(name, content):
    check("a.xlsx", packed(parts() | {name: content}))
