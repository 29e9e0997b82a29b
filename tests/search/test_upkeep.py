"""The index follows what is public, in the same transaction."""

import pytest
from django.utils.translation import override

from tests.records import (
    edition,
    project,
    public_edition,
    public_project,
    public_statistic,
    publish,
    ranking,
    town,
)
from tests.signing import publish_signed
from towns.models import Article, Photo, Project, SearchEntry, Town
from towns.publishing.announcing import announce
from towns.search import index, rebuild, remove, search, settle

pytestmark = pytest.mark.django_db


def found(typed: str) -> set[str]:
    [group] = search(typed, limit=200).groups
    return {f"{hit.kind} {hit.entry.permanent_id}" for hit in group.hits}


def test_no_draft_is_indexed_or_found(draft_demo):
    draft_demo.site.home_photos.clear()

    rebuild()

    assert not SearchEntry.objects.exists()
    assert found("金利") == set()


def test_publishing_a_fact_makes_its_town_found():
    place = town(name_zh="大沙镇")
    road = project("dasha-road", place, name_zh="大沙公路")
    assert found("大沙") == set()

    publish(road)

    assert found("大沙") == {"project dasha-road", f"town {place.code}"}


def test_a_draft_beside_what_is_public_stays_out():
    place = town()
    public_project("open-road", place)
    project("secret-road", place)
    edition(ranking(), 2023, {place: 816})

    assert found("dasha") == {"project open-road", f"town {place.code}"}
    assert found("secret") == set()


def test_a_profile_that_is_not_published_is_not_searched():
    place = town(summary_en="A secret profile")
    public_project("open-road", place)

    assert found("secret profile") == set()

    publish(place)

    assert found("secret profile") == {f"town {place.code}"}


def test_a_removed_record_and_its_town_disappear(django_capture_on_commit_callbacks):
    road = public_project("only-road", town())
    assert len(found("dasha")) == 2

    with django_capture_on_commit_callbacks(execute=True):
        road.delete()
        announce()
        assert "project only-road" not in found("dasha")

    assert found("dasha") == set()
    assert not SearchEntry.objects.exists()


def test_what_is_hidden_without_being_announced_is_not_shown_either(demo):
    Project.objects.filter(slug="jinli-avenue").update(published_at=None, published_by=None)

    assert SearchEntry.objects.filter(permanent_id="jinli-avenue").exists()
    assert "project jinli-avenue" not in found("金利大道")

    settle()

    assert not SearchEntry.objects.filter(permanent_id="jinli-avenue").exists()


def test_a_new_name_of_a_town_reaches_what_is_linked_to_it():
    place = town()
    public_project("a-road", place)
    public_statistic(place)
    public_edition(ranking(), 2023, {place: 816})
    place.name_zh, place.name_en = "小沙镇", "Xiaosha"
    place.save()

    announce([place])

    assert {line.split()[0] for line in found("小沙")} == {
        "town",
        "project",
        "statistic",
        "ranking-edition",
    }
    assert found("大沙") == set()


def test_an_article_is_found_by_its_current_publication_alone(demo, publisher):
    article = Article.objects.get(slug="four-towns-2023")
    article.title_zh = "今年的新题目"
    article.save()
    assert found("新题目") == set()

    publish_signed(article, by=publisher)

    assert found("新题目") == {"article four-towns-2023"}
    assert found("肇庆这四个镇入选") == set()


def test_pictures_of_the_home_page_follow_the_settings(draft_demo):
    announce([draft_demo.site])
    assert {line.split()[0] for line in found("demo picture")} == {"photo"}

    draft_demo.site.home_photos.clear()
    announce([draft_demo.site])

    assert found("demo picture") == set()


def test_index_and_remove_by_hand(demo):
    photo = Photo.objects.get(caption_en="Jinli Town.")
    remove("photo", [photo.permanent_id])
    assert f"photo {photo.uid}" not in found("金利镇")

    index([photo, Town.objects.exclude(pk__in=Town.objects.public()).first()])

    assert f"photo {photo.uid}" in found("金利镇")


def test_rebuilding_gives_the_same_index_and_says_how_far_it_is(demo):
    before = list(SearchEntry.objects.values())
    SearchEntry.objects.filter(permanent_id="jinli-avenue").update(names="")
    told = []

    with override("zh-hans"):  # not the language in which it was published
        count = rebuild(lambda done, total: told.append((done, total)))

    assert list(SearchEntry.objects.values()) == before
    assert count == len(before)
    assert told[-1] == (count, count)
