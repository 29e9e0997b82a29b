import pytest
from django.test import Client
from django.urls import reverse

from tests.signing import submit_by_writer
from towns.accounts.stages import ensure_stages
from towns.admin.conflict import CHOICE
from towns.documents.cells import keep_cells
from towns.models import (
    Backup,
    HeadingBlock,
    Photo,
    PhotoBlock,
    Proposal,
    Stage,
    TextBlock,
    TrailEntry,
    Version,
)
from towns.publishing.record import publish_records


def address(page: str, *args: object) -> str:
    return reverse(f"admin:towns_{page}", args=args)


@pytest.fixture
def two(staff):
    """Two writers, each in a browser of their own."""
    people = [staff("writer"), staff("administrator")]
    clients = [Client(headers={"accept-language": "en"}) for _person in people]
    for client, person in zip(clients, people, strict=True):
        client.force_login(person)
        client.cookies["django_language"] = "en"
    return clients


@pytest.fixture
def both_open(two, records, posted):
    """What each of the two would send, of an article that both opened."""
    url = address("article_change", records.article.pk)
    return [posted(client, url) for client in two]


def test_the_second_save_stores_nothing_and_shows_both(two, both_open, records):
    url = address("article_change", records.article.pk)
    two[0].post(url, {**both_open[0], "title_en": "Four towns of Zhaoqing"})

    answer = two[1].post(url, {**both_open[1], "title_en": "Five towns"})

    records.article.refresh_from_db()
    assert answer.status_code == 409
    assert records.article.title_en == "Four towns of Zhaoqing"
    said = answer.content.decode()
    assert "Writer saved this just before you" in said
    assert "of Zhaoqing" in said
    assert "Five" in said


def test_what_only_one_changed_merges_by_itself_and_is_saved_as_one(two, both_open, records):
    url = address("article_change", records.article.pk)
    prefix = "towns_textblock_set-0"
    two[0].post(url, {**both_open[0], "title_en": "Four towns of Zhaoqing"})
    changed = {f"{prefix}-html_en": "<p>Jinli is <strong>484th</strong>.</p>"}
    answer = two[1].post(url, {**both_open[1], **changed})

    saved = two[1].post(address("article_merge", records.article.pk), chosen(answer))

    records.article.refresh_from_db()
    assert saved.status_code == 302
    assert records.article.title_en == "Four towns of Zhaoqing"
    assert "484th" in TextBlock.objects.get().html_en
    assert Version.objects.about(records.article).first().saved_by.username == "administrator"
    assert not Backup.objects.exists()


def test_what_collides_must_be_chosen(two, both_open, records):
    url, merge = (address(f"article_{page}", records.article.pk) for page in ("change", "merge"))
    two[0].post(url, {**both_open[0], "title_en": "Theirs"})
    answer = two[1].post(url, {**both_open[1], "title_en": "Mine"})

    refused = two[1].post(merge, chosen(answer))
    records.article.refresh_from_db()
    before = records.article.title_en
    two[1].post(merge, chosen(answer, **{"|title_en": "mine"}))

    records.article.refresh_from_db()
    assert (refused.status_code, before, records.article.title_en) == (409, "Theirs", "Mine")


def test_the_merge_is_checked_again_for_a_newer_version(two, both_open, records, posted):
    url, merge = (address(f"article_{page}", records.article.pk) for page in ("change", "merge"))
    two[0].post(url, {**both_open[0], "title_en": "Theirs"})
    answer = two[1].post(url, {**both_open[1], "title_en": "Mine"})
    two[0].post(url, posted(two[0], url, title_en="Theirs again"))

    again = two[1].post(merge, chosen(answer, **{"|title_en": "mine"}))

    records.article.refresh_from_db()
    assert again.status_code == 409
    assert records.article.title_en == "Theirs again"
    assert "Theirs again" in again.content.decode()


def test_a_block_that_the_other_removed_is_not_lost(two, both_open, records):
    url, merge = (address(f"article_{page}", records.article.pk) for page in ("change", "merge"))
    prefix = "towns_textblock_set-0"
    two[0].post(url, {**both_open[0], f"{prefix}-DELETE": "on"})
    block = TextBlock.objects.count()
    changed = {f"{prefix}-html_en": "<p>Jinli is first.</p>"}
    answer = two[1].post(url, {**both_open[1], **changed})

    assert (block, answer.status_code) == (0, 409)
    [collision] = answer.context["collisions"]
    two[1].post(merge, chosen(answer, **{collision.place.key: "mine"}))

    assert TextBlock.objects.get().html_en == "<p>Jinli is first.</p>"


def test_of_two_other_pictures_both_can_stay(two, both_open, records, picture):
    url, merge = (address(f"article_{page}", records.article.pk) for page in ("change", "merge"))
    field = "towns_photoblock_set-0-photo"
    theirs, mine = (Photo.objects.create(image=picture(one)) for one in ("green", "red"))
    two[0].post(url, {**both_open[0], field: theirs.pk})

    answer = two[1].post(url, {**both_open[1], field: mine.pk})
    [collision] = answer.context["collisions"]
    two[1].post(merge, chosen(answer, **{collision.place.key: "both"}))

    shown = answer.content.decode()
    for photo in (theirs, mine):
        assert address("photo_thumbnail", photo.pk) in shown
    assert [block.photo for block in PhotoBlock.objects.order_by("ordering")] == [theirs, mine]


def test_a_change_of_the_form_alone_is_said_in_words(two, both_open, records):
    url, field = address("article_change", records.article.pk), "towns_textblock_set-0-html_en"
    TextBlock.objects.update(html_en="<p>Jinli is first.</p>")
    bold = "<p>Jinli is <strong>first</strong>.</p>"
    opened = {**both_open[0], "_version": keep_cells(records.article).digest}
    two[0].post(url, {**opened, field: bold})

    answer = two[1].post(url, {**opened, field: "<p>Jinli is <em>first</em>.</p>"})

    assert "only their form changed" in answer.content.decode()


def test_a_form_without_its_version_overwrites_nothing(two, both_open, records):
    url = address("article_change", records.article.pk)
    sent = {key: value for key, value in both_open[0].items() if key != "_version"}

    answer = two[0].post(url, {**sent, "title_en": "Blind"})

    records.article.refresh_from_db()
    assert answer.status_code == 409
    assert records.article.title_en == "Four towns"


def test_submitting_and_taking_back_is_no_newer_version(two, both_open, records):
    url = address("article_change", records.article.pk)
    type(records.article).objects.update(due_at="2023-10-20T00:00:00Z")

    answer = two[0].post(url, {**both_open[0], "title_en": "Five"})

    assert answer.status_code == 302


def test_a_record_conflicts_cell_by_cell(two, records, posted):
    url = address("town_change", records.town.pk)
    first, second = (posted(client, url) for client in two)
    two[0].post(url, {**first, "name_en": "Jinli Town"})

    answer = two[1].post(url, {**second, "name_en": "Jinlee", "honours-0-name_en": "Key town"})

    assert answer.status_code == 409
    assert [one.field for one in answer.context["collisions"]] == ["English name"]
    two[1].post(address("town_merge", records.town.pk), chosen(answer, **{"|name_en": "theirs"}))
    records.town.refresh_from_db()
    assert records.town.name_en == "Jinli Town"
    assert records.town.honours.get().name_en == "Key town"


def test_the_merge_of_a_public_record_is_proposed(two, records, posted, publisher):
    publish_records([records.edition], by=publisher)
    url = address("rankingedition_change", records.edition.pk)
    sent = posted(two[1], url, size=900, proposal_reason="The list says so")
    type(records.edition).objects.filter(pk=records.edition.pk).update(is_whole=True)

    answer = two[1].post(url, sent)
    two[1].post(address("rankingedition_merge", records.edition.pk), chosen(answer))

    records.edition.refresh_from_db()
    assert records.edition.size == 1000
    proposal = Proposal.objects.get()
    assert proposal.reason == "The list says so"
    assert proposal.after.content["columns"]["size"] == 900
    assert proposal.after.content["columns"]["is_whole"] is True


def test_a_form_in_a_window_of_its_own_keeps_the_rule(two, records, posted):
    url = address("column_change", records.column.pk)
    sent = posted(two[0], f"{url}?_popup=1", name_en="News", _popup="1")

    first = two[0].post(url, sent)
    second = two[1].post(url, {**sent, "name_en": "Other news"})

    records.column.refresh_from_db()
    assert (first.status_code, second.status_code) == (200, 409)
    assert records.column.name_en == "News"


def test_the_stages_merge_and_the_trail_says_so(two, posted):
    ensure_stages()
    stage = Stage.objects.first()
    url = address("stage_change", stage.pk)
    sent = posted(two[1], url, name_en="Desk review")
    two[1].post(url, posted(two[1], url, waiver_en="Waived"))

    answer = two[1].post(url, sent)
    two[1].post(address("stage_merge", stage.pk), chosen(answer))

    stage.refresh_from_db()
    assert answer.status_code == 409
    assert (stage.name_en, stage.waiver_en) == ("Desk review", "Waived")
    assert TrailEntry.objects.filter(act="stages").count() == 2


def test_what_was_submitted_meanwhile_is_not_merged_and_not_lost(two, records, posted):
    url, merge = (address(f"article_{page}", records.article.pk) for page in ("change", "merge"))
    records.article.towns_photoblock_set.all().delete()
    HeadingBlock.objects.update(town=None)
    mine = posted(two[1], url, title_en="Mine")
    two[0].post(url, posted(two[0], url, title_en="Theirs"))
    answer = two[1].post(url, mine)
    submit_by_writer(records.article)

    back = two[1].post(merge, chosen(answer, **{"|title_en": "mine"}))

    records.article.refresh_from_db()
    assert back.status_code == 302
    assert records.article.title_en == "Theirs"
    assert dict(Backup.objects.get().fields)["title_en"] == "Mine"


def chosen(answer, **choices: str) -> dict:
    """The conflict page sent as it stands, with these choices."""
    shown = [*answer.context["collisions"], *answer.context["merged"]]
    marked = {one.name: one.choice for one in shown if one.choice}
    picked = {CHOICE + key: value for key, value in choices.items()}
    reason = {"proposal_reason": answer.context["reason"]}
    return {"_version": answer.context["version"], **reason, **marked, **picked}
