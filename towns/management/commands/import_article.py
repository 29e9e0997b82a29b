import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from towns.imports.article import Refused, read_article
from towns.imports.article.report import report
from towns.imports.article.summary import summary
from towns.imports.known import known_places_and_parties
from towns.models import Town

UNDERSTOOD, WITH_QUESTIONS, REFUSED = 0, 1, 2


class Command(BaseCommand):
    help = (
        "Read an article (text, page or feed, .docx, or .zip of them) and say what was understood. "
        "Nothing is stored: --check is required until drafts can be kept. "
        "Exit code 0: understood; 1: understood, with questions; 2: refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file, or - for what is piped in")
        parser.add_argument(
            "--check", action="store_true", required=True, help="read only; keep nothing"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--number", type=int, default=1, help="which article of several in the file"
        )

    def handle(self, *args: Any, file: Path, number: int, **options: Any) -> None:
        if not Town.objects.exists():
            raise CommandError("Load the divisions first: manage.py load_divisions", returncode=2)
        data = self._data(file)
        article = read_article(file.name, data, known_places_and_parties(), number=number)
        if isinstance(article, Refused):
            raise CommandError(article.reason, returncode=REFUSED)
        if options["format"] == "json":
            self.stdout.write(json.dumps(summary(article), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(report(article))
        if article.questions:
            raise SystemExit(WITH_QUESTIONS)

    def _data(self, file: Path) -> bytes:
        if str(file) == "-":
            return sys.stdin.buffer.read()
        try:
            return file.read_bytes()
        except OSError as error:
            reason = _("%(file)s cannot be opened.") % {"file": file}
            raise CommandError(reason, returncode=REFUSED) from error
