import pytest
from django.urls import reverse

from towns.models import Photo, RankingEntry
from towns.publishing.record import publish_records


def address(page: str, *args: object) -> str:
    return reverse(f"admin:towns_{page}", args=args)


def errors_of(response) -> list[str]:
    assert response.status_code == 200
    return [message for messages in response.context["errors"] for message in messages]


@pytest.fixture
def client(writer, signed_in):
    return signed_in(writer)


def entry_data(records, **changes) -> dict:
    return {
        "edition": records.edition.pk,
        "source": records.source.pk,
        "claims-TOTAL_FORMS": 0,
        "claims-INITIAL_FORMS": 0,
        **changes,
    }


def test_rank_beyond_the_end_of_the_edition(client, records, other_town):
    data = entry_data(records, town=other_town.pk, rank=1001)

    response = client.post(address("rankingentry_add"), data)

    assert errors_of(response) == ["This edition names 1000 towns; 1001 is beyond its end."]


def test_rank_of_another_town(client, records, other_town):
    data = entry_data(records, town=other_town.pk, rank=485)

    response = client.post(address("rankingentry_add"), data)

    assert errors_of(response) == [
        "Another town has this rank in this edition. Mark both as tied if that is so."
    ]


def test_a_save_that_came_in_between_is_told_and_is_no_fault_of_ours(
    client, records, other_town, monkeypatch
):
    """The check passes, another save takes the rank, and the database refuses ours."""
    validate, others = RankingEntry.validate_constraints, iter([True])

    def check_too_early(entry, exclude=None):
        if not next(others, None):
            validate(entry, exclude=exclude)

    monkeypatch.setattr(RankingEntry, "validate_constraints", check_too_early)
    monkeypatch.setattr(RankingEntry, "full_clean", lambda *args, **kwargs: None)

    response = client.post(
        address("rankingentry_add"), entry_data(records, town=other_town.pk, rank=485)
    )

    assert errors_of(response) == [
        "Another town has this rank in this edition. Mark both as tied if that is so."
    ]


def test_rank_of_another_town_in_a_public_edition(client, records, other_town, publisher, posted):
    """The edition is read-only there, and still its ranks are compared."""
    other = RankingEntry.objects.create(
        edition=records.edition, town=other_town, rank=500, source=records.source
    )
    publish_records([records.edition], by=publisher)
    url = address("rankingentry_change", other.pk)

    data = posted(client, url, rank=485, proposal_reason="The list says so")
    response = client.post(url, data)

    assert errors_of(response) == [
        "Another town has this rank in this edition. Mark both as tied if that is so."
    ]


def test_tied_rank_is_kept(client, records, other_town):
    data = entry_data(records, town=other_town.pk, rank=485, is_tied="on")

    response = client.post(address("rankingentry_add"), data)

    assert response.status_code == 302


def test_town_twice_in_an_edition(client, records):
    data = entry_data(records, town=records.town.pk, rank=486)

    response = client.post(address("rankingentry_add"), data)

    assert errors_of(response) == ["This town already stands in this edition."]


def test_edition_does_not_shrink_below_its_ranks(client, records, posted):
    url = address("rankingedition_change", records.edition.pk)

    response = client.post(url, posted(client, url, size=100))

    assert errors_of(response) == ["An entry of this edition has rank 485."]


def test_claim_without_its_number_is_refused_in_its_place(client, records, posted):
    url = address("rankingentry_change", records.entry.pk)

    response = client.post(url, posted(client, url, **{"claims-0-value": ""}))

    assert "A change or a number of years running needs a number." in errors_of(response)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"town": ""}, "A statistic is about one town or one region."),
        ({"indicator_en": ""}, "Name the indicator in at least one language."),
        ({"value": "-1"}, "Money is never negative."),
        (
            {"period_start": "2023-02-01", "period_end": "2023-01-01"},
            "A period has both its days, and does not end before it starts.",
        ),
    ],
)
def test_statistic_against_its_rules(changes, message, client, records, posted):
    url = address("statistic_change", records.statistic.pk)

    response = client.post(url, posted(client, url, **changes))

    assert errors_of(response) == [message]


@pytest.mark.parametrize(
    ("page", "field", "message"),
    [
        ("party", "name_en", "Give the name in at least one language."),
        ("town", "name_en", "Give the name in at least one language."),
        ("source", "title_zh", "Give the title in at least one language."),
        ("article", "title_en", "Give the title in at least one language."),
    ],
)
def test_name_in_no_language(page, field, message, client, records, posted):
    url = address(f"{page}_change", getattr(records, page).pk)
    changes = {"name_zh": "", field: ""} if "name" in field else {field: ""}

    response = client.post(url, posted(client, url, **changes))

    assert errors_of(response) == [message]


def test_town_with_half_a_coordinate(client, records, posted):
    url = address("town_change", records.town.pk)

    response = client.post(url, posted(client, url, latitude="23"))

    assert errors_of(response) == [
        "Latitude (−90 to 90) and longitude (−180 to 180) are given together."
    ]


CREDITS = {"credits-TOTAL_FORMS": 0, "credits-INITIAL_FORMS": 0}


def test_picture_is_taken_once(client, picture, db):
    first = client.post(address("photo_add"), {"image": picture(), **CREDITS})
    second = client.post(address("photo_add"), {"image": picture(name="copy.jpg"), **CREDITS})

    assert first.status_code == 302
    assert errors_of(second) == ["This picture is already in the library."]
    assert Photo.objects.count() == 1


def test_picture_keeps_its_file_when_its_words_change(client, records, posted):
    url = address("photo_change", records.photo.pk)
    before = records.photo.image.name

    response = client.post(url, posted(client, url, caption_zh="村牌"))

    records.photo.refresh_from_db()
    assert response.status_code == 302
    assert (records.photo.caption_zh, records.photo.image.name) == ("村牌", before)
    assert "image" not in client.get(url).context["adminform"].form.fields


def test_same_credit_twice(client, records, posted):
    url = address("photo_change", records.photo.pk)
    credit = {
        "credits-TOTAL_FORMS": 2,
        "credits-1-order": 2,
        "credits-1-kind": "courtesy",
        "credits-1-party": records.party.pk,
    }

    response = client.post(url, posted(client, url, **credit))

    assert "This party already has this credit." in response.text


def test_staff_see_a_picture_that_is_not_public(client, records):
    response = client.get(address("photo_thumbnail", records.photo.pk))

    assert response["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")


def test_readers_do_not_see_it(client, records):
    client.logout()

    assert client.get(address("photo_thumbnail", records.photo.pk)).status_code == 302
