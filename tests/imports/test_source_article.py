"""The article that this reader was built for, as it stands."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from tests.imports.places import gazetteer
from towns.imports.article import read_article

FILE = Path(__file__).parents[1] / "samples/valid/articles/source-article.en.txt"
PARK = "Sihui Industrial Park Administration Bureau of Zhaoqing High-tech Zone"


@pytest.fixture(scope="module")
def article():
    return read_article(FILE.name, FILE.read_bytes(), gazetteer())


def test_head_is_read(article):
    assert article.title == "Top 1,000 in the country! These four towns in Zhaoqing were selected"
    assert article.publisher == "Released by Zhaoqing"
    assert article.publisher_uid == "肇庆发布"
    assert article.published_at == dt.datetime.fromisoformat("2023-10-20T19:16+08:00")
    assert article.place == "Guangdong"


def test_four_sections_have_their_towns_and_subheadings(article):
    sections = [(section.town_code, len(section.subheadings)) for section in article.sections]

    assert sections == [("441204115", 2), ("441204103", 3), ("441284105", 2), ("441284100", 1)]


def test_thirteen_captions_have_their_credits(article):
    credits = [
        (figure.line, bool(figure.caption), credit.kind, credit.party, credit.known_as)
        for figure in article.figures
        for credit in figure.credits
    ]

    network = "Small and Medium Cities Index Network"
    assert credits == [
        (24, False, "source", network, "中小城市指数网"),
        (39, False, "photographed", "Liang Liang", "梁亮"),
        (52, True, "photographed", "Chen Yancheng", "陈彦成"),
        (61, True, "photographed", "Deng Darong", ""),
        (66, True, "courtesy", "Gao Yao", "高要发布"),
        (75, True, "photographed", "Deng Darong", ""),
        (84, False, "source", "Gaoyao", "高要发布"),
        (91, True, "source", "Gaoyao", "高要发布"),
        (98, False, "source", "Gaoyao", "高要发布"),
        (105, True, "source", "Gaoyao", "高要发布"),
        (125, True, "photographed", "Zhang Liangyan", ""),
        (134, True, "source", "the Fourth Session", "四会发布"),
        (141, False, "courtesy", PARK, ""),
    ]


def test_claims_have_their_towns_numbers_and_lines(article):
    claims = [
        (claim.kind, claim.town_code, claim.value, claim.lines)
        for claim in article.claims
        if claim.kind != "amount"
    ]

    assert claims == [
        ("rank", "441284105", 816, (109,)),
        ("change", "441284105", 84, (109,)),
        ("streak", "441284105", 3, (109, 120)),
        ("rank", "441284100", 990, (131,)),
        ("first_time", "441284100", None, (131, 145)),
    ]
    assert Counter(claim.town_code for claim in article.claims if claim.kind == "amount") == {
        "441204103": 1,
        "441284105": 5,
    }


def test_what_stands_around_it_is_dropped_and_nothing_is_asked(article):
    reasons = [(dropped.line, dropped.reason) for dropped in article.dropped]

    assert reasons == [
        (1, "date"),
        (5, "repeat"),
        (157, "comments"),
        (159, "comments"),
        (162, "comments"),
        (164, "comments"),
    ]
    assert article.questions == ()
