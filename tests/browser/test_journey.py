"""The source article, from the empty form to review, by a writer who has only the keyboard."""

import datetime as dt

from django.utils.html import strip_tags

from tests.browser.test_editor import BLOCKS, EDITED, add, choose, kinds, tab_to
from tests.browser.test_saving import SAVED_BEFORE, form, is_backed_up, save
from towns.accounts.stages import ensure_stages
from towns.admin import backup
from towns.documents.article import blocks_of
from towns.models import (
    Article,
    HeadingBlock,
    PhotoBlock,
    ProjectsBlock,
    RankingBlock,
    StatisticsBlock,
    TextBlock,
)

CHOSEN = {
    StatisticsBlock: ("Statistics", "statistics"),
    ProjectsBlock: ("Projects", "projects"),
    RankingBlock: ("Ranking", "towns"),
}


def words(html: str) -> str:
    return strip_tags(html).replace("\xa0", " ").strip()


def write(page, block) -> None:
    """One block as it stands in the source, in English."""
    if isinstance(block, TextBlock):
        add(page, "Text")
        tab_to(page, "English")
        page.keyboard.insert_text(words(block.html_en))
    elif isinstance(block, HeadingBlock):
        add(page, "Section" if block.level == 2 else "Subheading")
        page.keyboard.type(block.text_en)
        if block.town:
            tab_to(page, "Town")
            choose(page, block.town.code)
    elif isinstance(block, PhotoBlock):
        add(page, "Picture")
        choose(page, (block.photo.caption_en or block.photo.alt_en)[:30])
    else:
        kind, records = CHOSEN[type(block)]
        add(page, kind)
        if isinstance(block, RankingBlock):
            choose(page, "2023")
            tab_to(page, "Towns")
        first = getattr(block, records).first()
        choose(page, getattr(first, "indicator_en", "") or first.name_en)
        page.keyboard.press("Escape")


def test_the_source_article_is_built_recovered_merged_and_sent_to_review_by_keyboard(
    staff_page, demo, turn, monkeypatch
):
    monkeypatch.setattr(backup, "EVERY", dt.timedelta(milliseconds=700))
    with turn:
        ensure_stages()
        blocks = blocks_of(demo.article)
        source = kinds(demo.article)

    # From empty.
    page = staff_page("writer", "towns/article/add/")
    page.wait_for_selector(EDITED)
    page.keyboard.press("Tab")
    page.keyboard.type("Four towns again")
    column = page.locator("#id_column ~ .select2 .select2-selection")
    for _step in range(12):
        page.keyboard.press("Tab")
        if column.evaluate("node => node === document.activeElement"):
            break
    choose(page, demo.article.column.name_en)
    tab_to(page, "Block 1, Text, English")
    page.keyboard.insert_text(words(blocks[0].html_en))
    for block in blocks[1:]:
        write(page, block)
    is_backed_up(page)

    # The window is killed before anything was saved.
    page.context.close()
    page = staff_page("writer", "towns/article/add/")
    page.get_by_role("link", name="Restore").press("Enter")
    page.wait_for_url("**restore=**")
    page.wait_for_selector(EDITED)
    assert page.locator(BLOCKS).count() == len(blocks)
    page.keyboard.press("Control+s")
    page.wait_for_url("**/change/**")
    with turn:
        made = Article.objects.get(title_en="Four towns again")
        assert kinds(made) == source
        levels = list(made.towns_headingblock_set.values_list("level", flat=True))
        assert (levels.count(2), levels.count(3)) == (4, 8)
        pictures = [one.photo for one in blocks if isinstance(one, PhotoBlock)]
        assert [one.photo for one in blocks_of(made) if isinstance(one, PhotoBlock)] == pictures

    # A second person saves first.
    other = staff_page("administrator", form(made))
    other.wait_for_selector(EDITED)
    other.fill("#id_title_en", "Four towns on the list")
    save(other)
    other.locator(".messagelist .success").wait_for()
    page.wait_for_selector(EDITED)
    page.fill("#id_title_en", "Four towns of Zhaoqing")
    page.keyboard.press("Control+s")
    page.get_by_text(SAVED_BEFORE).wait_for()
    page.locator("form > .conflict-place").get_by_role("radio").nth(1).press("Space")
    page.get_by_role("button", name="Save the merge").press("Enter")
    page.get_by_text("Both are saved as one.").wait_for()

    # To review.
    page.wait_for_selector(EDITED)
    page.locator("input[name=_submit]").press("Enter")
    page.locator("form.ask [type=submit]").press("Enter")
    page.locator(".messagelist .success").wait_for()
    with turn:
        made.refresh_from_db()
        assert made.title_en == "Four towns of Zhaoqing"
        assert made.is_in_review
