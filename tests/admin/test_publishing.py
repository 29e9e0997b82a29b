from decimal import Decimal

import pytest
from django.urls import reverse

from tests.signing import publish_signed, sign_all, submit_by_writer
from towns.accounts.stages import ensure_stages
from towns.models import (
    Article,
    BinItem,
    Change,
    Page,
    Party,
    Photo,
    PhotoBlock,
    Proposal,
    Publication,
    SiteVersion,
    Statistic,
    StatisticsBlock,
    Town,
    Version,
)
from towns.publishing.history import note_version
from towns.publishing.proposal import cells_changed_by
from towns.publishing.record import publish_records


def address(page: str, *args: object) -> str:
    return reverse(f"admin:towns_{page}", args=args)


def version() -> int:
    return SiteVersion.objects.get().seq


def lines() -> list[tuple[str, str, str]]:
    return list(Change.objects.order_by("seq").values_list("kind", "permanent_id", "act"))


# Articles ------------------------------------------------------------------------------------


def test_a_writer_submits_and_a_publisher_publishes(records, writer, publisher, signed_in):
    ensure_stages()
    submitted = signed_in(writer).post(
        address("article_submit", records.article.pk), {"languages": ["en"]}, follow=True
    )
    sign_all(records.article)
    client, url = signed_in(publisher), address("article_publish", records.article.pk)
    asked = client.get(url)
    done = client.post(url, follow=True)

    assert "Submitted. The first stage has been told." in submitted.text
    assert "Publication 1: English." in asked.text
    assert "Published." in done.text
    assert Publication.objects.get().published_by == publisher


def test_asking_publishes_nothing(records, publisher, signed_in):
    submit_by_writer(records.article)
    sign_all(records.article)

    signed_in(publisher).get(address("article_publish", records.article.pk))

    assert not Publication.objects.exists()


def test_nothing_is_published_before_every_stage_has_signed(records, publisher, signed_in):
    submit_by_writer(records.article)

    answer = signed_in(publisher).post(address("article_publish", records.article.pk))

    assert answer.status_code == 403
    assert not Publication.objects.exists()


def test_writer_sees_no_button_and_is_refused(records, writer, signed_in):
    submit_by_writer(records.article)
    sign_all(records.article)
    client, url = signed_in(writer), address("article_publish", records.article.pk)

    form = client.get(address("article_change", records.article.pk), follow=True)

    assert url not in form.text
    assert client.post(url).status_code == 403
    assert not Publication.objects.exists()


def test_findings_stand_beside_the_number_of_their_block(records, writer, signed_in, picture):
    photo = Photo(caption_en="A lake")
    photo.image.save("lake.jpg", picture("navy"))
    PhotoBlock.objects.create(parent=records.article, region="main", ordering=40, photo=photo)

    response = signed_in(writer).post(
        address("article_submit", records.article.pk), {"languages": ["en"]}
    )

    assert response.status_code == 409
    assert "<strong>Block 4</strong> · The picture “A lake” has no credit." in response.text
    records.article.refresh_from_db()
    assert not records.article.is_in_review


def test_article_without_text_is_not_ready(records, writer, signed_in):
    empty = Article.objects.create(slug="empty", column=records.column, title_en="Empty")

    response = signed_in(writer).post(address("article_submit", empty.pk), {"languages": ["en"]})

    assert "The article has no text yet." in response.text


def test_edit_changes_nothing_in_public_until_published_again(
    records, writer, publisher, signed_in, posted
):
    publish_signed(records.article, by=publisher)
    frozen = records.article.publications.get().document_id
    client, url = signed_in(writer), address("article_change", records.article.pk)
    seq = version()

    saved = client.post(url, posted(client, url, title_en="Four towns of Zhaoqing"))

    assert saved.status_code == 302
    assert version() == seq
    assert Publication.objects.get(is_current=True).document_id == frozen
    said = "Changed since publication 1. The public still reads the earlier text."
    assert said in client.get(url).text


def test_a_text_in_review_opens_to_be_read_and_is_not_saved(records, writer, signed_in):
    submit_by_writer(records.article)
    client, url = signed_in(writer), address("article_change", records.article.pk)

    opened = client.get(url)
    posted = client.post(url, {"title_en": "Changed"}, follow=True)

    assert opened.url == address("article_review", records.article.pk)
    assert "Nothing was saved." in posted.text
    records.article.refresh_from_db()
    assert records.article.title_en != "Changed"


def test_same_text_is_not_submitted_twice(records, writer, publisher, signed_in):
    publish_signed(records.article, by=publisher)

    answer = signed_in(writer).post(
        address("article_submit", records.article.pk), {"languages": ["en"]}
    )

    assert "The public reads exactly this text already." in answer.text


def test_publisher_reads_the_text_without_tags(records, publisher, signed_in):
    response = signed_in(publisher).get(address("article_change", records.article.pk))

    assert "<p>Jinli is <strong>485th</strong>.</p>" in response.text


def test_article_knows_who_began_it(records, writer, signed_in, posted):
    client, url = signed_in(writer), address("article_add")
    data = posted(client, url, slug="new", title_zh="新稿", column=records.column.pk)

    response = client.post(url, data)

    assert response.status_code == 302
    made = Article.objects.get(slug="new")
    assert made.created_by == writer
    assert Version.objects.about(made).get().saved_by == writer


def test_published_article_keeps_its_address(records, writer, publisher, signed_in):
    publish_signed(records.article, by=publisher)

    form = signed_in(writer).get(address("article_change", records.article.pk))

    assert "slug" not in form.context["adminform"].form.fields


def test_published_article_is_not_deleted(records, writer, publisher, signed_in):
    publish_signed(records.article, by=publisher)

    response = signed_in(writer).post(
        address("article_delete", records.article.pk), {"post": "yes"}
    )

    assert response.status_code == 403
    assert Article.objects.exists()


# Records -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["town", "edition", "project", "statistic"])
def test_record_is_published_by_its_button(name, records, publisher, signed_in):
    client, record = signed_in(publisher), getattr(records, name)
    url = address(f"{record._meta.model_name}_publish", record.pk)

    form = client.get(address(f"{record._meta.model_name}_change", record.pk))
    asked = client.get(url)
    record.refresh_from_db()
    assert not record.is_public
    done = client.post(url, follow=True)

    record.refresh_from_db()
    assert f'href="{url}"' in form.text
    assert str(record) in asked.text
    assert record.published_by == publisher
    assert "1 record is now public." in done.text
    assert f'href="{url}"' not in done.text


def test_selected_records_are_published_after_asking(records, publisher, signed_in):
    client, url = signed_in(publisher), address("statistic_changelist")
    data = {"action": "publish_selected", "_selected_action": [records.statistic.pk]}

    asked = client.post(url, data)
    records.statistic.refresh_from_db()
    assert "As soon as you publish" in asked.text
    assert not records.statistic.is_public
    client.post(url, {**data, "confirmed": "Publish"})

    records.statistic.refresh_from_db()
    assert records.statistic.published_by == publisher


@pytest.mark.parametrize("name", ["town", "edition", "project", "statistic"])
def test_writer_cannot_publish_a_record(name, records, writer, signed_in):
    client, record = signed_in(writer), getattr(records, name)
    model = record._meta.model_name
    data = {"action": "publish_selected", "_selected_action": [record.pk], "confirmed": "x"}

    client.post(address(f"{model}_changelist"), data)
    form = client.get(address(f"{model}_change", record.pk))
    refused = client.post(address(f"{model}_publish", record.pk))

    record.refresh_from_db()
    assert not record.is_public
    assert "/publish/" not in form.text
    assert refused.status_code == 403


def test_nobody_publishes_what_they_entered(records, administrator, signed_in, posted):
    client, record = signed_in(administrator), records.statistic
    url = address("statistic_change", record.pk)
    client.post(url, posted(client, url, value=7))

    done = client.post(address("statistic_publish", record.pk), follow=True)

    record.refresh_from_db()
    assert not record.is_public
    assert "you entered it, so another person publishes it." in done.text


def test_a_publisher_publishes_a_page_that_an_administrator_wrote(
    records, administrator, publisher, signed_in
):
    page = Page.objects.create(slug="contact", title_en="Contact")
    note_version(page, by=administrator)

    signed_in(publisher).post(address("page_publish", page.pk))

    page.refresh_from_db()
    assert page.published_by == publisher


def test_records_that_go_out_along_are_named_and_chosen(records, writer, publisher, signed_in):
    ensure_stages()
    block = StatisticsBlock.objects.create(parent=records.article, region="main", ordering=50)
    block.statistics.set([records.statistic])
    submit_by_writer(records.article)
    sign_all(records.article)
    client, url = signed_in(publisher), address("article_publish", records.article.pk)

    asked = client.get(url)
    refused = client.post(url)
    client.post(url, {"with_records": "on"})

    assert str(records.statistic) in asked.text
    assert asked.context["form"]["with_records"].value() is True
    assert "is not published yet." in refused.text
    records.statistic.refresh_from_db()
    assert records.statistic.is_public


# Proposing -----------------------------------------------------------------------------------

WHY = {"proposal_reason": "The gazetteer says so", "proposal_nature": "correction"}


def test_saving_a_public_record_proposes_and_changes_nothing(
    records, writer, publisher, signed_in, posted
):
    publish_records([records.town], by=publisher)
    client, url = signed_in(writer), address("town_change", records.town.pk)
    before, name = lines(), records.town.name_en

    response = client.post(
        url,
        posted(client, url, name_en="Other", **{"honours-0-name_en": "Key town"}, **WHY),
        follow=True,
    )

    assert "Proposed: a second person decides." in response.text
    records.town.refresh_from_db()
    assert records.town.name_en == name
    assert lines() == before
    cells = cells_changed_by(Proposal.objects.get())
    assert [(cell.row.split("/")[0], cell.field) for cell in cells] == [
        ("", "name_en"),
        ("honours", "name_en"),
    ]


def test_the_form_of_a_public_record_asks_why(records, writer, publisher, signed_in, posted):
    publish_records([records.town], by=publisher)
    client, url = signed_in(writer), address("town_change", records.town.pk)

    response = client.post(url, posted(client, url, name_en="Other"))

    assert "Say why, for the person who decides." in response.text
    assert not Proposal.objects.exists()


def test_an_accepted_proposal_is_announced_once(records, writer, publisher, signed_in, posted):
    publish_records([records.edition], by=publisher)
    client, url = signed_in(writer), address("rankingentry_change", records.entry.pk)
    client.post(url, posted(client, url, **{"claims-0-value": 85}, **WHY))
    before = len(lines())

    signed_in(publisher).post(
        address("proposal_change", Proposal.objects.get().pk), {"act": "accept"}
    )

    assert lines()[before:] == [("ranking-entry", str(records.entry.uid), "corrected")]


def test_a_new_entry_of_a_public_edition_is_proposed(
    records, writer, publisher, signed_in, other_town
):
    publish_records([records.edition], by=publisher)
    data = {
        "edition": records.edition.pk,
        "town": other_town.pk,
        "rank": 900,
        "source": records.source.pk,
        "claims-TOTAL_FORMS": 0,
        "claims-INITIAL_FORMS": 0,
        **WHY,
    }

    signed_in(writer).post(address("rankingentry_add"), data)
    assert not other_town.entries.exists()
    signed_in(publisher).post(
        address("proposal_change", Proposal.objects.get().pk), {"act": "accept"}
    )

    assert other_town.entries.get().rank == 900


def test_saving_without_a_change_says_nothing(records, writer, publisher, signed_in, posted):
    publish_records([records.project], by=publisher)
    client, url = signed_in(writer), address("project_change", records.project.pk)
    seq = version()

    response = client.post(url, posted(client, url, **WHY), follow=True)

    assert "Nothing would change." in response.text
    assert version() == seq


def test_record_that_nobody_sees_is_saved_and_not_announced(records, writer, signed_in, posted):
    client, url = signed_in(writer), address("party_change", records.party.pk)

    response = client.post(url, posted(client, url, name_en="Gaoyao News"))

    assert response.status_code == 302
    assert Party.objects.get(pk=records.party.pk).name_en == "Gaoyao News"
    assert lines() == []


def test_settings_raise_the_version(records, administrator, signed_in, posted):
    client, url = signed_in(administrator), address("sitesettings_change", 1)
    seq = version()

    client.post(url, posted(client, url, contact="0758"))

    assert version() > seq


def test_deleting_a_public_record_is_proposed(records, writer, publisher, signed_in):
    publish_records([records.statistic], by=publisher)
    pk, uid = records.statistic.pk, str(records.statistic.uid)

    signed_in(writer).post(
        address("statistic_delete", pk), {"post": "yes", "reason": "It stands there twice"}
    )
    assert Statistic.objects.filter(pk=pk).exists()
    signed_in(publisher).post(
        address("proposal_change", Proposal.objects.get().pk), {"act": "accept"}
    )

    assert not Statistic.objects.filter(pk=pk).exists()
    assert ("statistic", uid, "removed") in lines()


def test_deleting_many_leaves_the_public_ones(records, writer, publisher, signed_in):
    publish_records([records.statistic], by=publisher)
    draft = Statistic.objects.create(
        town=records.town,
        indicator_en="Draft",
        value=Decimal(1),
        unit="yuan",
        source=records.source,
    )
    data = {
        "action": "delete_selected",
        "_selected_action": [records.statistic.pk, draft.pk],
        "post": "yes",
    }

    done = signed_in(writer).post(address("statistic_changelist"), data, follow=True)

    assert list(Statistic.objects.all()) == [records.statistic]
    assert BinItem.objects.get().name == str(draft)
    assert "is public: remove it on its own page, with a reason." in done.text


def test_a_draft_goes_to_the_bin_and_comes_back(records, writer, signed_in):
    client, pk = signed_in(writer), records.statistic.pk

    client.post(address("statistic_delete", pk), {"post": "yes"})
    assert not Statistic.objects.filter(pk=pk).exists()
    client.post(address("binitem_restore", BinItem.objects.get().pk))

    assert Statistic.objects.get(pk=pk).uid == records.statistic.uid


def test_entries_leave_with_their_edition(records, writer, publisher, signed_in):
    publish_records([records.edition], by=publisher)
    entry = str(records.entry.uid)
    signed_in(writer).post(
        address("rankingedition_delete", records.edition.pk), {"post": "yes", "reason": "Twice"}
    )

    signed_in(publisher).post(
        address("proposal_change", Proposal.objects.get().pk), {"act": "accept"}
    )

    assert ("ranking-entry", entry, "removed") in lines()
    assert ("ranking-edition", "top-1000-2023", "removed") in lines()


def test_used_record_is_not_deleted(records, administrator, signed_in):
    """The town is named by a list of the project, which the database would let go."""
    records.entry.delete()
    records.statistic.delete()
    records.article.towns_headingblock_set.all().delete()

    response = signed_in(administrator).post(
        address("town_delete", records.town.pk), {"post": "yes"}
    )

    assert response.context["protected"] == ["Project: Jinli Avenue"]
    assert Town.objects.exists()


# The policy of the pages ---------------------------------------------------------------------


def test_article_form_gives_its_scripts_the_nonce_of_its_policy(records, writer, signed_in):
    response = signed_in(writer).get(address("article_change", records.article.pk))

    policy = response["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'<script type="importmap" nonce="{nonce}">' in response.text
    assert "unsafe" not in policy
