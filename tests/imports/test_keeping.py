"""What is kept of an article: all that was left ticked, in one go, and nothing of it public."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils.html import strip_tags

from tests import records
from tests.imports.conftest import SOURCE
from tests.imports.word_files import archive, paragraph, word_file
from tests.imports.word_files import picture as word_picture
from towns.documents.article import blocks_of
from towns.imports.draft import NotKeptError, keep_article, read_upload, receive_article
from towns.models import (
    Article,
    ArticleUpload,
    Change,
    Claim,
    HeadingBlock,
    Party,
    Photo,
    PhotoBlock,
    Proposal,
    RankingEntry,
    Source,
    Statistic,
    TextBlock,
    Upload,
    UploadRow,
    Version,
)
from towns.publishing.history import note_version

RANKS = "千强镇上榜\n\n四会市大沙镇\n\n四会市大沙镇列2023年全国千强镇第816位，比上年上升84位。"


@pytest.fixture
def source_article(received, kept, four_towns, parties, edition):
    upload = received((SOURCE.name, SOURCE.read_bytes()))
    return kept(upload)


@pytest.mark.usefixtures("source_article")
def test_the_source_article_becomes_a_draft_with_its_blocks_in_order():
    article = Article.objects.get()
    blocks = blocks_of(article)
    headings = [block for block in blocks if isinstance(block, HeadingBlock)]
    texts = [strip_tags(block.html_en) for block in blocks if isinstance(block, TextBlock)]
    captions = [text for text in texts if text.startswith("△")]

    assert article.title_en.startswith("Top 1,000 in the country!")
    assert article.title_zh == ""
    assert article.slug == "top-1000-in-the-country-these-four-towns-in-zhaoqing-were-se"
    assert str(article.publisher) == "肇庆发布"
    assert article.issued_at.isoformat() == "2023-10-20T11:16:00+00:00"
    assert article.issued_place_en == "Guangdong"
    assert [block.town.code for block in headings if block.level == 2] == [
        "441204115",
        "441204103",
        "441284105",
        "441284100",
    ]
    assert len([block for block in headings if block.level == 3]) == 8
    assert len(captions) == 13
    assert captions[2] == "△Jinli Town. Photo by Chen Yancheng"
    assert "Post a Comment" not in "\n".join(texts)
    assert article.created_by.username == "keeper"
    assert not article.publications.exists()


@pytest.mark.usefixtures("source_article")
def test_its_ranks_and_sums_are_drafts_with_their_sentences():
    ranks = dict(RankingEntry.objects.values_list("town__code", "rank"))
    claims = list(Claim.objects.order_by("pk").values_list("kind", "value"))
    sums = Statistic.objects.filter(town__code="441284105")

    assert ranks == {"441284105": 816, "441284100": 990}
    assert claims == [("change", 84), ("streak", 3), ("first_time", None)]
    assert "an increase of 84 places" in Claim.objects.get(kind="change").quotation_en
    assert Source.objects.get(publisher__name_zh="肇庆发布").issued_on.isoformat() == "2023-10-20"
    assert sums.get(value=16_438_000_000).indicator_en == (
        "town's total industrial output value above designated size"
    )
    assert not sums.exclude(published_at=None).exists()
    assert Change.objects.count() == 0


@pytest.mark.usefixtures("source_article")
def test_what_became_of_each_thing_is_written_down_and_the_missing_pictures_with_it():
    upload = ArticleUpload.objects.get()
    made = UploadRow.objects.filter(outcome=UploadRow.Outcome.CREATED)

    assert upload.state == Upload.State.KEPT
    assert made.filter(content_type__model="article").count() == 1
    assert made.filter(content_type__model="rankingentry").count() == 2
    assert {row.name for row in made.filter(content_type__model="party")} >= {
        "Deng Darong",
        "Zhang Liangyan",
    }
    missing = [point for point in upload.left_open if "picture is still missing" in point["text"]]
    assert [point["line"] for point in missing][:3] == [24, 39, 52]
    assert len(missing) == 13
    assert Version.objects.filter(saved_by__username="keeper").count() == made.count()


def test_only_what_stays_ticked_is_made(received, kept, four_towns, edition):
    upload = received(("a.txt", RANKS + "\n\n△大沙镇。邓大荣 摄"))
    reading = read_upload(upload)
    keys = [fact.key for fact in reading.facts] + [one.key for one in reading.parties.values()]
    upload.answers |= dict.fromkeys(keys, "0")

    kept(upload)

    assert len(keys) == 3
    assert not RankingEntry.objects.exists()
    assert not Source.objects.exclude(title_en="A report").exists()
    assert not Party.objects.exists()
    texts = [point["text"] for point in upload.__class__.objects.get().left_open]
    assert any("“邓大荣” is not recorded" in text for text in texts)


def test_a_name_that_a_person_knows_credits_that_party(received, kept, four_towns, parties):
    upload = received(("a.txt", "题目\n\n正文。\n\n△甲。高要那边供图"))
    [new] = read_upload(upload).parties.values()
    upload.answers |= {f"{new.key}-is": "高要发布"}

    article = kept(upload)

    assert [str(party) for party in article.parties.all()] == ["高要发布"]
    assert not Party.objects.exclude(pk__in=[party.pk for party in parties.values()]).exists()


def test_a_record_that_says_otherwise_is_not_overwritten_but_proposed(
    received, kept, four_towns, edition
):
    dasha = four_towns["441284105"]
    entry = RankingEntry.objects.create(
        edition=edition, town=dasha, rank=817, source=edition.source
    )

    kept(received(("a.txt", RANKS)))

    proposal = Proposal.objects.get()
    entry.refresh_from_db()
    assert entry.rank == 817
    assert not entry.claims.exists()
    assert proposal.record == entry
    assert proposal.after.content["columns"]["rank"] == 816
    assert len(proposal.after.content["rows"]["claims"]) == 1
    assert "第816位" in proposal.reason


def test_a_rank_for_a_public_edition_is_proposed_and_asked_only_once(
    received, kept, four_towns, edition
):
    records.publish(edition)

    kept(received(("a.txt", RANKS)))
    kept(received(("b.txt", RANKS + "\n\n又一句。")))

    assert not RankingEntry.objects.exists()
    proposal = Proposal.objects.get()
    assert proposal.before is None
    assert proposal.after.content["columns"]["rank"] == 816


def test_what_the_records_say_already_is_not_made_again(received, kept, four_towns, edition):
    kept(received(("a.txt", RANKS)))
    before = RankingEntry.objects.count(), Claim.objects.count(), Source.objects.count()

    kept(received(("b.txt", RANKS + "\n\n又一句。")))

    assert (RankingEntry.objects.count(), Claim.objects.count(), Source.objects.count()) == before
    last = ArticleUpload.objects.first()
    assert set(last.rows.filter(content_type__model="rankingentry").values_list("outcome")) == {
        (UploadRow.Outcome.UNCHANGED,)
    }


def test_ranks_of_a_year_without_an_edition_get_one_that_is_not_public(
    received, kept, four_towns, edition
):
    kept(received(("a.txt", RANKS.replace("2023", "2022"))))

    entry = RankingEntry.objects.get()
    assert (entry.edition.year, entry.edition.ranking) == (2022, edition.ranking)
    assert not entry.edition.is_public


# Pictures -------------------------------------------------------------------------------------


@pytest.fixture
def word_article(picture, four_towns, parties):
    return word_file(
        paragraph("题目", style="a3"),
        paragraph("高要区金利镇", style="1"),
        paragraph("正文。"),
        word_picture("r1"),
        paragraph("△金利镇。陈彦成 摄"),
        pictures={"r1": "media/image1.jpg"},
        **{"word/media/image1.jpg": picture("red").read()},
    )


def test_pictures_of_a_word_file_are_kept_with_caption_credits_and_town(
    word_article, received, kept
):
    article = kept(received(("a.docx", word_article)))

    photo = Photo.objects.get()
    block = PhotoBlock.objects.get(parent=article)
    assert block.photo == photo
    assert photo.caption_zh == "金利镇。"
    assert [credit.party.name_zh for credit in photo.credits.all()] == ["陈彦成"]
    assert [town.code for town in photo.towns.all()] == ["441204115"]
    assert photo.has_sizes
    assert ArticleUpload.objects.get().left_open == []


def test_the_same_picture_is_taken_from_the_library_as_people_left_it(
    word_article, received, kept, picture
):
    held = Photo(caption_zh="人写的说明")
    held.image.save("p.jpg", picture("red"), save=True)

    article = kept(received(("a.docx", word_article)))

    block = PhotoBlock.objects.get(parent=article)
    held.refresh_from_db()
    assert block.photo == held
    assert (held.caption_zh, block.caption_zh) == ("人写的说明", "金利镇。")
    assert not held.credits.exists()
    assert "other credits" in ArticleUpload.objects.get().left_open[0]["text"]


def test_pictures_dropped_with_a_saved_page_find_their_places(received, kept, four_towns, picture):
    page = (
        '<h1 id="activity-name">题目</h1><div id="js_content"><p>正文。</p>'
        '<img data-src="https://mmbiz.qpic.cn/a/one.jpg?wx_fmt=jpeg"><p>△甲。梁亮 摄</p>'
        '<img data-src="https://mmbiz.qpic.cn/a/two.jpg"><p>△乙。梁亮 摄</p></div>'
    )
    upload = received(("a.html", page), ("one.jpg", picture("red").read()))

    article = kept(upload)

    assert [block.photo.caption_zh for block in PhotoBlock.objects.filter(parent=article)] == [
        "甲。"
    ]
    assert "△乙。梁亮 摄" in TextBlock.objects.filter(parent=article).last().html_zh
    [point] = ArticleUpload.objects.get().left_open
    assert "△乙。梁亮 摄" in point["text"]


def test_a_file_that_is_no_usable_picture_is_said_and_stops_nothing(received, kept, four_towns):
    data = archive(
        {"a.html": "<body><h1>题</h1><img src=x.jpg><p>△甲。</p></body>", "x.jpg": b"no"}
    )

    kept(received(("a.zip", data)))

    assert not Photo.objects.exists()
    assert "not a complete JPEG" in ArticleUpload.objects.get().left_open[0]["text"]


# All or nothing -------------------------------------------------------------------------------


def test_a_failure_in_the_middle_leaves_nothing(word_article, received, keeper, monkeypatch):
    upload = received(("a.docx", word_article))
    media = Path(default_storage.location)
    before = {path for path in media.rglob("*") if path.is_file()}

    def fails(*_args, **_said):
        raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError):
        keep_article(read_upload(upload), by=keeper, note_version=fails, propose=fails)

    upload.refresh_from_db()
    assert upload.state == Upload.State.READ
    for model in (Article, Photo, UploadRow, Version, TextBlock):
        assert not model.objects.exists()
    assert {path for path in media.rglob("*") if path.is_file()} == before


def test_an_upload_becomes_one_draft_only(received, kept, keeper, four_towns):
    upload = received(("a.txt", "题目\n\n正文。"))
    reading = read_upload(upload)
    kept(upload)

    with pytest.raises(NotKeptError, match="kept already"):
        keep_article(reading, by=keeper, note_version=note_version, propose=note_version)

    assert Article.objects.count() == 1


def test_the_same_bytes_are_received_once_in_whatever_way_they_come(received, keeper, picture):
    red = picture("red").read()
    first = received(("a.html", "<body><p>题</p></body>"), ("1.jpg", red))

    again = receive_article(
        [("a.html", b"<body><p>\xe9\xa2\x98</p></body>"), ("1.jpg", red)], by=keeper
    )

    assert (again.upload, again.is_new) == (first, False)
    assert len(list(Path(default_storage.path("uploads")).iterdir())) == 1


def test_without_a_title_nothing_is_kept(received, kept, four_towns):
    with pytest.raises(NotKeptError, match="title"):
        kept(received(("a.txt", "△甲。梁亮 摄\n\n△乙。梁亮 摄")))


def test_addresses_of_two_articles_with_one_title_differ(received, kept, four_towns):
    kept(received(("a.txt", "题目\n\n一。")))
    kept(received(("b.txt", "题目\n\n二。")))

    assert set(Article.objects.values_list("slug", flat=True)) == {"ti-mu", "ti-mu-2"}
