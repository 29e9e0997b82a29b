"""Journeys of the staff, each person signed in as a non-superuser, each named as a sentence."""

import pytest

from tests.browser.conftest import is_furnished
from tests.browser.test_accessibility import RULES
from tests.signing import person, road, sign_next, submit_by_writer
from towns.models import Article, Proposal, SiteVersion, TextBlock, TrailEntry
from towns.publishing.history import note_version

THUMB = (390, 844)
SIGNERS = (
    "proof-reader",
    "first reviewer",
    "proof-reader",
    "second reviewer",
    "proof-reader",
    "final reviewer",
)


@pytest.fixture
def article(demo) -> Article:
    """Written by somebody, in both languages, and submitted."""
    made = Article.objects.create(
        slug="second", column=demo.article.column, title_zh="第二篇", title_en="The second"
    )
    TextBlock.objects.create(
        parent=made,
        region="main",
        ordering=10,
        html_zh="<p>大沙镇列第816位。</p>",
        html_en="<p>Dasha is 816th.</p>",
    )
    note_version(made, by=person("writer"))
    submit_by_writer(made)
    return made


@pytest.fixture
def people(staff_page):
    """One window for each member of staff, opened when that person comes in first."""
    windows = {}

    def window(role: str):
        if role not in windows:
            windows[role] = staff_page(role)
        return windows[role]

    return window


def sign_all(people, site: str) -> None:
    for role in SIGNERS:
        page = people(role)
        page.goto(f"{site}/admin/")
        page.get_by_role("link", name="Read and sign").click()
        page.locator("#act-sign summary").click()
        page.get_by_role("button", name="It is me: seal").click()
        page.get_by_text("Signed.", exact=True).wait_for()


def publish(people, site: str) -> None:
    page = people("publisher")
    page.goto(f"{site}/admin/")
    page.get_by_role("link", name="Publish…").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Published.", exact=True).wait_for()


def write_article(page, site: str) -> None:
    """From the empty form, in the block editor, to the first stage."""
    page.goto(f"{site}/admin/towns/article/add/")
    is_furnished(page)
    page.fill("#id_title_zh", "岩前村的集市")
    page.fill("#id_title_en", "Market day")
    page.locator("#id_column ~ .select2 .select2-selection").click()
    page.locator(".select2-results__option:not(.loading-results)").first.click()
    editors = page.locator(".inline-related:not(.empty-form) .ProseMirror")
    write(page, editors.nth(0), "赶集的有500人。")
    write(page, editors.nth(1), "Some 500 people came.")
    save_and_stay(page)
    page.get_by_role("link", name="Submit…").click()
    page.wait_for_url("**/submit/")
    page.get_by_role("button", name="Submit", exact=True).click()
    page.get_by_text("Submitted. The first stage has been told.").wait_for()


def save_and_stay(page) -> None:
    """Waits for the answer, for the page that is left has the same links, and for its editor,
    which moves them."""
    page.locator("[name=_continue]").click()
    page.locator(".messagelist .success").wait_for()
    is_furnished(page)


def write(page, editor, words: str) -> None:
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    editor.get_by_text(words, exact=True).wait_for()


def correct_article(page, site: str, article: Article) -> None:
    page.goto(f"{site}/admin/towns/article/{article.pk}/change/")
    is_furnished(page)
    editors = page.locator(".inline-related:not(.empty-form) .ProseMirror")
    write(page, editors.nth(0), "赶集的有600人。")
    write(page, editors.nth(1), "Some 600 people came.")
    save_and_stay(page)
    page.get_by_role("link", name="Correct…").click()
    page.wait_for_url("**/correct/")
    page.fill("#id_note_zh", "人数应为600人。")
    page.fill("#id_note_en", "There were 600 people.")
    page.get_by_role("button", name="Submit the correction").click()
    page.get_by_text("Submitted. The first stage has been told.").wait_for()


def withdraw(people, site: str, article: Article) -> None:
    page = people("publisher")
    page.goto(f"{site}/admin/towns/article/{article.pk}/withdraw/")
    page.fill("#id_notice_zh", "本文因内容需核实，已撤回。")
    page.fill("#id_notice_en", "Withdrawn while its content is checked.")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("Withdrawn. A notice stands in its place.").wait_for()


def test_an_article_goes_from_an_empty_form_to_public_to_corrected_to_withdrawn(people, site):
    address = f"{site}/en/articles/market-day/"
    write_article(people("writer"), site)
    sign_all(people, site)
    publish(people, site)
    reader = people("writer").context.request
    first = reader.get(address).text()
    article, before = Article.objects.get(slug="market-day"), SiteVersion.current()

    correct_article(people("writer"), site, article)
    sign_all(people, site)
    publish(people, site)
    second = reader.get(address).text()
    changes = reader.get(f"{site}/api/v1/changes/?after={before}").text()
    withdraw(people, site, article)
    gone = reader.get(address)

    assert "Some 500 people came." in first
    assert "Some 600 people came." in second
    assert "There were 600 people." in second
    assert '"corrected"' in changes
    assert gone.status == 410
    assert "本文因内容需核实，已撤回。" in gone.text()
    assert "Withdrawn while its content is checked." in gone.text()


def test_a_wrong_rank_goes_by_a_proposal_to_the_page_that_quoted_it_and_to_a_correction(
    people, site, demo
):
    Article.objects.filter(pk=demo.article.pk).update(created_by=person("writer"))
    writer, decider = people("writer"), people("final reviewer")

    writer.goto(f"{site}/admin/towns/rankingentry/?q=816")
    writer.locator("#result_list tbody a").first.click()
    writer.fill("#id_rank", "815")
    writer.fill("#id_proposal_reason", "The list prints 815.")
    writer.locator("[name=_save]").click()
    writer.get_by_text("Proposed: a second person decides.").wait_for()
    decider.goto(f"{site}/admin/")
    decider.get_by_role("link", name="Decide").click()
    seen = decider.locator(".differences").inner_text()
    decider.get_by_role("button", name="Accept").click()
    decider.get_by_text("Accepted: the public sees it now").wait_for()
    writer.goto(f"{site}/en/articles/four-towns-2023/")
    line = writer.locator(".moved-on").first.inner_text()
    writer.goto(f"{site}/admin/")
    writer.get_by_role("link", name="Correct…").click()
    writer.get_by_role("button", name="Submit the correction").click()
    writer.get_by_text("Submitted. The first stage has been told.").wait_for()

    assert "816" in seen
    assert "815" in seen
    assert "816 → 815" in line
    assert Proposal.objects.get().decided_by == person("final reviewer")
    submitted = Article.objects.get(pk=demo.article.pk)
    assert "816 → 815" in submitted.note_en


def test_a_proof_reader_signs_with_the_thumb_on_a_phone(staff_page, article):
    page = staff_page("proof-reader", size=THUMB, has_touch=True)
    page.get_by_role("link", name="Read and sign").tap()
    page.wait_for_url("**/review/")

    wide = page.evaluate("document.documentElement.scrollWidth")
    sign = page.locator(".jump a.seal-button")
    height = sign.bounding_box()["height"]
    sign.tap()
    page.get_by_role("button", name="It is me: seal").tap()
    page.get_by_text("Signed.", exact=True).wait_for()

    assert wide == THUMB[0]
    assert height >= 44
    assert TrailEntry.objects.about(article).signatures().get().by == person("proof-reader")


def test_a_signature_on_a_text_that_changed_meanwhile_is_refused_with_the_difference(
    staff_page, article
):
    page = staff_page("proof-reader", f"towns/article/{article.pk}/review/")
    TextBlock.objects.filter(parent=article).update(html_zh="<p>大沙镇列第818位。</p>")

    page.locator("#act-sign summary").click()
    page.get_by_role("button", name="It is me: seal").click()

    alert = page.get_by_role("alert").inner_text()
    assert "The text changed while you were reading it. Nothing was signed." in alert
    assert "816" in page.locator(".paper del").inner_text()
    assert "818" in page.locator(".paper ins").inner_text()
    assert not TrailEntry.objects.about(article).signatures().exists()


def test_a_reason_to_send_back_is_kept_when_the_text_changed_meanwhile(staff_page, article):
    page = staff_page("proof-reader", f"towns/article/{article.pk}/review/")
    TextBlock.objects.filter(parent=article).update(html_en="<p>Dasha is 818th.</p>")

    page.locator("#act-back summary").click()
    page.fill("#reason", "The rank is wrong.")
    page.get_by_role("button", name="Send back", exact=True).click()

    page.get_by_role("alert").wait_for()
    assert page.locator("#reason").input_value() == "The rank is wrong."


def test_a_reviewer_goes_from_change_to_change_with_one_key(staff_page, article):
    sign_next(article, by=person("proof-reader"))
    TextBlock.objects.filter(parent=article).update(html_zh="<p>大沙镇列第818位。</p>")
    page = staff_page("proof-reader", f"towns/article/{article.pk}/review/")

    page.keyboard.press("F8")

    assert page.evaluate("document.activeElement.id") == "change-zh-hans-1"
    assert page.locator("[data-at]").inner_text() == "1 / 1"


def test_without_script_a_text_can_still_be_signed(staff_page, article):
    page = staff_page(
        "proof-reader", f"towns/article/{article.pk}/review/", java_script_enabled=False
    )

    page.locator("#act-sign summary").click()
    page.get_by_role("button", name="It is me: seal").click()
    page.get_by_text("Signed.", exact=True).wait_for()

    assert road(article).next.role == "review"


def serious(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()
    # Preloading style sheets would break the policy of the admin's pages.
    options = {"runOnly": {"type": "tag", "values": RULES}, "preload": False}
    results = Axe().run(page, options=options)
    return [
        f"{found['id']}: {node['html'][:160]}"
        for found in results.response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("size", "scheme"), [((1280, 900), "light"), (THUMB, "dark")])
def test_axe_finds_nothing_serious_on_the_screens_of_publishing(
    staff_page, article, site, demo, language, size, scheme
):
    propose_another_rank(demo)
    page = staff_page("final reviewer", language=language, size=size, color_scheme=scheme)
    proof = staff_page("proof-reader", language=language, size=size, color_scheme=scheme)
    writer = staff_page("writer", language=language, size=size, color_scheme=scheme)
    screens = (
        (page, ""),
        (page, f"towns/proposal/{Proposal.objects.get().pk}/change/"),
        (proof, f"towns/article/{article.pk}/review/"),
        (proof, f"towns/article/{article.pk}/review/?language=both&mode=changes"),
        (writer, f"towns/article/{article.pk}/take-back/"),
        (writer, f"towns/article/{demo.article.pk}/correct/"),
        (writer, f"towns/article/{demo.article.pk}/history/"),
    )
    found, wide = {}, {}
    for window, path in screens:
        window.goto(f"{site}/admin/{path}")
        if faults := serious(window):
            found[path] = faults
        if (width := window.evaluate("document.documentElement.scrollWidth")) > size[0]:
            wide[path] = width

    assert found == {}
    assert wide == {}


def propose_another_rank(demo) -> None:
    from towns.documents.cells import cells_of
    from towns.models import RankingEntry
    from towns.publishing.proposal import propose

    entry = RankingEntry.objects.get(edition__year=2023, rank=816)
    before = cells_of(entry)
    entry.rank = 815
    propose(entry, before=before, after=cells_of(entry), by=person("writer"), reason="Misprint.")
