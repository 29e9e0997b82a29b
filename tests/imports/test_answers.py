"""What a person answers is read again with the file: the understanding follows the answers."""

import pytest

from tests.imports.places import gazetteer
from tests.imports.test_questions import page
from tests.imports.word_files import archive
from towns.imports.article import read_article, read_picture
from towns.imports.article.lines import RefusedError
from towns.imports.article.result import Figure, Paragraph


def read(text, name="a.txt", answers=None):
    return read_article(name, text.encode(), gazetteer(), answers=answers)


def answered(text, value, name="a.txt"):
    """Read, asked one question, and read again with this answer to it."""
    [question] = read(text, name).questions
    return read(text, name, {question.key: value})


def test_the_town_that_a_person_chooses_is_the_towns_of_the_section_and_of_its_claims():
    text = "千强镇\n\n大沙镇\n\n大沙镇列全国千强镇第816位。"

    article = answered(text, "441284105")

    assert article.sections[0].town_code == "441284105"
    assert [claim.town_code for claim in article.claims] == ["441284105"]
    assert article.open_questions == []
    assert article.questions[0].answer == "441284105"


def test_an_answer_that_no_choice_allows_leaves_the_question_open():
    article = answered("千强镇\n\n大沙镇\n\n正文。", "everywhere")

    assert article.sections[0].town_code is None
    assert len(article.open_questions) == 1


UNDER_A_PICTURE = "<img src=a><p>甲乙丙</p><p>正文比较长。</p>"
LONG = "很长的正文" * 9 + "。"


@pytest.mark.parametrize(
    ("inside", "value", "captions", "texts"),
    [
        (UNDER_A_PICTURE, "caption", ["甲乙丙"], ["正文比较长。"]),
        (UNDER_A_PICTURE, "paragraph", [""], ["甲乙丙", "正文比较长。"]),
        ("<img src=a><img src=b><p>△甲。</p>", "all", ["甲。", "甲。"], []),
        ("<img src=a><img src=b><p>△甲。</p>", "last", ["", "甲。"], []),
        ("<img src=a><p>△她在摄影</p>", "caption", ["她在摄影"], []),
        (
            "<p>文。</p><p>△甲。</p><p>文。</p><img src=a><p>△乙。</p>",
            "paragraph",
            ["乙。"],
            ["文。", "△甲。", "文。"],
        ),
        (f"<img src=a><h2>一节</h2><p>{LONG}</p>", "leave_out", [], [LONG]),
    ],
)
def test_captions_are_what_a_person_says_they_are(inside, value, captions, texts):
    article = answered(page(inside), value, "a.html")

    assert [figure.caption for figure in article.figures] == captions
    assert [one.text for one in article.blocks if isinstance(one, Paragraph)] == texts


@pytest.mark.parametrize(
    ("text", "value", "ranks"),
    [
        ("千强镇\n\n四会市大沙镇的工业产值位居全市第三位。", "national", [3]),
        ("千强镇\n\n四会市大沙镇的工业产值位居全市第三位。", "other", []),
        ("千强镇\n\n高要区金利镇去年位列全国千强镇第485位，今年更好。", "same", [485]),
        ("题目\n\n以下是名单。\n\n1. 高要区金利镇\n2. 高要区禄步镇", "ranks", [1, 2]),
        ("题目\n\n以下是名单。\n\n1. 高要区金利镇\n2. 高要区禄步镇", "numbers", []),
    ],
)
def test_a_rank_counts_only_if_a_person_says_so(text, value, ranks):
    claims = answered(text, value).claims

    assert [claim.value for claim in claims if claim.kind == "rank"] == ranks


def test_whose_claim_it_is():
    text = "题目\n\n高要区金利镇和四会市龙甫镇都好。有一个镇首次入选全国千强镇。"

    assert [claim.town_code for claim in answered(text, "441284100").claims] == ["441284100"]


def test_a_heading_that_is_no_town_is_a_heading_or_a_line_like_any_other():
    text = "题目\n\n高要区-金龙镇\n\n正文。"

    assert answered(text, "441204115").sections[0].town_code == "441204115"
    assert answered(text, "").sections == []


def test_what_was_dropped_comes_back_when_a_person_wants_it():
    text = "题目\n\n高要区金利镇很好。\n\n点击图片查看更多\n\n完。"
    assert [dropped.line for dropped in read(text).dropped] == [5]

    article = read(text, answers={"wanted-5": "1"})

    assert article.dropped == ()
    assert "点击图片查看更多" in article.blocks[-1].text


def test_pictures_beside_a_text_are_placed_in_order_if_a_person_says_so():
    text = "题目\n\n△甲。梁亮 摄\n\n△乙。梁亮 摄"
    data = archive({"a.txt": text, "1.jpg": b"one", "2.jpg": b"two"})
    [question] = read_article("a.zip", data, gazetteer()).questions

    article = read_article("a.zip", data, gazetteer(), answers={question.key: "in_order"})

    figures = [(one.caption, one.picture) for one in article.blocks if isinstance(one, Figure)]
    assert figures == [("甲。", "1.jpg"), ("乙。", "2.jpg")]
    assert article.unplaced == ()
    assert read_picture("a.zip", data, "2.jpg") == b"two"


@pytest.mark.parametrize("name", ["a.txt", "../secret.jpg"])
def test_only_pictures_of_the_file_itself_are_read(name):
    data = archive({"a.txt": "题目\n\n△甲。", "1.jpg": b"one"})

    with pytest.raises(RefusedError):
        read_picture("a.zip", data, name)
