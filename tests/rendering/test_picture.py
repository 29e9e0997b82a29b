"""What pages are told of a picture."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from towns.models import Photo, SiteSettings
from towns.publishing.sizes import note_avif
from towns.rendering.picture import FOCUS_STEP, Facts, current_facts, picture_of_content

# As it was frozen before pictures had a focal point or an AI mark.
OLD = {
    "id": "5f0b5d43-9a43-4b7a-94f0-c9d16f6c4f3a",
    "width": 1000,
    "height": 500,
    "caption": {},
    "alt": {},
    "credits": [],
    "substitute": "",
}


def _shown(content: dict, **context: object) -> str:
    template = Template("{% load towns %}{% photo content crop=True %}")
    return template.render(Context({"content": content, **context}))


def test_content_frozen_before_a_field_existed_is_shown_as_it_was():
    picture = picture_of_content(OLD)

    assert (picture.colour, picture.focus_class, picture.has_avif) == ("", "", False)
    assert (picture.width, picture.height) == (960, 480)
    assert (picture.is_ai_generated, picture.map_approval) == (False, "")


def test_avif_is_offered_before_the_jpeg_where_all_of_it_is_there():
    html = _shown(OLD, picture_facts=Facts())

    (source,) = re.findall(r"<source[^>]*>", html)
    assert 'type="image/avif"' in source
    assert f"/media/sizes/{OLD['id']}-480.avif 480w, /media/sizes/{OLD['id']}-960.avif" in source
    assert f'<a href="/media/sizes/{OLD["id"]}-960.jpg">' in html
    assert f'src="/media/sizes/{OLD["id"]}-960.jpg"' in html


@pytest.mark.parametrize(
    "context", [{}, {"picture_facts": Facts(without_avif=frozenset([OLD["id"]]))}]
)
def test_avif_is_not_offered_while_it_is_made_or_where_nobody_asked(context):
    html = _shown(OLD, **context)

    assert "<source" not in html
    assert ".avif" not in html


@pytest.mark.parametrize(
    ("focus", "classes"),
    [((50, 50), ""), ((0, 100), "fx-0 fy-100"), ((48, 71), "fy-70"), ((13, 52), "fx-15")],
)
def test_the_focal_point_is_a_class_that_the_style_sheet_has(focus, classes):
    picture = picture_of_content({**OLD, "focus": dict(zip("xy", focus, strict=True))})

    assert picture.focus_class == classes
    with open(finders.find("towns/portal.css"), encoding="utf-8") as file:
        rules = file.read()
    for axis in ("fx", "fy"):
        for step in set(range(0, 101, FOCUS_STEP)) - {50}:
            assert f".{axis}-{step} {{ --{axis}: {step}%; }}" in rules


def test_a_picture_stands_on_its_own_colour_without_a_style_attribute():
    html = _shown({**OLD, "colour": "#6b7a52"})

    assert '<rect width="100%" height="100%" fill="#6b7a52"/>' in html
    assert "style" not in html


def test_ai_origin_and_the_number_of_a_map_are_said():
    html = _shown({**OLD, "ai_generated": True, "map_approval": "粤S(2019)123号"})

    assert '<span class="mark mark--ai">AI-generated</span>' in html
    assert "Map approval number: 粤S(2019)123号" in html[html.index("<figcaption>") :]


def test_a_thumbnail_says_the_same_without_a_caption(db, picture):
    photo = Photo(image=picture(), is_ai_generated=True, map_approval="GS(2019)1号", focus_x=20)
    photo.save()

    template = Template("{% load towns %}{% thumbnail photo %}")
    html = template.render(Context({"photo": photo, "picture_facts": Facts()}))

    assert '<span class="mark mark--ai">AI-generated</span>' in html
    assert "Map approval number: GS(2019)1号" in html
    assert 'class="fx-20"' in html
    assert f'<source type="image/avif" srcset="/media/sizes/{photo.uid}-480.avif">' in html


def test_ai_origin_found_out_after_publication_is_said_too(db, picture):
    photo = Photo(image=picture(), is_ai_generated=True)
    photo.save()

    html = _shown({**OLD, "id": str(photo.uid)}, picture_facts=current_facts(1))

    assert '<span class="mark mark--ai">AI-generated</span>' in html


def test_pages_hear_of_new_avifs_with_the_next_version(db, client, picture):
    photo = Photo(image=picture())
    photo.save()
    site = SiteSettings.load()
    site.save()
    site.home_photos.add(photo)
    before = client.get("/en/").content.decode()

    note_avif(made=[photo.pk])
    after = client.get("/en/").content.decode()

    address = f"/media/sizes/{photo.uid}-480"
    assert f"{address}.jpg" in before
    assert f"{address}.avif" not in before
    assert f"{address}.avif" in after


def test_what_waits_is_asked_for_once_in_each_version(db, picture, django_assert_num_queries):
    photo = Photo(image=picture())
    photo.save()

    with django_assert_num_queries(1):
        found = [current_facts(7), current_facts(7)]

    assert found == 2 * [Facts(without_avif=frozenset([str(photo.uid)]))]
