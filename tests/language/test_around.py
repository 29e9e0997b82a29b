"""Datelines, sign-offs and furniture: the lines that stand around the text."""

import datetime as dt

import pytest

from towns.language.datelines import read_dateline
from towns.language.furniture import furniture
from towns.language.signoffs import read_signoffs

EVENING = dt.datetime.fromisoformat("2023-10-20T19:16+08:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Released by Zhaoqing 2023-10-20 19:16 Published in Guangdong",
         ("Released by Zhaoqing", EVENING, "Guangdong")),
        ("肇庆发布 2023-10-20 19:16 发表于广东", ("肇庆发布", EVENING, "广东")),
        ("原创 肇慶發布 2023年10月20日 19:16 廣東", ("肇慶發布", EVENING, "廣東")),
        ("来源：南方日报　发布时间：2023年10月20日 19:16", ("南方日报", EVENING, "")),
        ("2023-10-20 19:16 来源：南方日报", ("南方日报", EVENING, "")),
        ("Friday, October 20, 2023", ("", dt.date(2023, 10, 20), "")),
        ("20 October 2023", ("", dt.date(2023, 10, 20), "")),
    ],
)  # fmt: skip
def test_dateline_gives_publisher_time_and_place(text, expected):
    said = read_dateline(text)

    assert (said.publisher, said.at, said.place) == expected


@pytest.mark.parametrize("text", ["2023年1月，产值16亿元", "2023-13-41", "金利镇", ""])
def test_other_lines_are_no_datelines(text):
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("记者 张苑卉 通讯员 彭达明", [("reporter", ("张苑卉",)), ("correspondent", ("彭达明",))]),
        ("编辑｜王五 校对｜赵六", [("editor", ("王五",)), ("proofreader", ("赵六",))]),
        ("初审：张三 復審：李四 終審：王五",
         [("first_review", ("张三",)), ("second_review", ("李四",)), ("final_review", ("王五",))]),
        ("文/图 张三 李四", [("text_and_photos", ("张三", "李四"))]),
        ("By Anna Li and Bo Wang", [("author", ("Anna Li", "Bo Wang"))]),
        ("来源：肇庆发布", [("source", ("肇庆发布",))]),
        ("记者 走进金利镇 看变化", []),
        ("编辑部的故事", []),
    ],
)  # fmt: skip
def test_signoffs_give_roles_and_names(text, signed):
    assert [(one.role, one.names) for one in read_signoffs(text)] == signed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Post a Comment", "comments"),
        ("長按識別二維碼關注我們", "prompt"),
        ("点赞 在看", "prompt"),
        ("- END -", "divider"),
        ("↓↓↓", "divider"),
        ("往期回顾", "related"),
        ("Home", "navigation"),
        ("金利镇", ""),
        ("816", ""),
        ("文章点击量超过一万次，这座小镇因此被更多的人知道了。", ""),
    ],
)
def test_furniture_is_known_by_whole_lines(text, reason):
    assert furniture(text) == reason
