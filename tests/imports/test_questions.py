"""What is doubtful is asked; what a neighbour of it answers is not."""

import pytest

from tests.imports.places import gazetteer
from towns.imports.article import read_article
from towns.imports.gazetteer import Gazetteer


def read(text, name="a.txt"):
    return read_article(name, text.encode(), gazetteer())


def asked(text):
    return [(question.kind, question.lines) for question in read(text).questions]


def page(inside):
    return f'<h1 id="activity-name">题目</h1><div id="js_content">{inside}</div>'


def test_town_with_four_namesakes_is_asked_once_with_its_counties():
    article = read("大沙镇上榜\n\n大沙镇位列全国千强镇第816位。\n\n大沙镇很高兴。")

    (question,) = article.questions
    assert question.text == (
        "Which 大沙镇 is meant? 4 towns have this name, and nothing says which."
    )
    assert question.choices[2].value == "441284105"
    assert question.choices[2].label == "Dasha · Sihui · Zhaoqing (441284105)"
    assert article.claims[0].town_code is None


@pytest.mark.parametrize(
    "text",
    [
        "题目\n\n四会市大沙镇上榜了。大沙镇位列全国千强镇第816位。",
        "题目\n\n四会大沙镇位列全国千强镇第816位。",
        "题目\n\n四会市最近很热闹。\n\n大沙镇位列全国千强镇第816位。",
        "肇庆发布：四镇上榜\n\n肇庆市大沙镇位列全国千强镇第816位。",
        "题目\n\n四會市大沙鎮位列全國千強鎮第816位。",
        "Title\n\nDasha Town in Sihui ranked 816th on the list.",
        "Title\n\nSihui City-Dasha Town\n\nDasha Town ranked 816th on the list.",
        "Title\n\nDasha Town, Sihui City\n\nThe town ranked 816th on the list.",
    ],
)
def test_county_beside_or_before_a_town_answers_which(text):
    article = read(text)

    assert [claim.town_code for claim in article.claims] == ["441284105"]
    assert article.questions == ()


def test_heading_of_an_unknown_town_is_asked():
    assert asked("题目\n\n高要区-金龙镇\n\n正文。") == [("unknown_town", (3,))]


def test_heading_of_a_town_in_another_county_offers_those_of_its_name():
    article = read("题目\n\n高要区-大沙镇\n\n正文。")

    assert [section.town_code for section in article.sections] == [None]
    assert "441284105" in [choice.value for choice in article.questions[0].choices]


@pytest.mark.parametrize(
    ("inside", "kinds"),
    [
        ("<img src=a><p>△甲。梁亮 摄</p>", []),
        ("<img src=a><p>甲。梁亮 摄</p>", []),
        ("<img src=a><p>△甲。</p><p>梁亮 摄</p>", []),
        ("<img src=a><img src=b><p>△梁亮 摄</p>", []),
        ("<p>▼甲。</p><img src=a><p>正文。</p>", []),
        ("<img src=a><figcaption>甲</figcaption>", []),
        ("<img src=a><p>甲乙丙</p><p>正文在这里，比较长。</p>", ["is_caption"]),
        ("<img src=a><img src=b><p>△甲。</p>", ["one_or_all"]),
        ("<img src=a><img src=b><p>△组图：甲。</p>", []),
        ("<p>文。</p><p>△甲。</p><p>文。</p><img src=a><p>△乙。</p>", ["caption_without_picture"]),
        (f"<img src=a><h2>一节</h2><p>{'很长的正文' * 9}。</p>", ["picture_without_caption"]),
        ("<img src=a><p>△她在摄影</p>", ["is_credit"]),
        ("<img src=a data-w=40><p>正文。</p>", []),
    ],
)  # fmt: skip
def test_pictures_and_captions(inside, kinds):
    assert [question.kind for question in read(page(inside), "a.html").questions] == kinds


def test_text_without_any_picture_does_not_ask_where_the_pictures_are():
    article = read("题目\n\n正文。\n\n△甲。\n\n△乙。图源高要发布")

    assert [figure.caption for figure in article.figures] == ["甲。", "乙。"]
    assert article.questions == ()


def test_one_line_may_credit_several_pictures():
    article = read("题目\n\n正文。\n\n△甲。\n\n△乙。\n\n上两图均由高要发布提供")

    parties = [[credit.party for credit in figure.credits] for figure in article.figures]
    assert parties == [["高要发布"], ["高要发布"]]


def test_each_town_gets_its_own_of_several_ranks():
    article = read("千强镇\n\n四会市大沙镇、龙甫镇分别排名全国千强镇第816、990位。")

    claims = [(claim.town_code, claim.value) for claim in article.claims]
    assert claims == [("441284105", 816), ("441284100", 990)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("千强镇\n\n四会市大沙镇的工业产值位居全市第三位。", "rank_of_what"),
        ("题目\n\n高要区金利镇和四会市龙甫镇都好。有一个镇首次入选全国千强镇。", "whose_claim"),
        ("题目\n\n高要区金利镇\n\n四会市龙甫镇也好。该镇首次入选全国千强镇。", "whose_claim"),
        ("千强镇\n\n高要区金利镇去年位列全国千强镇第485位，今年更好。", "rank_of_which_year"),
        (
            "题\n\nGaoyao District-Jinli Town\n\nLast year the town ranked 485th on the list.",
            "rank_of_which_year",
        ),
        ("题目\n\n以下是名单。\n\n1. 高要区金利镇\n2. 高要区禄步镇", "ranks_or_numbers"),
    ],
)
def test_rank_or_claim_that_may_be_another_is_asked(text, kind):
    assert [question.kind for question in read(text).questions] == [kind]


def test_other_first_times_and_thresholds_are_no_claims():
    article = read(
        "Title\n\nGaoyao District-Jinli Town\n\nFor the first time, a group of companies went to "
        "the fair. The town drew 2 projects exceeding 100 million yuan.\n"
    )

    assert article.claims == ()


def test_without_a_gazetteer_the_article_is_still_read():
    article = read_article("a.txt", "题目\n\n△甲。梁亮 摄".encode(), Gazetteer.of(()))

    assert article.figures[0].credits[0].party == "梁亮"
