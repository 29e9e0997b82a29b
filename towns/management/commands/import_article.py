import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from towns.imports.article import Refused, RefusedError, read_article
from towns.imports.article.report import report
from towns.imports.article.summary import summary
from towns.imports.draft import NotKeptError, keep_article, read_upload, receive_article
from towns.imports.draft.keeping import kept_article
from towns.imports.known import known_places_and_parties
from towns.models import ArticleUpload, Town, Upload, User
from towns.publishing.history import note_version
from towns.publishing.proposal import propose

UNDERSTOOD, WITH_QUESTIONS, REFUSED = 0, 1, 2
RIGHTS = ("towns.add_upload", "towns.add_article")


class Command(BaseCommand):
    help = (
        "Read an article (text, page or feed, .docx, or .zip of them) and keep it as a draft with "
        "what it credits and states; with --check, only say what was understood. Nothing becomes "
        "public. Exit code 0: understood; 1: understood, with questions; 2: refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file, or - for what is piped in")
        parser.add_argument("--check", action="store_true", help="read only; keep nothing")
        parser.add_argument("--by", metavar="USERNAME", help="who keeps it; not with --check")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--number", type=int, default=1, help="which article of several in the file"
        )

    def handle(self, *args: Any, file: Path, check: bool, **options: Any) -> None:
        if not Town.objects.exists():
            raise CommandError("Load the divisions first: manage.py load_divisions", returncode=2)
        data = self._data(file)
        if check:
            self._check(file.name, data, **options)
        else:
            self._keep(file.name, data, **options)

    def _check(self, name: str, data: bytes, **options: Any) -> None:
        gazetteer = known_places_and_parties()
        article = read_article(name, data, gazetteer, number=options["number"])
        if isinstance(article, Refused):
            raise CommandError(article.reason, returncode=REFUSED)
        if options["format"] == "json":
            self.stdout.write(json.dumps(summary(article), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(report(article))
        if article.questions:
            raise SystemExit(WITH_QUESTIONS)

    def _keep(self, name: str, data: bytes, **options: Any) -> None:
        """What the screen proposes is kept; what it would ask is left open on the draft."""
        by = self._person(options["by"])
        try:
            received = receive_article([(name, data)], by=by, number=options["number"])
        except RefusedError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        upload, words = received.upload, _("This file was kept before")
        if upload.state != Upload.State.KEPT:
            self._make(upload, by)
            words = _("Kept as a draft")
        upload.refresh_from_db()
        self._say(upload, words, options["format"])
        if upload.open_points:
            raise SystemExit(WITH_QUESTIONS)

    def _make(self, upload: ArticleUpload, by: User) -> None:
        reading = read_upload(upload)
        if isinstance(reading, Refused):
            raise CommandError(reading.reason, returncode=REFUSED)
        try:
            keep_article(reading, by=by, note_version=note_version, propose=propose)
        except NotKeptError as error:
            raise CommandError(str(error), returncode=REFUSED) from error

    def _say(self, upload: ArticleUpload, words: str, form: str) -> None:
        article = kept_article(upload)
        if form == "json":
            said = {
                "article": article.pk if article else None,
                "slug": article.slug if article else None,
                "rows": [
                    {"line": row.row, "name": row.name, "outcome": row.outcome}
                    for row in upload.rows.all()
                ],
                "left_open": upload.open_points,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{words}: {article or '–'} ({article.slug if article else '–'})")
        for row in upload.rows.select_related("content_type"):
            self.stdout.write(f"  {row.row} {row.get_outcome_display()}: {row.name}")
        for point in upload.open_points:
            self.stdout.write(f"? {point['line']} {point['text']}")

    def _person(self, username: str | None) -> User:
        if not username:
            raise CommandError(_("Say with --by who keeps it."), returncode=REFUSED)
        person = User.objects.filter(username=username, is_active=True).first()
        if person is None or not person.has_perms(RIGHTS):
            said = _("%(name)s may not import articles.") % {"name": username}
            raise CommandError(said, returncode=REFUSED)
        return person

    def _data(self, file: Path) -> bytes:
        if str(file) == "-":
            return sys.stdin.buffer.read()
        try:
            return file.read_bytes()
        except OSError as error:
            reason = _("%(file)s cannot be opened.") % {"file": file}
            raise CommandError(reason, returncode=REFUSED) from error
