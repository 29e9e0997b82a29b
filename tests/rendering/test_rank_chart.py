import pytest

from towns.models import RankHistory, Ranking, RankingEntry, Standing, Town, YearPlace
from towns.rendering.rank_chart import rank_chart, ruler_place, strip_path


def history(*places):
    """A number is a rank; None is not known, "-" not listed, "+" listed without a rank."""
    standings = {None: Standing.UNKNOWN, "-": Standing.NOT_LISTED, "+": Standing.LISTED}
    years = [
        YearPlace(year, Standing.RANKED, RankingEntry(rank=place))
        if isinstance(place, int)
        else YearPlace(year, standings[place], RankingEntry() if place == "+" else None)
        for year, place in enumerate(places, start=2019)
    ]
    return RankHistory(Ranking(), Town(), tuple(years))


def test_better_ranks_stand_higher():
    chart = rank_chart(history(887, None, 890, None, 816, None, 794))

    heights = {column.rank: float(column.y.rstrip("%")) for column in chart.columns if column.rank}
    assert heights[794] < heights[816] < heights[887] < heights[890]


def test_axis_has_round_ranks_around_those_on_record():
    chart = rank_chart(history(887, None, 890, None, 816, None, 794))

    assert [tick.rank for tick in chart.ticks] == [780, 800, 820, 840, 860, 880, 900]
    assert chart.span == (780, 900)


def test_axis_never_names_a_rank_before_the_first():
    chart = rank_chart(history(1, 40))

    assert [tick.rank for tick in chart.ticks] == [1, 10, 20, 30, 40]


def test_one_rank_gets_an_axis_around_it():
    chart = rank_chart(history(485))

    assert chart.span == (485, 505)
    assert chart.columns[0].y == "14%"


def test_axis_names_no_rank_beyond_the_end_of_the_list():
    chart = rank_chart(history(999), size=1000)

    assert chart.span == (980, 1000)


def test_gap_has_no_height():
    chart = rank_chart(history(887, None, "-", "+", 790))

    assert [bool(column.y) for column in chart.columns] == [True, False, False, False, True]


def test_standing_without_a_rank_gets_a_lane_of_its_own():
    assert rank_chart(history(887, 890)).lane == ""
    assert rank_chart(history(887, "-")).lane == "76%"


def test_columns_fill_the_width_side_by_side():
    chart = rank_chart(history(887, None, 890, None))

    assert [column.x for column in chart.columns] == ["20.38%", "43.12%", "65.88%", "88.62%"]


def test_best_is_the_newest_of_equal_ranks():
    chart = rank_chart(history(800, 900, 800))

    assert chart.best.year == 2021


def test_history_without_a_rank_has_no_axis():
    chart = rank_chart(history("+", None, "-"))

    assert (chart.ticks, chart.best, chart.span) == ((), None, None)


def test_long_history_writes_out_few_years_with_the_newest_among_them():
    chart = rank_chart(history(*[900] * 21))

    dated = [column.year for column in chart.columns if column.is_dated]
    assert dated == [2021, 2024, 2027, 2030, 2033, 2036, 2039]
    assert not chart.has_room_for_words


@pytest.mark.parametrize(
    ("rank", "place"), [(1, "0%"), (1000, "100%"), (500, "49.95%"), (1200, "100%")]
)
def test_ruler_runs_from_the_first_to_the_last(rank, place):
    assert ruler_place(rank, 1000) == place


def test_strip_melts_neighbours_and_leaves_gaps():
    assert strip_path([1, 5, 9, 1000], 1000) == "M0 0h3v10H0zM249 0h1v10H249z"


def test_strip_of_a_whole_list_is_one_field():
    assert strip_path(range(1, 1001), 1000) == "M0 0h250v10H0z"


def test_strip_of_a_short_list_leaves_no_holes():
    assert strip_path(range(1, 101), 100) == "M0 0h250v10H0z"
