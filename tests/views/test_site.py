"""What holds on every page: languages, errors, pictures, policy."""

import re

import pytest

from towns.models import Photo, User

PAGES = (
    "",
    "articles/",
    "articles/four-towns-2023/",
    "towns/",
    "towns/441284105/",
    "rankings/",
    "rankings/top-1000-towns/2023/",
    "projects/",
    "projects/daoxi-wyndham/",
    "search/",
)


@pytest.mark.parametrize(("accepted", "language"), [("en-GB", "en"), ("zh-CN", "zh-hans")])
def test_root_leads_to_the_readers_language(client, demo, accepted, language):
    answer = client.get("/", headers={"accept-language": accepted})

    assert answer.headers["Location"] == f"/{language}/"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("language", "other"), [("zh-hans", "en"), ("en", "zh-hans")])
def test_every_page_opens_and_leads_to_itself_in_the_other_language(
    client, demo, page, language, other
):
    answer = client.get(f"/{language}/{page}")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in text
    assert f'href="/{other}/{page}" lang="{other}"' in text


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_a_script_or_a_style_of_its_own(client, demo, page):
    answer = client.get(f"/zh-hans/{page}")

    text = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert " src=" in script or 'type="application/ld+json"' in script
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("page", PAGES)
def test_no_english_word_of_the_interface_is_left_in_chinese_pages(client, demo, page):
    text = client.get(f"/zh-hans/{page}").content.decode()

    words = re.sub(r"<[^>]+>", " ", text)
    for word in ("Source", "Articles", "not known", "listed", "Publication", "expected", "Photo:"):
        assert word not in words


@pytest.mark.parametrize(
    "path",
    ["nope/", "articles/nope/", "towns/1/", "rankings/nope/2023/", "rankings/top-1000-towns/1/"],
)
@pytest.mark.parametrize(
    ("language", "title"), [("zh-hans", "没有这个页面"), ("en", "This page does not exist")]
)
def test_what_is_not_there_is_said_in_the_readers_language(client, demo, path, language, title):
    answer = client.get(f"/{language}/{path}")

    assert answer.status_code == 404
    assert title in answer.content.decode()


def test_public_pictures_are_kept_for_a_day_and_the_original_is_not_shown(client, demo):
    photo = Photo.objects.get(caption_en="Jinli Town.")

    size = client.get(f"/media/sizes/{photo.uid}-480.jpg")

    assert (size.status_code, size["Content-Type"]) == (200, "image/jpeg")
    assert size["Cache-Control"] == "public, max-age=86400"
    assert b"".join(size)
    assert client.get(f"/media/sizes/{photo.uid}-481.jpg").status_code == 404
    assert client.get(f"/media/originals/{photo.uid}").status_code == 404


def test_staff_see_pictures_that_are_not_public(client, draft_demo):
    photo = Photo.objects.get(caption_en="Jinli Town.")
    client.force_login(User.objects.create_superuser("staff"))

    size = client.get(f"/media/sizes/{photo.uid}-480.jpg")

    assert (size.status_code, size["Cache-Control"]) == (200, "private, no-store")
    assert b"".join(size)


def test_a_picture_missing_on_disk_is_not_found(client, demo, settings, tmp_path):
    photo = Photo.objects.get(caption_en="Jinli Town.")
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    assert client.get(f"/media/sizes/{photo.uid}-480.jpg").status_code == 404


@pytest.mark.parametrize("page", ["", "articles/", "articles/four-towns-2023/", "towns/441284105/"])
def test_wherever_a_drawing_is_shown_the_page_says_so(client, demo, page):
    drawings = set(Photo.objects.filter(substitute="drawing").values_list("uid", flat=True))

    text = client.get(f"/zh-hans/{page}").content.decode()

    for shown in re.findall(r"<img[^>]*?/sizes/([0-9a-f-]{36})-[^>]*>(.{0,200})", text, re.DOTALL):
        uid, after = shown
        if uid in {str(drawing) for drawing in drawings}:
            assert "绘图" in after
