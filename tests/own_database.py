"""A database of a test's own, for acts that several processes do at once.

Each act runs in a forked process with a connection of its own; the process of the tests opens
none. Migrations run once for each kind of server; tests copy what they made.
"""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections

from townsportal.installation import database

SERVER = os.environ.get("POSTGRES_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
PATIENCE = 90
Act = Callable[[], Any]

_forking = multiprocessing.get_context("fork")
# The connection of the process that was forked must never be closed by the fork.
_inherited: list[Any] = []


class FailedError(Exception):
    """What an act raised in its process."""


@dataclass(frozen=True)
class OwnDatabase:
    url: str
    unblock: Callable[[], Any]

    def do(self, act: Act) -> Any:
        """What the act returns; raises `FailedError` with what it raised."""
        return self.at_once([act])[0]

    def at_once(self, acts: Sequence[Act]) -> list[Any]:
        """What each returns; they wait for one another before they begin."""
        barrier = _forking.Barrier(len(acts))
        started = [self._start(act, barrier) for act in acts]
        answers = [_answer(process, pipe) for process, pipe in started]
        if faults := [said for is_fault, said in answers if is_fault]:
            raise FailedError("\n".join(faults))
        return [said for _is_fault, said in answers]

    def killed_doing(self, act: Act) -> bool:
        """Whether the act ended by its process being killed."""
        process, _pipe = self._start(act, _forking.Barrier(1))
        process.join(PATIENCE)
        return process.exitcode == -signal.SIGKILL

    def _start(self, act: Act, barrier: Any) -> tuple[Any, Any]:
        here, there = _forking.Pipe(duplex=False)
        process = _forking.Process(target=self._act, args=(act, barrier, there), daemon=True)
        process.start()
        there.close()
        return process, here

    def _act(self, act: Act, barrier: Any, pipe: Any) -> None:
        self.unblock()
        _inherited.append(connections["default"])
        connections.settings["default"] = {**connections.settings["default"], **database(self.url)}
        del connections["default"]
        ContentType.objects.clear_cache()
        try:
            connections["default"].ensure_connection()
            barrier.wait(PATIENCE)
            pipe.send((False, act()))
        except BaseException as error:
            pipe.send((True, f"{type(error).__name__}: {error}"))
        connections["default"].close()


def _answer(process: Any, pipe: Any) -> tuple[bool, Any]:
    try:
        answer = pipe.recv() if pipe.poll(PATIENCE) else (True, "no answer")
    except EOFError:
        answer = True, f"ended with {process.exitcode}"
    process.join(10)
    return answer


# Making them ---------------------------------------------------------------------------------


def migrate(prepare: Act) -> None:
    call_command("migrate", verbosity=0)
    prepare()


def sqlite_template(folder: Path, unblock: Callable[[], Any], prepare: Act) -> Path:
    file = folder / "template.sqlite3"
    OwnDatabase(f"sqlite:///{file}", unblock).do(partial(migrate, prepare))
    return file


@contextmanager
def sqlite_copy(template: Path, file: Path) -> Iterator[str]:
    shutil.copy(template, file)
    yield f"sqlite:///{file}"


def is_answering() -> bool:
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def postgresql_database(name: str, *, template: str = "template1") -> Iterator[str]:
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
    finally:
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(statement)
