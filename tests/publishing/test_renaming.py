"""What was public and is renamed answers 301 at its old address, on pages and in the API."""

import pytest

from tests import records
from tests.articles import article, public_article
from tests.signing import person, publish_signed
from towns.documents.cells import cells_of, keep_cells
from towns.models import MovedOn, OldAddress, Page, ProjectsBlock, SiteVersion, Version
from towns.publishing.history import note_version, restore_version
from towns.publishing.proposal import accept, propose


def rename(record, slug: str, **columns) -> None:
    before = cells_of(record)
    after = {**before, "columns": {**before["columns"], "slug": slug, **columns}}
    writer, decider = person("writer"), person("final reviewer", "decider")
    proposal = propose(record, before=before, after=after, by=writer, reason="Misspelt")
    accept(proposal, by=decider)
    record.refresh_from_db()


@pytest.fixture
def world(loaded_roles):
    town = records.town()
    records.public_edition(records.ranking(), 2023, {town: 1})
    records.public_project("a-road", town)
    page = Page.objects.create(slug="about", title_en="About")
    records.publish(page)
    return town


def leads(client, old: str, new: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.get("Location")) == (301, new)
    assert client.get(new).status_code in (200, 302)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_lead_to_the_new_address(client, world, language):
    project, ranking = world.projects.get(), world.entries.get().edition.ranking
    rename(project, "the-road")
    rename(ranking, "top-towns")
    rename(Page.objects.get(), "about-us")

    leads(client, f"/{language}/projects/a-road/", f"/{language}/projects/the-road/")
    leads(client, f"/{language}/about/", f"/{language}/about-us/")
    for rest in ("", "2023/", "years/", "2023/?page=1"):
        old, new = (f"/{language}/rankings/{slug}/{rest}" for slug in ("top-1000", "top-towns"))
        leads(client, old, new)


def test_the_api_leads_there_too(client, world):
    rename(world.projects.get(), "the-road")
    rename(world.entries.get().edition.ranking, "top-towns")

    leads(client, "/api/v1/projects/a-road/", "/api/v1/projects/the-road/")
    leads(client, "/api/v1/rankings/top-1000/", "/api/v1/rankings/top-towns/")
    old, new = (f"/api/v1/ranking-editions/{slug}-2023/" for slug in ("top-1000", "top-towns"))
    leads(client, old, new)
    assert client.get("/api/v1/projects/a-road/")["Access-Control-Allow-Origin"] == "*"
    assert client.post("/api/v1/projects/a-road/").status_code != 301


def test_two_renamings_lead_to_the_last_and_back_again_to_the_first(client, world):
    project = world.projects.get()
    rename(project, "the-road")
    rename(project, "new-road")

    leads(client, "/en/projects/a-road/", "/en/projects/new-road/")
    leads(client, "/en/projects/the-road/", "/en/projects/new-road/")
    rename(project, "a-road")
    assert client.get("/en/projects/a-road/").status_code == 200
    leads(client, "/en/projects/the-road/", "/en/projects/a-road/")


def test_what_has_the_address_today_goes_first(client, world):
    rename(world.projects.get(), "the-road")

    records.public_project("a-road", world)

    assert client.get("/en/projects/a-road/").status_code == 200


def test_a_draft_leaves_no_address_behind(client, world):
    draft = records.project("draft", world)
    note_version(draft, by=person("writer"))
    draft.slug = "draft-two"
    draft.save()

    restore_version(Version.objects.about(draft).first(), by=person("writer"))

    draft.refresh_from_db()
    assert draft.slug == "draft"
    assert not OldAddress.objects.exists()


def test_a_renaming_raises_the_version_with_its_lines(world):
    before = SiteVersion.current()

    rename(world.projects.get(), "the-road")

    assert SiteVersion.current() == before + 2


def test_an_article_that_quotes_a_renamed_project_still_learns_of_changes(client, world):
    project = world.projects.get()
    made = article()
    block = ProjectsBlock.objects.create(parent=made, region="main", ordering=2)
    block.projects.add(project)
    publish_signed(made)
    rename(project, "the-road")
    assert not MovedOn.objects.exists()

    rename(project, "the-road", status="begun")

    assert MovedOn.objects.get().permanent_id == "a-road"
    assert "construction begun" in client.get("/en/articles/first/").text


def test_an_article_keeps_its_first_address_when_a_version_comes_back(loaded_roles):
    writer, made = person("writer"), article("draft-name")
    first = note_version(made, by=writer)
    made.slug = "first"
    made.save()
    note_version(made, by=writer)
    publish_signed(made)

    restore_version(first, by=writer)

    made.refresh_from_db()
    assert made.slug == "first"


def test_a_column_is_renamed_in_the_admin_and_its_lists_lead_on(client, admin_client, db):
    column = public_article().column

    admin_client.post(
        f"/admin/towns/column/{column.pk}/change/",
        {
            "name_en": "News",
            "name_zh": "新闻",
            "slug": "new-name",
            "order": "0",
            "_version": keep_cells(column).digest,
        },
    )

    column.refresh_from_db()
    assert column.slug == "new-name"
    leads(client, "/en/articles/?column=news", "/en/articles/?column=new-name")
    leads(client, "/en/feed/columns/news/atom.xml", "/en/feed/columns/new-name/atom.xml")
    leads(client, "/api/v1/columns/news/", "/api/v1/columns/new-name/")
