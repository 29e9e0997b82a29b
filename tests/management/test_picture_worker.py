"""The background work on pictures: what waits, what pages are told, and how it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from towns.documents.cells import cells_of
from towns.images.sizes import AVIF, sizes_exist
from towns.management.picture_worker import NICE, ParentEndedError, work_off
from towns.models import Photo, SiteSettings, SiteVersion
from towns.models.photo import Progress
from townsportal.installation import BASE_DIR


@pytest.fixture
def photos(db, picture) -> list[Photo]:
    made = [Photo(image=picture(colour), alt_en=colour) for colour in ("red", "green", "blue")]
    for photo in made:
        photo.save()
    return made


def _nothing() -> None:
    """Nobody ends the worker."""


def _seq() -> int:
    return SiteVersion.objects.get().seq


def _show_on_home_page(*photos: Photo) -> None:
    site = SiteSettings.load()
    site.save()
    site.home_photos.add(*photos)


def test_a_new_picture_waits_and_is_worked_off(photos):
    before = Photo.objects.avif_progress()

    work_off(_nothing)

    assert before == Progress(made=0, waiting=3, failed=0)
    assert Photo.objects.avif_progress() == Progress(made=3, waiting=0, failed=0)
    assert all(sizes_exist(str(photo.uid), photo.width, AVIF) for photo in photos)


def test_the_version_rises_once_for_what_the_public_sees_and_no_line_is_written(photos):
    _show_on_home_page(*photos)
    before = _seq()

    work_off(_nothing)

    assert _seq() == before + 1


def test_the_version_stays_for_what_nobody_sees(photos):
    before = _seq()

    work_off(_nothing)

    assert _seq() == before


def test_nothing_is_encoded_in_a_transaction(photos, monkeypatch, transactional_db):
    inside = []
    monkeypatch.setattr(
        Photo, "make_sizes", lambda *_a, **_k: inside.append(connection.in_atomic_block)
    )

    work_off(_nothing)

    assert inside == 6 * [False]


def test_a_broken_original_fails_alone_and_is_not_tried_for_ever(photos):
    Path(photos[1].image.path).write_bytes(b"no picture")

    work_off(_nothing)
    work_off(_nothing)

    assert Photo.objects.avif_progress() == Progress(made=2, waiting=0, failed=1)


def test_what_was_made_before_an_end_in_the_middle_is_found_again(photos, monkeypatch):
    _end_after(photos, 2)
    assert Photo.objects.avif_progress().waiting == 3
    encoded = []
    original = Photo.make_sizes
    monkeypatch.setattr(
        Photo, "make_sizes", lambda *a, **k: encoded.extend(original(*a, **k)) or encoded
    )

    work_off(_nothing)

    assert len(encoded) == 1
    assert Photo.objects.avif_progress().made == 3


def _end_after(photos: list[Photo], number: int) -> None:
    """As if the server ended before the next size."""
    seen = []

    def check() -> None:
        seen.append(1)
        if len(seen) > number:
            raise ParentEndedError

    with pytest.raises(ParentEndedError):
        work_off(check)


def test_versions_and_the_bin_hold_nothing_of_it(photos):
    before = cells_of(photos[0])
    work_off(_nothing)

    assert cells_of(Photo.objects.get(pk=photos[0].pk)) == before


@pytest.fixture
def server(tmp_path):
    """Without any tables in the database, which is no reason for the worker to end."""
    environment = {**os.environ, "SECRET_KEY": "x", "DATA_DIR": str(tmp_path)}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/db.sqlite3"
    server = subprocess.Popen([sys.executable, "-c", _SERVER], env=environment, cwd=BASE_DIR)
    yield server
    server.kill()
    server.wait()


# Starts the worker as `serve` does, and becomes another program.
_SERVER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "townsportal.settings"
django.setup()
from towns.management import picture_worker
picture_worker.SECONDS_BETWEEN_STARTS = 0
picture_worker.start_beside_this_process()
os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)"])
"""


def test_the_worker_ends_with_the_process_that_started_it(server):
    keeper = _child_of(server.pid)
    worker = _child_of(keeper)

    server.send_signal(signal.SIGKILL)
    server.wait()

    _wait_until(lambda: _is_dead(keeper) and _is_dead(worker))


def test_a_worker_that_is_killed_is_replaced_and_stands_back_for_everything_else(server):
    keeper = _child_of(server.pid)
    first = _child_of(keeper)

    os.kill(first, signal.SIGKILL)
    second = _child_of(keeper, other_than=first)

    assert os.getpriority(os.PRIO_PROCESS, second) >= NICE


def _child_of(parent: int, other_than: int = 0) -> int:
    found = []

    def is_there() -> bool:
        found[:] = [pid for pid in _pids() if _state(pid)[1:2] == [str(parent)]]
        return any(pid != other_than for pid in found)

    _wait_until(is_there)
    return next(pid for pid in found if pid != other_than)


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _state(pid: int) -> list[str]:
    """Its state and its parent; nothing of a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return []


def _is_dead(pid: int) -> bool:
    """Also one that nobody has asked after: an orphan of a container is nobody's child."""
    return _state(pid)[:1] in ([], ["Z"])


def _wait_until(is_so) -> None:
    for _try in range(600):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("it did not come to pass")
