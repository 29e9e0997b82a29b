"""Pictures that come in: one answer for each, and credits for many in one go."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.images.originals import AI_LABEL, full_exif, original
from towns.admin.photo_credit import credits_named
from towns.models import Party, Photo, PhotoCredit, Version
from towns.publishing.record import publish_records

UPLOAD = "admin:towns_photo_upload"


def uploaded(client, *files) -> list[dict]:
    headers = {"accept": "application/json"}
    return client.post(reverse(UPLOAD), {"pictures": files}, headers=headers).json()["files"]


# Coming in --------------------------------------------------------------------------------------


def test_a_picture_is_kept_with_what_its_file_says(desk, writer):
    [said] = uploaded(desk, original(xmp=b"", exif=full_exif()))

    photo = Photo.objects.get(pk=said["id"])
    assert said["state"] == "kept"
    assert said["message"] == "Taken on Oct. 18, 2023, says the file · The file names: 刘春林"
    assert (photo.taken_on, photo.is_ai_generated) == (dt.date(2023, 10, 18), False)
    assert photo.file_name == "p.jpeg"
    assert not photo.credits.exists()
    assert Version.objects.about(photo).get().saved_by == writer


def test_an_ai_label_in_the_file_marks_the_picture_and_says_so(desk):
    [said] = uploaded(desk, original("PNG", xmp=b"", texts={"AIGC": AI_LABEL}, exif=b""))

    assert said["message"] == "The file says that a machine made it: marked so"
    assert Photo.objects.get().is_ai_generated


def test_the_same_file_is_refused_with_a_link_to_the_first_and_the_others_go_on(desk, picture):
    first, copy, nothing, other = uploaded(
        desk,
        picture("teal"),
        picture("teal", name="copy.jpg"),
        SimpleUploadedFile("drawing.jpg", b"<svg/>"),
        picture("red", name="other.jpg"),
    )

    assert [one["state"] for one in (first, copy, nothing, other)] == [
        "kept",
        "same",
        "refused",
        "kept",
    ]
    assert copy["message"] == "This very picture is in the library already."
    assert copy["url"] == first["url"]
    assert nothing["message"].startswith("This is an SVG drawing.")
    assert Photo.objects.count() == 2


def test_refusals_are_said_in_the_language_of_the_reader(writer, signed_in):
    [said] = uploaded(signed_in(writer, "zh-hans"), SimpleUploadedFile("p.jpg", b"no picture"))

    assert said["message"] == "这个文件不是完整的 JPEG、PNG、WebP 或 AVIF 图片。"


def test_without_script_a_form_of_several_files_leads_to_the_batch(desk, picture):
    files = [picture("teal"), picture("teal", name="copy.jpg"), picture("red")]

    response = desk.post(reverse(UPLOAD), {"pictures": files}, follow=True)

    assert [form.instance.file_name for form in response.context["batch"].words] == ["p.jpg"] * 2
    assert "“copy.jpg”: This very picture is in the library already." in response.text


def test_readers_of_the_desk_do_not_upload(staff, signed_in, picture):
    response = signed_in(staff("proof-reader")).post(reverse(UPLOAD), {"pictures": picture()})

    assert response.status_code == 403
    assert not Photo.objects.exists()


# Crediting in one go ----------------------------------------------------------------------------


def batch(client, *photos) -> str:
    return reverse("admin:towns_photo_batch") + "?ids=" + ",".join(str(one.pk) for one in photos)


def filled(client, url: str, **changes) -> dict:
    data = {}
    for form in client.get(url).context["batch"]:
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                data[field.html_name] = value
    return {**data, **changes}


def test_what_pictures_share_is_said_once_and_captions_each(desk, records, photo_of):
    teal, red = photo_of("blue"), photo_of("red", caption_en="Its own")
    url = batch(desk, teal, red)

    response = desk.post(
        url,
        filled(
            desk,
            url,
            **{
                "all-party": records.party.pk,
                "all-kind": "courtesy",
                "all-towns": [records.town.pk],
                "all-licence": "CC BY 4.0",
                "all-caption_en": "A trip to Jinli",
                f"p{teal.pk}-caption_zh": "金利镇",
            },
        ),
    )

    assert response.status_code == 302
    teal.refresh_from_db()
    red.refresh_from_db()
    assert (teal.caption_zh, teal.caption_en, teal.licence) == (
        "金利镇",
        "A trip to Jinli",
        "CC BY 4.0",
    )
    assert red.caption_en == "Its own"
    for photo in (teal, red):
        assert [str(credit) for credit in photo.credits.all()] == ["courtesy of Gaoyao Release"]
        assert list(photo.towns.all()) == [records.town]
        assert Version.objects.about(photo).count() == 1


def test_a_name_in_the_file_is_matched_by_other_names_and_never_created_unasked(
    desk, records, photo_of
):
    records.party.other_names = "高要融媒\nGaoyao Media"
    records.party.save()
    photo = photo_of("red")
    Photo.objects.filter(pk=photo.pk).update(
        file_says={"creators": ["刘春林"], "credit": "高要融媒"}
    )
    url = batch(desk, photo)

    desk.post(url, filled(desk, url))

    assert [str(credit) for credit in photo.credits.all()] == ["courtesy of Gaoyao Release"]
    assert not Party.objects.filter(name_zh="刘春林").exists()


def test_an_unknown_name_is_created_where_it_is_ticked(desk, photo_of):
    photo = photo_of("red")
    Photo.objects.filter(pk=photo.pk).update(file_says={"creators": ["刘春林"]})
    url = batch(desk, photo)
    [named] = desk.get(url).context["batch"].named

    desk.post(url, filled(desk, url, **{f"{named.prefix}-take": "on"}))

    credit = PhotoCredit.objects.get(photo=photo)
    assert (credit.kind, credit.party.name_zh, credit.party.kind) == (
        "photographed",
        "刘春林",
        "person",
    )


@pytest.mark.parametrize(
    ("says", "names"),
    [
        (
            {"creators": ["刘春林; 陈彦成"]},
            [("photographed", "刘春林"), ("photographed", "陈彦成")],
        ),
        ({"creators": ["肇庆市融媒体中心记者 刘春林"]}, [("photographed", "刘春林")]),
        ({"copyright": "© 2023 高要发布. All rights reserved."}, [("source", "高要发布")]),
        ({"creators": ["刘春林"], "copyright": "© 高要发布"}, [("photographed", "刘春林")]),
        ({"copyright": "All rights reserved"}, []),
        ({}, []),
    ],
)
def test_names_that_files_say(says, names, db):
    named = credits_named([Photo(pk=1, file_says=says)])

    assert [(one.kind, one.name) for one in named] == names


def test_two_parties_of_one_name_are_for_a_person_to_tell_apart(desk, photo_of):
    for kind in ("person", "media"):
        Party.objects.create(kind=kind, name_zh="刘春林")
    photo = photo_of("red")
    Photo.objects.filter(pk=photo.pk).update(file_says={"creators": ["刘春林"]})

    page = desk.get(batch(desk, photo))

    assert "Several parties are called so: choose below." in page.text


def test_minors_without_a_consent_are_an_error_with_its_cure(desk, photo_of):
    photo = photo_of("red")
    url = batch(desk, photo)

    response = desk.post(url, filled(desk, url, **{f"p{photo.pk}-shows_minors": "on"}))

    assert response.status_code == 200
    assert (
        "Write here who consented, when, and where the paper is kept; or untick “shows minors” if "
        "no child can be recognised." in response.text
    )
    assert not Photo.objects.get().shows_minors


def test_what_is_public_is_not_changed_by_a_batch(desk, records, photo_of, publisher):
    records.town.lead_photo = public = photo_of("red", caption_en="Public")
    records.town.save()
    publish_records([records.town], by=publisher)
    url = batch(desk, public)

    page = desk.get(url)
    desk.post(url, {"all-kind": "source", f"p{public.pk}-caption_en": "Other"})

    assert "1 picture is public and not shown here" in page.text
    public.refresh_from_db()
    assert public.caption_en == "Public"
