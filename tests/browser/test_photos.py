"""Journeys in the photo library, by a writer who is no superuser."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.test_publishing import THUMB, serious
from towns.models import Article, Photo

LIST = "towns/photo/"


def jpeg(number: int) -> bytes:
    file = io.BytesIO()
    colour = (number * 8 % 256, number * 31 % 256, 90)
    Image.new("RGB", (90, 60), colour).save(file, "JPEG", comment=str(number).encode())
    return file.getvalue()


@pytest.fixture
def files(tmp_path: Path):
    def make(count: int) -> list[Path]:
        paths = [tmp_path / f"IMG_{2200 + number}.jpg" for number in range(count)]
        for number, path in enumerate(paths):
            path.write_bytes(jpeg(number))
        return paths

    return make


def test_thirty_photographs_of_one_trip_are_up_credited_and_used_in_one_go(
    staff_page, demo, files, site, turn
):
    page = staff_page("writer", LIST)
    before = Photo.objects.count()

    page.set_input_files("#pictures", files(30))
    page.get_by_text("30 of 30 done, 0 not taken").wait_for(timeout=180_000)
    page.get_by_role("link", name="Credit and caption these 30").click()
    page.locator("#id_all-party + .select2").click()
    page.locator(".select2-search__field").last.fill("gaoyao")
    page.locator(".select2-results__option", has_text="Gaoyao Release").first.click()
    page.fill("#id_all-caption_en", "A day in Jinli")
    page.get_by_role("button", name="Save all and begin an article").click()
    page.get_by_text("30 pictures saved.").wait_for()
    page.fill("#id_title_zh", "金利一日")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector("html.is-edited")
    page.locator("[data-outline] li").nth(29).wait_for()

    assert page.locator("[data-outline] li").count() == 30
    with turn:
        assert Photo.objects.count() == before + 30
        ours = Photo.objects.filter(caption_en="A day in Jinli", credits__kind="photographed")
        assert ours.count() == 30
        blocks = Article.objects.get(slug="jin-li-yi-ri").towns_photoblock_set.order_by("ordering")
        names = [block.photo.file_name for block in blocks]
        assert names == [f"IMG_{number}.jpg" for number in range(2200, 2230)]
    page.goto(f"{site}/admin/{LIST}")
    assert page.get_by_text("used 1 time").count() >= 30


DROP = """async ([first, copy]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt());
  const brought = new DataTransfer();
  brought.items.add(new File([bytes(first)], 'first.jpg'));
  brought.items.add(new File(['<svg/>'], 'plan.svg'));
  brought.items.add(new File([bytes(copy)], 'other.jpg'));
  for (const kind of ['dragover', 'drop']) {
    document.querySelector('#content').dispatchEvent(
      new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: brought }));
  }
}"""


def test_dropped_files_go_up_each_by_itself_and_one_that_is_refused_stops_no_other(
    staff_page, demo
):
    page = staff_page("writer", LIST)
    pictures = [base64.b64encode(jpeg(number)).decode() for number in (1, 2)]
    page.evaluate(DROP, pictures)
    page.get_by_text("3 of 3 done, 1 not taken").wait_for()

    page.evaluate(DROP, pictures)
    page.get_by_text("6 of 6 done, 4 not taken").wait_for()

    rows = [row.inner_text() for row in page.locator(".uploads li").all()]
    assert sum("This is an SVG drawing." in row for row in rows) == 2
    assert sum("This very picture is in the library already." in row for row in rows) == 2
    first = page.locator(".is-same", has_text="first.jpg").get_by_role("link")
    assert first.get_attribute("href").endswith(
        f"/photo/{Photo.objects.get(file_name='first.jpg').pk}/change/"
    )


def test_a_broken_connection_is_said_and_tried_again(staff_page, demo, files):
    page = staff_page("writer", LIST)
    page.route("**/photo/upload/", lambda route: route.fulfill(status=200, body="<html>"), times=1)

    page.set_input_files("#pictures", files(1))
    page.get_by_text("You are no longer signed in.").wait_for()
    page.get_by_role("button", name="Try again").click()

    page.get_by_text("1 of 1 done, 0 not taken").wait_for()


def test_the_focal_point_is_set_by_a_click_and_by_keys(staff_page, demo, files):
    page = staff_page("writer", LIST)
    page.set_input_files("#pictures", files(1))
    page.get_by_role("link", name="Open", exact=True).click()
    page.wait_for_url("**/change/**")

    box = page.locator("[data-focus]").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.4)
    clicked = page.input_value("#id_focus_x"), page.input_value("#id_focus_y")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+ArrowDown")
    ring = page.locator("[data-focus] circle").first
    crop = page.locator("[data-crop='16:10']").get_attribute("viewBox")
    shown = ring.get_attribute("cx"), ring.get_attribute("cy")
    page.locator("[name=_save]").click()
    page.wait_for_url("**/photo/")

    photo = Photo.objects.get(file_name="IMG_2200.jpg")
    assert clicked == ("20", "40")
    assert (photo.focus_x, photo.focus_y) == (21, 50)
    assert shown == ("21%", "50%")
    assert crop == "0.00 1.88 90.00 56.25"


def test_without_script_many_files_go_up_by_the_form_and_the_focal_point_is_two_numbers(
    staff_page, demo, files
):
    page = staff_page("writer", LIST, java_script_enabled=False)

    page.set_input_files("#pictures", files(3))
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/batch/**")
    pictures = page.locator(".batch-photos > li").count()
    page.locator(".batch-photos a").first.click()
    page.fill("#id_focus_x", "20")
    page.locator("[name=_save]").click()
    page.wait_for_url("**/photo/")

    assert pictures == 3
    assert Photo.objects.filter(focus_x=20).count() == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("size", "scheme"), [((1280, 900), "light"), (THUMB, "dark")])
def test_axe_finds_nothing_serious_in_the_photo_library(
    staff_page, demo, site, files, language, size, scheme
):
    page = staff_page("writer", LIST, language=language, size=size, color_scheme=scheme)
    page.set_input_files("#pictures", files(2))
    page.locator("a[data-batch]").wait_for()
    found, wide = {"uploading": serious(page)}, {}
    batch = page.locator("a[data-batch]").get_attribute("href").split("/admin/")[1]
    public = Photo.objects.public().first()

    for path in (LIST, f"{LIST}?missing=licence", f"{LIST}{public.pk}/change/", batch):
        page.goto(f"{site}/admin/{path}")
        for details in page.locator("main details").all():
            details.evaluate("(one) => { one.open = true }")
        found[path] = serious(page)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > size[0]:
            wide[path] = width

    assert {path: faults for path, faults in found.items() if faults} == {}
    assert wide == {}
