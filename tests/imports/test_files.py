"""Word files and archives, which are made here rather than kept as samples."""

import pytest

from tests.imports.places import gazetteer
from tests.imports.word_files import archive, paragraph, picture, row, word_file
from towns.imports.article import Refused, read_article
from towns.imports.article.members import MAX_TEXT_BYTES
from towns.imports.article.result import Figure, Heading, Paragraph, Subheading, TownList

TEXT = "金利镇的秋天\n\n高要区金利镇\n\n△金利大道。邓大荣 摄\n\n△车间。图源高要发布\n"


def read(data, name="a.docx"):
    return read_article(name, data, gazetteer())


def test_word_file_gives_headings_pictures_and_tables_in_order():
    data = word_file(
        paragraph("金利镇的秋天", style="a3"),
        paragraph("西江观察 2023-11-02 07:05"),
        paragraph("高要区金利镇", style="1"),
        paragraph("一座镇，两千多家企业。"),
        picture("r1"),
        paragraph("金利大道。", style="c"),
        paragraph("邓大荣 摄"),
        paragraph("路通了", bold=True),
        paragraph("金利大道今年可望通车。"),
        f"<w:tbl>{row('镇', '排名')}{row('高要区金利镇', '485')}</w:tbl>",
        pictures={"r1": "media/image1.jpeg"},
    )

    article = read(data)

    kinds = [type(block) for block in article.blocks]
    assert kinds == [Heading, Paragraph, Figure, Subheading, Paragraph, TownList]
    figure = article.figures[0]
    assert (figure.picture, figure.caption) == ("word/media/image1.jpeg", "金利大道。")
    assert [credit.party for credit in figure.credits] == ["邓大荣"]
    assert article.blocks[-1].towns[0].rank == 485
    assert (article.title, article.publisher) == ("金利镇的秋天", "西江观察")
    assert article.questions == ()


def test_text_with_pictures_beside_it_asks_once_whether_the_order_is_theirs():
    article = read(archive({"稿件.txt": TEXT, "1.jpg": "", "2.jpg": "", "x.pdf": ""}))

    assert [question.kind for question in article.questions] == ["pictures_to_place"]
    assert [choice.value for choice in article.questions[0].choices] == ["in_order", "by_hand"]
    assert [(dropped.text, dropped.reason) for dropped in article.dropped] == [("x.pdf", "file")]


def test_page_in_an_archive_finds_the_pictures_saved_with_it():
    page = '<div id="js_content"><p>甲。</p><img src="a_files/1.jpg"><p>△乙。</p></div>'

    article = read(archive({"a.html": page, "a_files/1.jpg": ""}))

    assert article.figures[0].picture == "a_files/1.jpg"
    assert article.unplaced == ()


def test_one_of_several_articles_is_read_and_the_others_are_offered():
    data = archive({"1.txt": "第一篇\n\n正文。", "2.txt": "第二篇\n\n正文。"})

    article = read_article("a.zip", data, gazetteer(), number=2)

    assert article.title == "第二篇"
    assert article.questions[0].kind == "which_article"
    assert [choice.label for choice in article.questions[0].choices] == ["1.txt", "2.txt"]
    assert isinstance(read_article("a.zip", data, gazetteer(), number=3), Refused)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            archive({"a.txt": b"a" * (MAX_TEXT_BYTES + 1)}),
            "The text in this file unpacks to more than 10 MB.",
        ),
        (
            archive({f"{n}.jpg": "" for n in range(2001)}),
            "This file holds more than 2,000 files.",
        ),
        (
            archive({f"{n}.txt": "a" for n in range(51)}),
            "There are too many articles in this file: give them one by one.",
        ),
        (
            archive({"a.pdf": "%PDF"}),
            "There is no article in this file: no text, page, feed or Word document.",
        ),
        (
            archive({"a.docx": archive({"b.txt": "b"})}),
            "a.docx is not what its name says.",
        ),
        (
            word_file(paragraph("甲"), **{"word/vbaProject.bin": b"x"}),
            "This document holds macros. Save it as .docx without them.",
        ),
        (
            word_file(paragraph("甲") * 5001),
            "This text is longer than any article.",
        ),
        (
            archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "This file declares a document type of its own, which is not accepted.",
        ),
        (archive({"a.txt": TEXT})[:-30], "This file is damaged or cut off: it cannot be opened."),
    ],
    ids=["bomb", "members", "articles", "none", "disguised", "macros", "long", "doctype", "cut"],
)
def test_hostile_or_useless_file_is_refused_in_a_sentence(data, reason):
    assert read(data) == Refused(reason)


def test_refusal_speaks_the_language_of_the_reader():
    from django.utils import translation

    with translation.override("zh-hans"):
        assert read(b"%PDF-1.4") == Refused("这是 PDF，请粘贴其中文字，或另存为 .docx。")
