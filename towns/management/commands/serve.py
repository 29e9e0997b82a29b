import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from towns.management.picture_worker import start_beside_this_process


def collect_static_files() -> None:
    """Collect style sheets and scripts, unless that was done since they last changed."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    own = (settings.BASE_DIR / "towns" / "static").rglob("*")
    sources = [settings.BASE_DIR / "requirements.txt", *own]
    newest = max(path.stat().st_mtime for path in sources)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)


class Command(BaseCommand):
    help = "Serve the site with the production server until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        self._check(host, port)
        collect_static_files()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host]
        command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4"]
        command += ["--log-level", "warning", "townsportal.wsgi:application"]
        start_beside_this_process()
        # The server takes this process over, so that a signal to end it reaches it.
        os.execv(sys.executable, command)  # noqa: S606 - nothing of it comes from outside

    def _check(self, host: str, port: int) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is older than the program: run manage.py migrate")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(f"Port {port} is taken: choose another with --port") from error
