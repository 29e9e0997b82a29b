"""Nothing typed is lost, and nobody overwrites another without a word."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests.browser.test_publishing import serious
from tests.signing import person
from towns.admin import backup
from towns.models import Article, Backup, Comment, TextBlock
from towns.publishing.history import note_version

# "Just" is the first minute; a slow machine may take longer.
SAVED_BEFORE = re.compile("saved this .+ before you")


@pytest.fixture
def article(demo, monkeypatch) -> Article:
    """A draft of two blocks; its page speaks to the server more often than people need."""
    monkeypatch.setattr(backup, "EVERY", dt.timedelta(milliseconds=700))
    made = Article.objects.create(
        slug="second", column=demo.article.column, title_zh="第二篇", title_en="The second"
    )
    for number, words in enumerate(("One is here. It is long.", "Two is here."), start=1):
        place = {"region": "main", "ordering": number * 10}
        TextBlock.objects.create(parent=made, html_en=f"<p>{words}</p>", html_zh="话", **place)
    note_version(made, by=person("writer"))
    return made


def form(article: Article) -> str:
    return f"towns/article/{article.pk}/change/"


def is_backed_up(page) -> None:
    """What stands in the form now: an answer under way may be about what stood there before."""
    for _answer in range(2):
        with page.expect_response(lambda answer: answer.url.endswith("/backup/")):
            pass
    page.locator("[data-save-status]", has_text=re.compile("^backed up")).wait_for()


def save(page) -> None:
    page.locator(".submit-row input[type=submit]").first.click()


def write(page, words: str, *, block: int) -> None:
    english = page.locator(f"#towns_textblock_set-{block} .ProseMirror").nth(1)
    english.click()
    english.press("Control+End")
    english.press_sequentially(words)


def test_what_was_typed_comes_back_after_the_window_was_killed(staff_page, article):
    page = staff_page("writer", form(article))
    page.fill("#id_title_en", "The second, longer")
    write(page, " And more.", block=0)
    is_backed_up(page)
    page.context.close()

    again = staff_page("writer", form(article))
    again.get_by_text("You have unsaved work").wait_for()
    again.get_by_role("link", name="Restore").click()
    again.wait_for_url("**restore=**")

    assert again.input_value("#id_title_en") == "The second, longer"
    assert Article.objects.get(pk=article.pk).title_en == "The second"
    save(again)
    again.locator(".messagelist .success").wait_for()
    assert Article.objects.get(pk=article.pk).title_en == "The second, longer"
    assert "And more." in TextBlock.objects.get(ordering=10, parent=article).html_en
    assert not Backup.objects.exists()


def test_who_only_opens_a_form_has_nothing_unsaved(staff_page, article):
    page = staff_page("writer", form(article))
    with page.expect_response(lambda answer: answer.url.endswith("/backup/")):
        page.locator("#towns_textblock_set-0 .ProseMirror").first.click()
    with page.expect_response(lambda answer: answer.url.endswith("/backup/")):
        pass

    assert "not saved yet" not in page.locator("[data-save-status]").inner_text()
    assert not Backup.objects.exists()


def test_two_who_save_see_both_and_merge(staff_page, article):
    first, second = (staff_page(role, form(article)) for role in ("administrator", "writer"))
    first.fill("#id_title_en", "The second by the first")
    write(first, " Theirs.", block=1)
    second.fill("#id_title_en", "The second by the second")
    write(second, " Mine.", block=0)
    save(first)
    first.locator(".messagelist .success").wait_for()

    save(second)

    second.get_by_text(SAVED_BEFORE).wait_for()
    assert Article.objects.get(pk=article.pk).title_en == "The second by the first"
    assert serious(second) == []
    [place] = second.locator("form > .conflict-place").all()
    place.get_by_role("radio").first.focus()
    place.get_by_role("radio").first.press("2")
    second.get_by_role("button", name="Save the merge").click()
    second.get_by_text("Both are saved as one.").wait_for()
    words = [
        block.html_en for block in TextBlock.objects.filter(parent=article).order_by("ordering")
    ]
    assert Article.objects.get(pk=article.pk).title_en == "The second by the second"
    assert ["Mine." in words[0], "Theirs." in words[1]] == [True, True]


def test_two_at_one_article_see_each_other(staff_page, article):
    first = staff_page("administrator", form(article))
    second = staff_page("writer", form(article))

    for page, other in ((second, "administrator"), (first, "writer")):
        page.locator(".state-bar").get_by_text(f"Also here: {other}").wait_for()
        assert page.get_by_text("Also here").count() == 1


def test_offline_it_stays_in_the_browser_and_goes_on_with_the_line(staff_page, article):
    page = staff_page("writer", form(article))
    page.context.set_offline(True)
    page.fill("#id_title_en", "Written in a tunnel")
    page.get_by_text("Offline: kept in this browser").wait_for()
    assert not Backup.objects.exists()

    page.context.set_offline(False)

    is_backed_up(page)
    assert dict(Backup.objects.get().fields)["title_en"] == "Written in a tunnel"


def test_a_line_that_never_answers_is_asked_once_and_the_browser_keeps_the_words(
    staff_page, article, site
):
    asked = []
    page = staff_page("writer")
    page.route("**/backup/", lambda route: asked.append(route))
    # Time goes only as the test lets it, so half a minute is not over before.
    page.clock.install()
    page.clock.pause_at(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    page.goto(f"{site}/admin/{form(article)}")
    with page.expect_request("**/backup/"):
        page.clock.run_for(1_000)

    page.fill("#id_title_en", "Written on a train")
    page.clock.run_for(5_000)

    assert "Written on a train" in page.evaluate("JSON.stringify(localStorage)")
    assert len(asked) == 1
    with page.expect_request("**/backup/"):
        page.clock.run_for(30_000)


def test_typing_is_not_lost_where_the_session_ends(staff_page, article, site, turn):
    page = staff_page("writer", form(article))
    with turn:
        Session.objects.all().delete()
    page.fill("#id_title_en", "Written without a session")
    page.get_by_role("link", name="Sign in in a new window").wait_for()

    client = Client()
    with turn:
        client.force_login(person("writer"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
    )

    is_backed_up(page)
    save(page)
    page.locator(".messagelist .success").wait_for()
    assert Article.objects.get(pk=article.pk).title_en == "Written without a session"


def test_a_comment_stands_beside_its_block_until_it_is_resolved(staff_page, article, site):
    reader = staff_page("first reviewer", f"towns/article/{article.pk}/margin/")
    reader.select_option("#comment-block", index=2)
    reader.fill("#comment-text", "Is it two?")
    reader.get_by_role("button", name="Add the comment").click()
    reader.locator(".comment-text", has_text="Is it two?").wait_for()

    page = staff_page("writer", form(article))
    comment = page.locator("#towns_textblock_set-1 .comment", has_text="Is it two?")
    comment.get_by_role("button", name="Resolve").click()

    comment.wait_for(state="detached")
    assert Comment.objects.get().resolved_by.username == "writer"
