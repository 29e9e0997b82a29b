import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from PIL import Image

from tests.signing import give_right, publish_signed
from tests.snapshot import Snapshot
from towns.images.sizes import AVIF
from towns.keeping.demo.loading import Demo, load_content
from towns.keeping.divisions import load_divisions
from towns.models import Article, User
from towns.publishing.announcing import announce
from towns.publishing.record import publish_records

# Machines are noisy: no test asserts a time.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")


_WITH_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The run on PostgreSQL leaves out what asks no database, or makes its own of both kinds."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    left_out = [item for item in items if not _asks_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = filter(_asks_database, items)


def _asks_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or _WITH_DATABASE & set(item.fixturenames))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A test database of this process alone: two checkouts may test on one server at once."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql"):
        database.setdefault("TEST", {})["NAME"] = f"test_townsportal_{os.getpid()}"
        # What the tests write need not outlive a power cut.
        database.setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"


_FIRST_ROWS: dict[str, Any] = {}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """What the migrations made is kept, for after a test that commits.

    At the end every line to the test database is cut, so that it can be dropped: a browser keeps
    its connection alive, and with it the live server's thread and its line."""
    with django_db_blocker.unblock():
        _FIRST_ROWS.update(rows=Snapshot.take(), blocker=django_db_blocker)
    yield
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    """The end of a test that commits empties every table: what the migrations made returns, for
    the tests that come after it in whatever order."""
    result = yield
    if nextitem and {"transactional_db", "live_server"} & set(item.fixturenames):
        with _FIRST_ROWS["blocker"].unblock():
            _FIRST_ROWS["rows"].restore()
    return result


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    """Pictures go to the test's own folder, static files need no collecting, nothing is cached."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": static}
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_avif(monkeypatch) -> None:
    """Tests look at what is made, not at how small it is."""
    monkeypatch.setitem(AVIF.options, "speed", 10)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def picture() -> Callable[..., SimpleUploadedFile]:
    def make(colour: str = "teal", name: str = "p.jpg", **options: object) -> SimpleUploadedFile:
        file = io.BytesIO()
        Image.new("RGB", (600, 400), colour).save(file, "JPEG", **options)
        return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")

    return make


@pytest.fixture
def publisher(db) -> User:
    user = User.objects.create_user("a-publisher", password="-", is_staff=True)
    return give_right(user, "publish_article", "publish_record")


@pytest.fixture(scope="session")
def demo_pictures(tmp_path_factory) -> Path:
    """The sizes of the demo pictures are made once for all tests."""
    return tmp_path_factory.mktemp("demo-pictures")


@pytest.fixture(scope="session")
def snapshots() -> dict[str, tuple[Snapshot, Demo]]:
    """The demo's rows by fixture, so that only the first test of a run waits for the loading."""
    return {}


@pytest.fixture
def draft_demo(db, settings, demo_pictures: Path, snapshots) -> Demo:
    """The demo content, nothing of it public."""
    settings.MEDIA_ROOT = demo_pictures
    return _once("draft", snapshots, _load_demo)


@pytest.fixture
def demo(db, settings, demo_pictures: Path, snapshots) -> Demo:
    """The demo content, published."""
    settings.MEDIA_ROOT = demo_pictures
    return _once("published", snapshots, _publish_demo)


def _once(name: str, snapshots: dict, load: Callable[[], Demo]) -> Demo:
    if name not in snapshots:
        loaded = load()
        snapshots[name] = Snapshot.take(), loaded
        return loaded
    rows, loaded = snapshots[name]
    rows.restore()
    return Demo(
        [type(record).objects.get(pk=record.pk) for record in loaded.records],
        [Article.objects.get(pk=article.pk) for article in loaded.articles],
        type(loaded.site).objects.get(pk=loaded.site.pk),
    )


def _load_demo() -> Demo:
    load_divisions(under="44")
    return load_content(lambda _step: None)


def _publish_demo() -> Demo:
    demo = _load_demo()
    publisher = User.objects.create_user("publisher-of-the-demo", password="-", pk=9000)
    publisher = give_right(publisher, "publish_article", "publish_record")
    publish_records(demo.records, by=publisher)
    for article in demo.articles:
        publish_signed(article, by=publisher)
    announce([demo.site])
    return demo


@pytest.fixture
def loaded_roles(db) -> None:
    call_command("load_roles", verbosity=0)
