import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import records
from towns.documents.cells import cells_of
from towns.documents.difference import joined
from towns.documents.merging import UndecidedError, merge, named_apart, places
from towns.models import Article, Column, TextBlock


@pytest.mark.parametrize(
    ("base", "one", "other", "both"),
    [
        (
            "大沙镇位列第818位，连续三年入选。",
            "大沙镇位列第816位，连续三年入选。",
            "大沙镇位列第818位，连续三年入选；去年为第900位。",
            "大沙镇位列第816位，连续三年入选；去年为第900位。",
        ),
        ("<p>One.</p>", "<p>One.</p><p>Two.</p>", "<p>A.</p>", "<p>A.</p><p>Two.</p>"),
        ("One, two.", "One, two.", "One, three.", "One, three."),
        ("Up 84 places.", "Up 85 places.", "Up 86 places.", None),
        ("One.", "One. Two.", "One. Three.", None),
        ("One.", "One. Two.", "One. Two.", "One. Two."),
    ],
)
def test_two_changes_of_a_text_join_unless_they_touch_one_clause(base, one, other, both):
    assert joined(base, one, other) == both


TEXTS = st.text(alphabet="ab，。<p>/", max_size=12)


@given(base=TEXTS, one=TEXTS, other=TEXTS)
def test_joining_takes_no_side(base, one, other):
    assert joined(base, one, other) == joined(base, other, one)
    assert joined(base, base, other) == other


@pytest.fixture
def article(db) -> Article:
    column = Column.objects.create(slug="news", name_en="News")
    made = Article.objects.create(slug="one", column=column, title_en="One")
    for number in (1, 2, 3):
        place = {"region": "main", "ordering": number * 10}
        TextBlock.objects.create(parent=made, html_en=f"<p>{number}</p>", **place)
    return made


def texts(cells: dict) -> list[str]:
    rows = sorted(cells["rows"]["towns_textblock_set"], key=lambda r: r["columns"]["ordering"])
    return [row["columns"]["html_en"] for row in rows]


def changed(cells: dict, change) -> dict:
    cells = copy.deepcopy(cells)
    change(cells, cells["rows"]["towns_textblock_set"])
    return cells


def _new(rows: list, html: str, after: float) -> None:
    columns = {**rows[0]["columns"], "html_en": html, "ordering": after}
    rows.append({"pk": 1000 + len(rows), "columns": columns, "lists": {}})


def test_blocks_that_both_added_stand_after_what_they_followed(article):
    base = cells_of(article)
    theirs = changed(base, lambda _cells, rows: _new(rows, "theirs", 15))
    mine = named_apart(base, theirs, changed(base, lambda _cells, rows: _new(rows, "mine", 25)))
    mine["rows"]["towns_textblock_set"][-1]["pk"] = -1

    merged = merge(base, theirs, mine, {})

    assert texts(merged) == ["<p>1</p>", "theirs", "<p>2</p>", "mine", "<p>3</p>"]


def test_one_moves_a_block_and_the_other_writes_in_it(article):
    def move_last_first(_cells, rows):
        rows[2]["columns"]["ordering"] = 5

    def write(_cells, rows):
        rows[2]["columns"]["html_en"] = "<p>three</p>"

    base = cells_of(article)

    merged = merge(base, changed(base, move_last_first), changed(base, write), {})

    assert texts(merged) == ["<p>three</p>", "<p>1</p>", "<p>2</p>"]


def test_two_who_move_blocks_otherwise_must_choose(article):
    def last_first(_cells, rows):
        rows[2]["columns"]["ordering"] = 5

    def first_last(_cells, rows):
        rows[0]["columns"]["ordering"] = 35

    base = cells_of(article)
    theirs, mine = changed(base, last_first), changed(base, first_last)

    with pytest.raises(UndecidedError):
        merge(base, theirs, mine, {})
    assert texts(merge(base, theirs, mine, {"|ordering": "mine"})) == [
        "<p>2</p>",
        "<p>3</p>",
        "<p>1</p>",
    ]


def test_what_one_removed_and_nobody_else_touched_goes(article):
    base = cells_of(article)
    theirs = changed(base, lambda _cells, rows: rows.pop(0))
    mine = changed(base, lambda cells, _rows: cells["columns"].update(title_en="Two"))

    merged = merge(base, theirs, mine, {})

    assert (texts(merged), merged["columns"]["title_en"]) == (["<p>2</p>", "<p>3</p>"], "Two")


def test_without_the_base_every_difference_must_be_chosen(db):
    theirs = cells_of(records.town())
    mine = copy.deepcopy(theirs)
    mine["columns"]["name_en"] = "Dasha Town"

    [place] = places(None, theirs, mine)

    assert (place.is_collision, place.usual) == (True, "")
