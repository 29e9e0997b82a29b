"""A real browser on the demo, served by the test itself. Nothing beyond this machine is asked."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.signing import person

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESK, NARROWEST = (360, 740), (1280, 900), (320, 640)
# An act that is refused, and a page that was withdrawn, are answers; the browser logs their status.
# So is a line that a test breaks. A second field of rich text finds the schemes of links there;
# what asks for the focus as it loads may find it taken.
ANSWERS = (
    "status of 409",
    "status of 410",
    "ERR_INTERNET_DISCONNECTED",
    "linkifyjs: already initialized",
    "Autofocus processing was blocked",
)


def is_furnished(page: Any) -> None:
    """Waits for the page and, where there is one, for the editor of articles, which sets up its
    blocks and its bar."""
    page.wait_for_load_state()
    page.locator("html:not(:has([data-outline])), html.is-edited").wait_for(state="attached")


def until(look: Callable[[], Any], seconds: float = 60) -> None:
    """For what no selector tells. Not Playwright's `wait_for_function`: it asks again by `eval` in
    the page, which our Content-Security-Policy forbids."""
    end = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < end, "This has not come true."
        time.sleep(0.05)


def _missing(what: str) -> None:
    said = f"The browser tests need {what}."
    if os.environ.get("CI") == "true":
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        _missing("Debian's chromium: apt install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright: pip install -r requirements-dev.txt")
    # The browser's event loop runs in this thread; Django would refuse the database beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class OneAtATime:
    """SQLite in memory is one connection, which the server's threads and the test share: a page
    that asks by itself would do so within somebody else's transaction. So each request has its
    turn, each query of the test too, and nothing is answered once the test is over."""

    def __init__(self) -> None:
        self.turn, self.is_open = threading.RLock(), False
        answer = WSGIHandler.__call__

        def in_turn(handler: Any, environ: dict, start_response: Callable) -> Any:
            with self.turn:
                if self.is_open:
                    return answer(handler, environ, start_response)
            start_response("503 Service Unavailable", [])
            return [b""]

        WSGIHandler.__call__ = in_turn

    def query(self, execute: Callable, *said: Any) -> Any:
        with self.turn:
            return execute(*said)

    @contextmanager
    def opened(self) -> Iterator[None]:
        self.is_open = True
        with connection.execute_wrapper(self.query):
            yield
        with self.turn:
            self.is_open = False


@pytest.fixture(scope="session")
def one_at_a_time() -> OneAtATime:
    return OneAtATime()


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """As pytest-django's own; the server is started before a test could make the folder."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def site(live_server, demo, settings) -> str:
    """The address of the demo; pages name themselves by it too."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def turn(one_at_a_time) -> threading.RLock:
    """For what a test writes while a page is open."""
    return one_at_a_time.turn


@pytest.fixture
def open_page(chromium, site, one_at_a_time) -> Iterator[Callable[..., Any]]:
    """Opens a page of the site; a word on the console is a failure of the test."""
    contexts, said = [], []

    def opened(path: str, size: tuple[int, int] = DESK, **options: Any) -> Any:
        width, height = size
        # Without motion no colour is on its way to another when a test looks.
        options.setdefault("reduced_motion", "reduce")
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(site + path)
        return page

    with one_at_a_time.opened():
        yield opened
        for context in contexts:
            context.close()
    assert [one for one in said if not any(answer in one for answer in ANSWERS)] == []


@pytest.fixture
def staff_page(open_page, site, turn) -> Callable[..., Any]:
    """The admin as a member of staff with this role sees it; nobody here is a superuser."""

    def opened(role: str, path: str = "", *, language: str = "en", **options: Any) -> Any:
        client = Client()
        with turn:
            client.force_login(person(role))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page = open_page(f"/{language}/", **options)
        page.context.add_cookies(
            [
                {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site},
                {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site},
            ]
        )
        page.goto(f"{site}/admin/{path}")
        is_furnished(page)
        return page

    return opened
