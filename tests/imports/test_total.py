"""Any bytes give a result or a refusal, never an exception."""

import io
import zipfile

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.imports.places import gazetteer
from tests.imports.word_files import archive, paragraph, picture, word_file
from towns.imports.article import Article, Refused, read_article
from towns.imports.article.report import report
from towns.imports.article.summary import summary
from towns.language.script import fold

PIECES = (
    "△", "▼", "↓", "金利镇", "四会市大沙镇", "大沙鎮", "高要区-", "Gaoyao District-Jinli Town",
    "。", ".", "\n", "\n\n", "图源", "高要发布", " 摄", "梁亮", "供图", "Photo by ", "Anna Li",
    "第816名", "排名", "上升84位", "连续三年", "首次入选", "千强镇", "ranked ", "816th",
    "top 1,000", "3.2亿元", "万元", "约", "31.28 billion yuan", "编辑：", "记者 ",
    "2023-10-20 19:16", "发表于广东", "2023-99-99", "No comments:", "Post a Comment",
    "往期回顾", "# ", "**", "上两图均由", "以上图片", "（", ")", "|", "\t", "1. ", "0",
    "\u200b", "\u3000", "①", "²", "零", "—", "：", ",", "and ", "No. ", "图为",
)  # fmt: skip
MARKUP = (
    "<p>", "</p>", "<div id='js_content'>", "</div>", "<h2>", "</h2>", "<img data-src='a.jpg'>",
    "<img src=data:x>", "<br>", "<table><tr><td>", "</td><td>", "</table>", "<strong>", "<!--",
    "-->", "<script>", "</script>", "var ct = '1697800560';", "<figcaption>", "&nbsp;", "&#0;",
    "&#x110000;", "<", ">", "\"", "'", "<li>", "style='display:none'", "<h1 id=activity-name>",
    "<p style=\"font-weight:bold\">", "<em id=publish_time>2023-13-45 99:99</em>",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
pages = st.lists(st.sampled_from(PIECES + MARKUP), max_size=60).map(
    lambda some: "<p>" + "".join(some)
)


def check(name: str, data: bytes) -> None:
    article = read_article(name, data, gazetteer())
    if isinstance(article, Refused):
        assert article.reason
    else:
        assert isinstance(article, Article)
        assert summary(article)["questions"] is not None
        assert report(article)


@given(st.binary(max_size=400))
def test_any_bytes(data):
    check("a", data)


@given(st.text(max_size=400))
def test_any_text(text):
    check("a.txt", text.encode("utf-8", "surrogatepass"))


@example("²位第零名\n\n金利镇²")
@given(texts)
@settings(max_examples=300)
def test_any_mixture_of_what_is_known(text):
    check("a.txt", text.encode())


@given(pages)
@settings(max_examples=300)
def test_any_page(page):
    check("a.html", page.encode())


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.data())
def test_any_word_file_cut_or_changed_anywhere(pieces, data):
    escaped = [piece.replace("<", "") for piece in pieces]
    whole = word_file(*map(paragraph, escaped), picture("r1"), pictures={"r1": "media/1.png"})
    place = data.draw(st.integers(0, len(whole) - 1))
    check("a.docx", whole[:place])
    check("a.docx", whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_members(first, second):
    check("a.zip", archive({"a.txt": first, "b.html": second, "c.docx": first, "d.xml": second}))


@given(st.binary(max_size=300))
def test_any_document_in_a_word_file(document):
    check("a.docx", archive({"word/document.xml": document, "word/styles.xml": document}))


@given(
    st.lists(
        st.sampled_from(("<feed>", "<entry>", "<title>", "</title>", "</entry>", "x", "&lt;p>")),
        max_size=20,
    )
)
def test_any_feed(pieces):
    check("a.xml", f"<feed>{''.join(pieces)}</feed>".encode())


def test_encrypted_archive_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.txt", "text")
    data = bytearray(file.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1

    refused = read_article("a.zip", bytes(data), gazetteer())

    assert refused == Refused("This file is protected by a password.")


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold(text)) == len(text)
