import pytest

from towns.rendering.ruler import LABEL_ROWS, ruler


def town(name):
    return {"zh-hans": "某某镇", "en": name}


def test_labels_that_would_touch_are_raised():
    made = ruler([(794, town("Dasha")), (485, town("Jinli")), (945, town("Longfu"))], 1000)

    assert [(label.ranks, label.row) for label in made.labels] == [
        ("485", 0),
        ("794", 0),
        ("945", 1),
    ]
    assert [label.anchor for label in made.labels] == ["middle", "middle", "end"]


def test_a_crowd_shares_one_label():
    made = ruler([(rank, town("T")) for rank in (920, 945, 952, 990)], 1000)

    assert [label.ranks for label in made.labels] == ["920–990"]
    assert made.labels[0].name is None
    assert len(made.marks) == 4


def test_a_town_without_a_rank_has_no_place():
    made = ruler([(None, town("Jinli"))], 1000)

    assert (made.marks, made.labels, made.rows) == ((), (), 1)


@pytest.mark.parametrize("count", [1, 2, 50, 1000])
def test_there_are_never_more_rows_than_there_is_room_for(count):
    made = ruler([(rank * 20 % 1000 + 1, town("Town")) for rank in range(count)], 1000)

    assert made.rows <= LABEL_ROWS
