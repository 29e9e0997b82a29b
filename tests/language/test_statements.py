from decimal import Decimal

import pytest

from towns.language.numerals import amounts, number
from towns.language.script import fold, is_traditional
from towns.language.sentences import is_closed, sentences
from towns.language.statements import statements


@pytest.mark.parametrize(
    ("text", "value"),
    [("816", 816), ("1,000", 1000), ("816th", 816), ("三", 3), ("八百一十六", 816),
     ("一千零五", 1005), ("十二", 12), ("两", 2), ("three", 3), ("Third", 3), ("", None),
     ("x", None)],
)  # fmt: skip
def test_number_reads_both_languages(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("总产值164.38亿元，投资约312.8亿元。",
         [("16438000000", "exact"), ("31280000000", "about")]),
        ("收入突破20万元，总收入超1000万元。", [("200000", "over"), ("10000000", "over")]),
        ("一百万元以上", [("1000000", "over")]),
        ("3亿多元", [("300000000", "over")]),
        ("超亿元项目2个，投资超1亿元项目3个，3亿美元", []),
        ("16.438 billion yuan and over 50 billion yuan",
         [("16438000000", "exact"), ("50000000000", "over")]),
        ("2 projects exceeding 100 million yuan", []),
        ("20 million dollars", []),
    ],
)  # fmt: skip
def test_amounts_are_in_yuan_with_their_qualifier(text, found):
    expected = [(Decimal(value), qualifier) for value, qualifier in found]

    assert [(amount.value, amount.qualifier) for amount in amounts(fold(text))] == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("位列榜单第816位，较上年上升84位，连续三年入选千强镇。",
         [("rank", 816), ("change", 84), ("streak", 3)]),
        ("首次躋身全國千強鎮，排名第九百九十位。", [("rank", 990), ("first_time", None)]),
        ("千强镇中排名下滑12个位次", [("change", -12)]),
        ("分别位列千强镇榜第816、990位", [("rank", 816), ("rank", 990)]),
        ("位列2023年千强镇第一方阵", []),
        ("It ranked 816th on the list, an increase of 84 places.", [("rank", 816), ("change", 84)]),
        ("On the list it fell 3 places, in its third consecutive year.",
         [("change", -3), ("streak", 3)]),
        ("It entered the list for the first time, in 990th place.",
         [("rank", 990), ("first_time", None)]),
        ("For the first time, companies went to the fair.", []),
        ("The town is ranked among the top 100 towns.", []),
    ],
)  # fmt: skip
def test_statements_of_a_sentence(text, found):
    assert [(one.kind, one.value) for one in statements(fold(text))] == found


def test_sentences_end_where_they_end():
    said = list(sentences("Made by Foo Co. Ltd. It is No. 2. 好！真的？“是。”他说。"))

    assert said == ["Made by Foo Co. Ltd.", "It is No. 2.", "好！", "真的？", "“是。”", "他说。"]
    assert is_closed("好。”")
    assert not is_closed("产业领跑")


def test_traditional_text_is_compared_in_simplified_form():
    assert fold("肇慶發佈：圖源｜高要發布　Ａ") == "肇庆发布:图源|高要发布 A"
    assert is_traditional("龍甫鎮位於綏江中游")
    assert not is_traditional("龙甫镇位于绥江中游")
