import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from towns.management.commands.load_demo import ACCOUNTS_FILE
from towns.management.commands.serve import collect_static_files
from towns.models import Article, SearchEntry, Town


class Command(BaseCommand):
    help = "Set up the demo, say how to look at it, and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        self._step(1, "Database")
        call_command("migrate", interactive=False, verbosity=0)
        self._step(2, "The divisions of China (44,703)")
        if not Town.objects.exists():
            call_command("load_divisions", stdout=self.stdout)
        self._step(3, "Demo content")
        if not (ACCOUNTS_FILE.exists() and Article.objects.exists()):
            call_command("load_demo", stdout=self.stdout)
        elif not SearchEntry.objects.exists():  # a demo from before there was a search
            call_command("rebuild_search", stdout=self.stdout)
        self._step(4, "Style sheets and scripts")
        collect_static_files()
        self._say_where(port)
        # The server reads its settings anew.
        os.environ["STYLEGUIDE"] = "1"
        os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
        call_command("serve", port=port)

    def _step(self, number: int, words: str) -> None:
        self.stdout.write(f"[{number}/4] {words}")
        self.stdout.flush()

    def _say_where(self, port: int) -> None:
        site = f"http://127.0.0.1:{port}"
        lines = [
            "",
            f"  网站 / portal    {site}/zh-hans/   {site}/en/",
            f"  后台 / editing   {site}/admin/",
            f"  样式 / design    {site}/zh-hans/styleguide/   {site}/en/styleguide/",
            f"  接口 / API       {site}/api/v1/   {site}/api/v1/docs/",
            "",
            f"  演示账号 / demo sign-ins ({settings.DATA_DIR}):",
        ]
        for line in ACCOUNTS_FILE.read_text().splitlines():
            role, name, password = line.split("\t")
            lines.append(f"    {name:<12}{password:<16}{role}")
        self.stdout.write("\n".join([*lines, "", "  Ctrl-C ends it / 按 Ctrl-C 停止", ""]))
        self.stdout.flush()
