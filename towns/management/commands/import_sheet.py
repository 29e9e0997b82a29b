import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from towns.imports.sheet.kinds import KINDS
from towns.imports.sheet.outcome import Checked, Fault, Outcome, Question
from towns.imports.sheet.uploads import CheckedUpload, NotKeptError, check_data, keep, receive
from towns.management.progress import bar
from towns.models import Upload, User
from towns.publishing.refusal import RefusedError as ActRefusedError
from towns.publishing.sheet import SheetActs
from towns.sheets.reading import RefusedError

FINE, WITH_FAULTS, REFUSED = 0, 1, 2
STEPS = 3


class Command(BaseCommand):
    help = (
        "Check a sheet (.xlsx or .csv) row by row and keep it as a whole, or say what is wrong. "
        "Nothing that is kept becomes public. "
        "Exit code 0: checked or kept; 1: faults or open questions, nothing was kept; 2: refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("file", type=Path, help="the file, or - for what is piped in")
        parser.add_argument(
            "--check", action="store_true", help="say what would be kept; keep nothing"
        )
        parser.add_argument("--by", metavar="USER", help="who keeps it; needed without --check")
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="KEY=ANSWER",
            help="the answer to a question, by the key that is shown with it",
        )
        parser.add_argument("--reason", default="", help="for whoever decides on changes proposed")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, kind: str, file: Path, **options: Any) -> None:
        by = None if options["check"] else self._person(options["by"], kind)
        draw = bar(self.stderr)
        draw(0, STEPS)
        name, data = self._data(file)
        answers = dict(one.split("=", 1) for one in options["answer"] if "=" in one)
        draw(1, STEPS)
        try:
            found = check_data(KINDS[kind], name, data, answers)
        except RefusedError as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        draw(2, STEPS)
        is_kept = False
        if by is not None and found.checked.is_clean:
            upload = receive(KINDS[kind], name, data, by=by, answers=answers)
            is_kept = self._keep(upload, by, options["reason"] or name)
        draw(STEPS, STEPS)
        self._say(found, options["format"], is_kept=is_kept)
        if not found.checked.is_clean:
            raise SystemExit(WITH_FAULTS)

    def _person(self, name: str | None, kind: str) -> User:
        if not name:
            raise CommandError(_("Say who keeps it, with --by."), returncode=REFUSED)
        user = User.objects.filter(username=name, is_active=True).first()
        model = KINDS[kind].model._meta.model_name
        rights = [f"towns.add_{model}", f"towns.change_{model}", "towns.add_upload"]
        if user is None or not user.has_perms(rights):
            raise CommandError(_("Nobody of this name may import that."), returncode=REFUSED)
        return user

    def _data(self, file: Path) -> tuple[str, bytes]:
        if str(file) == "-":
            return "stdin.csv", sys.stdin.buffer.read()
        try:
            return file.name, file.read_bytes()
        except OSError as error:
            reason = _("%(file)s cannot be opened.") % {"file": file}
            raise CommandError(reason, returncode=REFUSED) from error

    def _keep(self, upload: Upload, by: User, reason: str) -> bool:
        """Whether it was; all of it may be recorded already."""
        try:
            keep(upload, acts=SheetActs(by, reason))
        except NotKeptError as refusal:
            Upload.objects.filter(pk=upload.pk).update(state=Upload.State.DROPPED)
            self.stderr.write(refusal.sentence)
            return False
        except ActRefusedError as refusal:
            raise CommandError(refusal.message, returncode=REFUSED) from refusal
        return True

    def _say(self, found: CheckedUpload, form: str, *, is_kept: bool) -> None:
        if form == "json":
            said = {**summary(found.checked), "kept": is_kept}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
            return
        checked = found.checked
        for note in checked.notes:
            self.stdout.write(note)
        for outcome in Outcome:
            if checked.counts[outcome]:
                self.stdout.write(f"{outcome.label}: {checked.counts[outcome]:,}")
        for fault in checked.all_faults():
            value = f"“{fault.value}” " if fault.value else ""
            self.stdout.write(f"{fault.place or '–'} {value}{fault.sentence}")
        for question in checked.open_questions:
            self.stdout.write(f"? {question.place} {question.sentence} [--answer {question.key}=…]")
            for choice in question.choices:
                self.stdout.write(f"    {choice.value}  {choice.label}")
        said = _("Kept as a whole.") if is_kept else _("Nothing was kept.")
        self.stdout.write(said)


def summary(checked: Checked) -> dict[str, Any]:
    """How many rows there are of each outcome, and every fault and question with its place."""
    return {
        "rows": {str(outcome): checked.counts[outcome] for outcome in Outcome},
        "faults": [_fault(fault) for fault in checked.all_faults()],
        "questions": [_question(question) for question in checked.open_questions],
        "notes": checked.notes,
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "row": fault.row or None,
        "column": fault.column or None,
        "key": fault.key,
        "value": fault.value,
        "message": fault.sentence,
    }


def _question(question: Question) -> dict[str, Any]:
    choices = [{"value": one.value, "label": one.label} for one in question.choices]
    return {
        "key": question.key,
        "row": question.row or None,
        "column": question.column or None,
        "value": question.value,
        "message": question.sentence,
        "choices": choices,
    }
