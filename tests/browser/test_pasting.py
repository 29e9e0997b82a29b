"""An article in a real browser: pasted as it stands, looked through, answered, kept as a draft."""

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_photos import jpeg
from tests.browser.test_publishing import serious
from tests.imports.test_source_article import FILE
from towns.models import Article, ArticleUpload, Party

ADD = "towns/articleupload/add/"


def put_in(page) -> None:
    page.locator("#text").fill(FILE.read_text("utf-8"))
    page.locator(".paste-end .go-button").click()
    page.locator(".side-by-side").wait_for()
    page.wait_for_load_state()


def test_the_source_article_becomes_a_draft_with_pictures_after_it_was_looked_through(
    staff_page, demo, turn
):
    with turn:
        parties, articles = Party.objects.count(), Article.objects.count()
    page = staff_page("writer")
    page.get_by_role("link", name="Paste an article").click()
    put_in(page)
    counts = " ".join(page.locator(".counts").inner_text().split())
    assert page.get_by_text("13 captions have no picture").is_visible()
    with turn:
        assert Article.objects.count() == articles

    pictures = [
        {"name": f"{number:02}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(number)}
        for number in range(13)
    ]
    page.set_input_files("#pictures", pictures)
    page.get_by_role("button", name="Add the pictures").click()
    page.get_by_text("13 captions have no picture").wait_for(state="detached")
    assert page.get_by_label("they belong together in this order").is_checked()
    page.get_by_role("button", name="Keep as draft").click()
    page.wait_for_selector("html.is-edited")

    assert counts.startswith("4 towns 8 subheadings 13 captions")
    assert counts.endswith("0 to ask you")
    with turn:
        draft = Article.objects.order_by("pk").last()
        states = sorted(ArticleUpload.objects.values_list("state", flat=True))
        assert states == ["dropped", "kept"]
        assert draft.title_en.startswith("Top 1,000 in the country!")
        assert draft.towns_photoblock_set.count() == 13
        levels = list(draft.towns_headingblock_set.values_list("level", flat=True))
        assert (levels.count(2), levels.count(3)) == (4, 8)
        assert Party.objects.count() >= parties

    page = staff_page("writer", ADD)
    page.locator("#text").fill(FILE.read_text("utf-8"))
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("link", name="Open the draft").wait_for()
    with turn:
        assert Article.objects.count() == articles + 1


def test_a_line_and_its_piece_light_up_together(staff_page, demo):
    page = staff_page("writer", ADD)
    put_in(page)

    page.locator(".understood [data-line]").first.hover()

    page.locator(".source .is-lit").first.wait_for()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_serious_while_an_article_is_pasted(
    staff_page, demo, language, size, scheme
):
    page = staff_page("writer", ADD, language=language, size=size, color_scheme=scheme)
    found, wide = {}, {}

    def look(screen: str) -> None:
        found[screen] = serious(page)
        wide[screen] = page.evaluate("document.documentElement.scrollWidth") > size[0]

    look("put in")
    put_in(page)
    look("looked through")
    looked_at = page.url
    page.locator("[name=act][value=keep]").click()
    page.wait_for_selector("html.is-edited")
    page.goto(looked_at)
    page.locator(".to-draft").wait_for()
    look("kept")

    assert {screen: faults for screen, faults in found.items() if faults} == {}
    assert not any(wide.values()), wide
