"""Journeys of readers, each named as a sentence."""

import pytest

from tests.browser.conftest import DESK, PHONE
from towns.models import ReaderLetter

ARTICLE = "/en/articles/four-towns-2023/"


def test_a_reader_goes_through_the_pictures_with_the_keyboard_alone(open_page):
    page = open_page(ARTICLE)
    page.locator(".photo > a").first.focus()

    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")

    assert page.locator(".viewer [data-count]").inner_text() == "2 / 13"
    assert "Liang Liang" in page.locator(".viewer__words").inner_text()
    page.keyboard.press("Escape")
    page.locator(".viewer").wait_for(state="hidden")
    second = page.locator(".photo > a").nth(1).get_attribute("href")
    page.locator(f".photo > a[href='{second}']:focus").wait_for()


def test_a_reader_swipes_to_the_next_picture(open_page):
    page = open_page(ARTICLE, PHONE, has_touch=True)
    page.locator(".photo > a").first.click()

    page.evaluate(SWIPE)

    assert page.locator(".viewer [data-count]").inner_text() == "2 / 13"


SWIPE = """() => {
  const picture = document.querySelector('.viewer img');
  const touch = (x) => new Touch({ identifier: 1, target: picture, clientX: x, clientY: 200 });
  picture.dispatchEvent(new TouchEvent('touchstart', { touches: [touch(300)] }));
  picture.dispatchEvent(new TouchEvent('touchend', { changedTouches: [touch(100)] }));
}"""


def test_without_script_a_picture_is_a_link_and_nothing_dead_is_shown(open_page):
    page = open_page(ARTICLE, PHONE, java_script_enabled=False)

    assert page.locator(".photo > a").first.get_attribute("href").endswith(".jpg")
    assert not page.locator("[data-actions]").is_visible()
    assert not page.locator(".viewer").is_visible()


def test_a_reader_reports_an_error_with_the_words_that_were_selected(open_page):
    page = open_page("/en/towns/441284105/")
    link = page.get_by_role("link", name="Report an error on this page")
    page.locator("h1").dblclick()
    selected = page.evaluate("String(getSelection()).trim()")

    link.click()

    assert page.get_by_label("The words on the page (optional)").input_value() == selected
    page.get_by_label("What is wrong, and what would be right?").fill("Another name.")
    page.get_by_role("button", name="Send").click()
    page.locator("h1", has_text="Thank you.").wait_for()
    letter = ReaderLetter.objects.get()
    assert (letter.kind, letter.permanent_id) == ("town", "441284105")
    assert (letter.words, letter.message) == (selected, "Another name.")


def test_a_reader_reports_an_error_without_script(open_page):
    page = open_page(ARTICLE, PHONE, java_script_enabled=False)

    page.get_by_role("link", name="Report an error on this page").click()
    page.get_by_label("What is wrong, and what would be right?").fill("It is 458.")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Back to the page").click()

    page.wait_for_url(f"**{ARTICLE}")
    assert ReaderLetter.objects.get().message == "It is 458."


def test_an_old_reader_switches_to_large_type_and_back_without_script(open_page):
    page = open_page(ARTICLE, PHONE, java_script_enabled=False)

    page.get_by_role("link", name="Large", exact=True).click()

    page.locator("html.large").wait_for()
    assert page.url.endswith(ARTICLE)
    page.get_by_text("Large type is on.").wait_for()
    page.get_by_role("link", name="Back to normal type").click()
    page.locator("html:not(.large)").wait_for()
    assert page.url.endswith(ARTICLE)


def test_a_reader_skips_to_the_content_with_two_keys(open_page):
    page = open_page(ARTICLE)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.locator("#main:focus").wait_for()


def test_a_reader_narrows_a_ranking_with_the_keyboard_alone(open_page):
    page = open_page("/en/rankings/top-1000-towns/2025/")
    page.get_by_label("Name of the town").focus()

    page.keyboard.type("jinli")
    page.keyboard.press("Enter")

    page.wait_for_url("**q=jinli**")
    page.wait_for_load_state()
    assert page.locator(".entries tbody tr").count() == 1


@pytest.mark.parametrize("path", ["/en/", ARTICLE, "/zh-hans/towns/441284105/"])
def test_nothing_is_asked_of_anybody_else(open_page, site, path):
    page = open_page("/en/", DESK)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(site + path)
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if not url.startswith((site, "data:"))] == []
