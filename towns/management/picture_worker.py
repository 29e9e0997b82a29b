"""The background work on pictures: one at a time, behind everything else on the machine."""

import logging
import multiprocessing
import os
import time
from collections.abc import Callable
from itertools import chain, repeat

from django.db import DatabaseError, connection, connections

from towns.images.inspection import UnusablePictureError
from towns.images.sizes import AVIF, JPEG, Format, sweep
from towns.models import Photo
from towns.publishing.sizes import Notes

log = logging.getLogger(__name__)

Check = Callable[[], None]
Look = Callable[[Check], None]

FORK = multiprocessing.get_context("fork")
NICE = 15
SECONDS_BETWEEN_LOOKS = 5
SECONDS_BETWEEN_STARTS = 10


class ParentEndedError(Exception):
    """Nobody waits for the work any more."""


def start_beside_this_process() -> None:
    """Ends when this process does, whatever program it becomes. Loads nothing a second time."""
    connections.close_all()
    FORK.Process(target=keep, args=[os.getpid()]).start()


def keep(parent: int | None = None) -> None:
    """Have a worker at work until the parent process ends or Ctrl-C.

    A picture that takes all memory ends the worker: then there is another, and it begins elsewhere.
    """
    os.nice(NICE)
    check = _ends_with(parent)
    try:
        while True:
            _watch(check)
            log.warning("the worker on pictures ended before its time and is started again")
            _rest(check, SECONDS_BETWEEN_STARTS)
    except (ParentEndedError, KeyboardInterrupt):
        return


def _watch(check: Check) -> None:
    """Until the worker has ended."""
    connections.close_all()
    worker = FORK.Process(target=_follow, args=[os.getpid()], daemon=True)
    worker.start()
    while worker.is_alive():
        worker.join(1)
        check()


def _follow(parent: int) -> None:
    """Make what is waiting, and go on looking.

    It may be ended at any moment, and several may run at once: a size is there when it is whole,
    and whoever finds it there goes on to the next.
    """
    check = _ends_with(parent)
    try:
        looks = chain([_begin], repeat(work_off))
        for look in looks:
            _carefully(look, check)
            _rest(check, SECONDS_BETWEEN_LOOKS)
    except (ParentEndedError, KeyboardInterrupt):
        return


def _ends_with(parent: int | None) -> Check:
    def check() -> None:
        if parent is not None and os.getppid() != parent:
            raise ParentEndedError

    return check


def work_off(check: Check) -> None:
    """Encode until nothing waits. In no order, so that two workers seldom meet."""
    notes = Notes()
    waiting = Photo.objects.filter(avif=Photo.Avif.WAITING).order_by("?")
    while photo := waiting.exclude(pk__in=notes.open_ones).first():
        is_made = all(_made(photo, kind, check) for kind in (JPEG, AVIF))
        notes.add(photo, is_made=is_made)
    notes.write()


def _begin(check: Check) -> None:
    """What an earlier version of the program left without its JPEGs gets these first."""
    sweep()
    Photo.objects.filter(avif=Photo.Avif.FAILED).update(avif=Photo.Avif.WAITING)
    for photo in Photo.objects.without_avif().iterator(chunk_size=100):
        check()
        _made(photo, JPEG, check)


def _carefully(look: Look, check: Check) -> None:
    try:
        look(check)
    except DatabaseError:
        # It may be busy, or be restarted: nothing is lost by trying again.
        log.exception("the pictures that wait could not be looked up")
    finally:
        connection.close()


def _made(photo: Photo, kind: Format, check: Check) -> bool:
    try:
        photo.make_sizes(kind, before_each=check)
    except (UnusablePictureError, OSError) as error:
        log.warning("no %s of picture %s: %s", kind.name, photo.uid, error)
        return False
    return True


def _rest(check: Check, seconds: int) -> None:
    for _second in range(seconds):
        time.sleep(1)
        check()
