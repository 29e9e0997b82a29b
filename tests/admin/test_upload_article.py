"""Pasting an article: put in, looked through, answered, kept; and what each person may do of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import records as made
from tests.imports.word_files import archive
from towns.imports.draft import Reading, read_upload
from towns.imports.draft.receiving import bytes_of
from towns.models import (
    Article,
    ArticleUpload,
    Column,
    HeadingBlock,
    Party,
    RankingEntry,
    TextBlock,
    Upload,
)

ADD = "/admin/towns/articleupload/add/"
TWO_DASHAS = "千强镇上榜\n\n大沙镇\n\n大沙镇列2023年全国千强镇第816位。\n\n△大沙镇。邓大荣 摄"


@pytest.fixture
def desk(writer, signed_in):
    """A writer at the desk of a site with a column and two towns of one name."""
    Column.objects.create(slug="news", name_en="News")
    made.town("441284105")
    made.town("440113104")
    made.edition(made.ranking(name_zh="全国千强镇"), 2023, {})
    return signed_in(writer)


def paste(client, text="", *files, **more):
    uploaded = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(ADD, {"text": text, "files": uploaded, **more}, follow=True)


def address(upload=None):
    upload = upload or ArticleUpload.objects.get()
    return reverse("admin:towns_articleupload_change", args=[upload.pk])


def ticked(**changes):
    """What the browser sends where everything stays as it was shown."""
    reading = read_upload(ArticleUpload.objects.get(state=Upload.State.READ))
    assert isinstance(reading, Reading)
    said = {fact.key: "1" for fact in reading.facts if fact.can_be_kept and fact.is_wanted}
    said |= {new.key: "1" for new in reading.parties.values() if new.is_wanted}
    return said | changes


def test_a_pasted_text_is_kept_as_it_came_and_nothing_else_is(desk, writer):
    answer = paste(desk, TWO_DASHAS.replace("\n", "\r\n"))

    upload = ArticleUpload.objects.get()
    assert answer.redirect_chain == [(address(upload), 302)]
    assert (upload.name, upload.received_by, upload.size) == (
        "千强镇上榜",
        writer,
        len(TWO_DASHAS.encode()),
    )
    assert bytes_of(upload).decode() == TWO_DASHAS
    assert "Nothing is kept yet" in answer.text
    assert not Article.objects.exists()
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        ("", (), "Paste a text, or choose a file."),
        ("", (("a.pdf", b"%PDF-1.7"),), "This is a PDF."),
        ("", (("a.jpg", b"\xff\xd8\xff"),), "This is a picture."),
        ("", (("1.jpg", b"\xff\xd8"), ("2.jpg", b"\xff\xd8")), "There is no article in this file"),
        ("", (("a.docx", b"PK\x03\x04broken"),), "damaged or cut off"),
    ],
)
def test_a_refused_file_gets_one_sentence_and_is_not_kept(desk, text, files, said):
    answer = paste(desk, text, *files)

    assert answer.status_code == 422
    assert said in answer.text
    assert not Upload.objects.exists()


def test_questions_are_shown_with_their_choices_and_answers_change_what_is_read(desk):
    first = paste(desk, TWO_DASHAS)
    [question] = first.context["questions"]

    desk.post(address(), {**ticked(), question.key: "441284105", "act": "again"})
    again = desk.get(address())

    assert 'value="440113104"' in first.text
    assert again.context["open_count"] == 0
    assert [shown.words for shown in again.context["facts"]] == ["rank 816"]
    assert again.context["facts"][0].fact.can_be_kept
    assert not RankingEntry.objects.exists()


def test_a_town_may_be_named_by_its_code_where_none_of_the_choices_is_right(desk):
    first = paste(desk, "题目\n\n四会市-龙江镇\n\n正文。")
    [question] = first.context["questions"]

    desk.post(address(), {f"{question.key}-free": "441284105", "act": "again"})

    sections = desk.get(address()).context["article"].sections
    assert sections[0].town_code == "441284105"


def test_keeping_makes_the_draft_and_opens_it(desk, writer):
    question = paste(desk, TWO_DASHAS).context["questions"][0]
    desk.post(address(), {**ticked(), question.key: "441284105", "act": "again"})

    kept = desk.post(address(), {**ticked(), question.key: "441284105", "act": "keep"}, follow=True)

    article = Article.objects.get()
    assert kept.redirect_chain[-1][0] == reverse("admin:towns_article_change", args=[article.pk])
    assert "1 thing is left for you to look at." in kept.text
    assert "Made of a pasted article:" in kept.text
    assert HeadingBlock.objects.get(parent=article).town.code == "441284105"
    assert RankingEntry.objects.get().rank == 816
    assert Party.objects.get().name_zh == "邓大荣"
    assert article.created_by == writer


def test_what_an_answer_brings_up_is_shown_before_it_is_made(desk):
    question = paste(desk, TWO_DASHAS).context["questions"][0]

    answer = desk.post(
        address(), {**ticked(), question.key: "441284105", "act": "keep"}, follow=True
    )

    assert "Look at it once more, then keep." in answer.text
    assert not Article.objects.exists()
    assert not RankingEntry.objects.exists()


def test_an_open_question_goes_to_the_draft_and_is_settled_there(desk):
    paste(desk, TWO_DASHAS)
    desk.post(address(), {**ticked(), "act": "keep"})
    upload = ArticleUpload.objects.get()
    texts = [point["text"] for point in upload.open_points]

    desk.post(address(), {"settle": "0"})

    upload.refresh_from_db()
    assert texts[0].startswith("Which 大沙镇 is meant?")
    assert [point["text"] for point in upload.open_points] == texts[1:]
    form = desk.get(reverse("admin:towns_article_change", args=[Article.objects.get().pk]))
    assert "1 thing left to look at" in form.text


def test_what_is_not_ticked_is_not_made(desk):
    paste(desk, TWO_DASHAS)

    desk.post(address(), {"act": "keep"})

    assert Article.objects.count() == 1
    assert not Party.objects.exists()
    assert not RankingEntry.objects.exists()


def test_a_dropped_line_comes_back_by_one_click(desk):
    first = paste(desk, "题目\n\n正文。\n\n点击图片查看更多\n\n完结了。")

    desk.post(address(), {"want": "5"})
    again = desk.get(address())

    assert [one.line for one, _reason in first.context["dropped"]] == [5]
    assert again.context["dropped"] == []
    desk.post(address(), {"unwant": "5"})
    assert len(desk.get(address()).context["dropped"]) == 1


def test_the_same_bytes_lead_to_the_reading_and_then_to_the_draft(desk):
    paste(desk, "题目\n\n正文。")

    reading = paste(desk, "题目\n\n正文。")
    desk.post(address(), {"act": "keep"})
    draft = paste(desk, "题目\n\n正文。")

    assert "This is its reading." in reading.text
    assert "became a draft." in draft.text
    assert reverse("admin:towns_article_change", args=[Article.objects.get().pk]) in draft.text
    assert Upload.objects.count() == 1


def test_what_was_put_aside_may_come_again(desk):
    paste(desk, "题目\n\n正文。")
    desk.post(address(), {"act": "drop"})

    paste(desk, "题目\n\n正文。")

    assert [upload.state for upload in ArticleUpload.objects.all()] == ["read", "dropped"]


def test_pictures_added_to_a_reading_stand_at_their_captions(desk, picture):
    paste(desk, "题目\n\n正文。\n\n△甲。邓大荣 摄\n\n△乙。邓大荣 摄")
    files = [picture("red", "1.jpg"), picture("blue", "2.jpg")]
    desk.post(address(), {**ticked(), "pictures": files, "act": "pictures"})
    upload = ArticleUpload.objects.get(state=Upload.State.READ)
    [question] = desk.get(address(upload)).context["questions"]
    assert question.answer == "in_order"

    desk.post(address(upload), {**ticked(), question.key: "in_order", "act": "keep"})

    article = Article.objects.get()
    blocks = article.towns_photoblock_set.order_by("ordering")
    assert [block.photo.caption_zh for block in blocks] == ["甲。", "乙。"]
    assert [str(credit.party) for credit in blocks[0].photo.credits.all()] == ["邓大荣"]
    assert Party.objects.count() == 1

    again = paste(desk, "题目\n\n正文。\n\n△甲。邓大荣 摄\n\n△乙。邓大荣 摄")
    assert again.redirect_chain[-1] == (address(upload), 302)
    assert Article.objects.count() == 1


def test_formatted_paste_is_read_with_its_headings(desk):
    html = "<meta charset='utf-8'><h1>题目</h1><h2>一节</h2><p>正文。</p>"

    answer = paste(desk, "题目\n一节\n正文。", html=html)

    assert [section.heading for section in answer.context["article"].sections] == ["一节"]


def test_what_a_text_says_is_never_markup(desk):
    answer = paste(desk, "题目<b>\n\n正文<script>alert(1)</script>。\n\n△甲<i>。邓大荣 摄")
    desk.post(address(), {"act": "keep"})

    assert "<script>alert" not in answer.text
    html = "".join(TextBlock.objects.values_list("html_en", flat=True))
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_another_article_of_the_same_file_is_read_for_a_draft_of_its_own(desk):
    data = archive({"a.txt": "题目一\n\n正文。", "b.txt": "题目二\n\n正文。"})
    paste(desk, "", ("two.zip", data))
    first = ArticleUpload.objects.get()
    desk.post(address(first), {"act": "keep"})

    answer = desk.post(address(first), {"another": "2"}, follow=True)

    assert answer.context["article"].title == "题目二"
    assert ArticleUpload.objects.count() == 2


def test_a_file_name_like_a_path_stays_inside(desk):
    paste(desk, "", ("../../a.txt", "题目\n\n正文。".encode()))

    assert ArticleUpload.objects.get().file.name.startswith("uploads/")


@pytest.mark.parametrize("role", ["proof-reader", "final reviewer", "publisher"])
def test_others_see_a_reading_and_change_nothing(role, desk, staff, signed_in):
    paste(desk, TWO_DASHAS)
    client = signed_in(staff(role))

    shown = client.get(address())

    assert shown.status_code == 200
    assert 'value="keep"' not in shown.text
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"text": "题目\n\n正文。"}).status_code == 403
    assert client.post(address(), {"act": "keep"}).status_code == 403
    assert client.post(address(), {"settle": "0"}).status_code == 403
    assert not Article.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desk_offers_it_in_both_languages(language, writer, signed_in):
    client = signed_in(writer, language)

    assert f'href="{ADD}"' in client.get("/admin/").text
    assert client.get(ADD).status_code == 200
