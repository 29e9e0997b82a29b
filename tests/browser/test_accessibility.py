"""axe finds nothing on any kind of page: both languages, light and dark, phone and desk."""

import pytest
from django.utils import timezone

from tests.browser.conftest import DESK, NARROWEST, PHONE, until
from towns.models import ReaderComment, SiteSettings, User
from towns.views import errors

PAGES = (
    "",
    "articles/",
    "articles/four-towns-2023/",
    "articles/twelve-towns-2025/",
    "towns/",
    "towns/441284105/",
    "towns/441204111/",
    "rankings/",
    "rankings/top-1000-towns/2025/",
    "rankings/top-1000-towns/years/",
    "projects/",
    "projects/jinli-avenue/",
    "about/",
    "site-map/",
    "report/?about=/en/articles/four-towns-2023/&words=816",
    "report/sent/?about=/en/towns/441284105/",
    "corrections/",
    "articles/four-towns-2023/comments/",
    "articles/four-towns-2023/comments/sent/",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True)
def _readers_write(site, demo):
    """Comments stand under the article, and the form for more."""
    SiteSettings.objects.update(takes_comments=True)
    for name, language in (("金利居民", "zh-hans"), ("Ann", "en")):
        comment = ReaderComment(article=demo.article, name=name, text="816?", language=language)
        comment.state, comment.handled_at = ReaderComment.State.SHOWN, timezone.now()
        comment.handled_by = User.objects.first()
        comment.save()


def findings(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{found['id']}: {node['html'][:160]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_any_page(open_page, site, language, size):
    page = open_page(f"/{language}/", size)
    found = {}
    for path in PAGES:
        page.goto(f"{site}/{language}/{path}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if faults := findings(page):
                found[path, scheme] = faults

    assert found == {}


def test_axe_finds_nothing_in_large_type(open_page, site):
    page = open_page("/zh-hans/type/large/", PHONE)
    found = {}
    for path in PAGES:
        page.goto(f"{site}/zh-hans/{path}")
        if faults := findings(page):
            found[path] = faults

    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert found == {}


def test_axe_finds_nothing_on_the_page_of_an_error(open_page, site):
    page = open_page("/en/", DESK)
    page.route("**/nowhere/", lambda route: route.continue_())
    answer = page.context.request.get(f"{site}/en/nowhere/")
    page.set_content(answer.text())

    assert answer.status == 404
    assert findings(page) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_axe_finds_nothing_where_a_form_is_not_taken(open_page, site, language, rf):
    page = open_page(f"/{language}/report/", PHONE)
    page.locator("form.letter button").click()
    page.locator(".errorlist").wait_for()
    assert findings(page) == []

    page.set_content(
        errors.too_many(rf.get(f"/{language}/report/"), written="816").content.decode()
    )

    assert page.locator("textarea").input_value() == "816"
    assert findings(page) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("start", ["/{}/", "/{}/type/large/"], ids=["normal", "large"])
def test_no_page_scrolls_sideways_where_each_layout_is_narrowest(open_page, site, language, start):
    SiteSettings.objects.update(**LONG_NAME)
    page = open_page(start.format(language), NARROWEST)
    wide = {}
    for path in (*PAGES, "articles/village-accounts/", "towns/441204115/", "search/?q=jinli"):
        page.goto(f"{site}/{language}/{path}")
        for width in NARROW_ENDS:
            page.set_viewport_size({"width": width, "height": 800})
            until(lambda width=width: page.evaluate("innerWidth") == width)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide[path, width] = page.evaluate(WIDEST)

    assert wide == {}


LONG_NAME = {
    "name_zh": "中共肇庆市高要区委宣传部城镇门户网站",
    "name_en": "Gaoyao Publicity Department: Towns",
}
# 320 pixels, and where a wider layout begins in the style sheets.
NARROW_ENDS = (320, 640, 768, 1000, 1120)

# The elements that reach beyond the window, for the message of the failure.
WIDEST = """[...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 6).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pictures_move_nothing_when_they_arrive(open_page, site, size):
    page = open_page("/en/", size)
    shifts = {}
    for path in ("", "articles/four-towns-2023/", "towns/441284105/"):
        page.goto(f"{site}/en/{path}")
        page.wait_for_load_state("networkidle")
        shifts[path] = page.evaluate(SHIFTS)

    assert all(shift < 0.02 for shift in shifts.values()), shifts


SHIFTS = """new Promise((done) => {
  const sum = (list) => list.getEntries().reduce((total, one) => total + one.value, 0);
  new PerformanceObserver((list) => done(sum(list)))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(0), 300);
})"""
