"""What a person decided in a record is not overwritten by a sheet; it is asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from towns.documents.canonical import plain
from towns.documents.cells import changed_cells
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import Changed, CheckedRow, Choice, Outcome, Question
from towns.models import Proposal, Version
from towns.sheets.reading import Cell

_BATCH = 5000
KEEP, SHEET = "keep", "sheet"


@dataclass
class Decisions:
    """Of some records: their last version by hand, and what the last import left."""

    known: Knowledge
    by_hand: dict[int, Version] = field(default_factory=dict)
    imported: dict[int, Version] = field(default_factory=dict)
    waiting: dict[int, list[Proposal]] = field(default_factory=dict)

    @classmethod
    def about(cls, model: type[Model], records: Sequence[Model], known: Knowledge) -> "Decisions":
        decisions = cls(known)
        kind = ContentType.objects.get_for_model(model)
        keys = [record.pk for record in records]
        for start in range(0, len(keys), _BATCH):
            about = {"content_type": kind, "object_id__in": keys[start : start + _BATCH]}
            versions = Version.objects.filter(**about).select_related("saved_by", "document")
            for version in versions.order_by("pk"):
                decisions._take(version)
            for proposal in Proposal.objects.waiting().filter(**about):
                decisions.waiting.setdefault(proposal.object_id, []).append(proposal)
        return decisions

    def _take(self, version: Version) -> None:
        if version.act == Version.Act.IMPORTED:
            self.imported[version.object_id] = version
        elif version.act != Version.Act.PUBLISHED:
            self.by_hand[version.object_id] = version

    def question(self, row: CheckedRow, change: Changed, names: Iterable[str]) -> Question | None:
        """None where the sheet may say it anew: nobody but a sheet ever said anything there."""
        person = self.by_hand.get(row.record.pk)
        if person is None or not any(self._is_decided(row.record, name) for name in names):
            return None
        model = row.record._meta.model_name
        key = f"decided:{model}:{row.record.pk}:{change.key}:{change.old}:{change.new}"
        said = _("%(who)s decided on “%(old)s” on %(day)s. No sheet overwrites that by itself.")
        day = timezone.localtime(person.saved_at).date().isoformat()
        values = {"who": person.saved_by, "old": change.old or _("(empty)"), "day": day}
        choices = (
            Choice(KEEP, _("Leave what the person decided")),
            Choice(SHEET, _("Take “%s” from the sheet") % change.new),
        )
        answer = self.known.answers.get(key, "")
        answer = answer if answer in (KEEP, SHEET) else ""
        return Question(key, said % values, choices, answer)

    def _is_decided(self, record: Model, name: str) -> bool:
        """Whether it is not as an import left it. Without an import, whatever is filled in."""
        import_ = self.imported.get(record.pk)
        current = _plain(record, name)
        if import_ is None or not import_.document.body:
            return current not in ("", []) and not (
                current is None and not _none_says(record, name)
            )
        cells = import_.document.content
        attname = _attname(record, name)
        part = "lists" if attname in cells["lists"] else "columns"
        return cells[part].get(attname) != current

    def is_proposed(self, record: Model, fields: Mapping[str, Any]) -> bool:
        """Whether a proposal that waits would make these very changes."""
        wanted = {_attname(record, name): _stored_form(value) for name, value in fields.items()}
        return any(
            wanted.items() <= _changes(proposal).items()
            for proposal in self.waiting.get(record.pk, ())
        )


def settle_row(
    row: CheckedRow,
    decisions: Decisions,
    *,
    names: Callable[[Changed], Iterable[str]],
    cell: Callable[[CheckedRow, str], Cell],
) -> None:
    """Leave of the row's changes those that nobody has to be asked about, or that were answered.

    `names` are the fields of a change, `cell` is where its question stands.
    """
    left, is_open = [], False
    for change in row.changes:
        question = decisions.question(row, change, names(change))
        if question is not None:
            row.questions += (question_at(cell(row, change.key), question),)
            is_open = is_open or not question.answer
        if question is None or question.answer == SHEET:
            left.append(change)
    if is_open:
        row.outcome = Outcome.QUESTION
        return
    row.changes = tuple(left)
    row.outcome = Outcome.UPDATED if left else Outcome.KEPT


def question_at(cell: Cell, question: Question) -> Question:
    return replace(question, column=cell.column, row=cell.row, value=cell.shown)


def _changes(proposal: Proposal) -> dict[str, Any]:
    before, after = proposal.before, proposal.after
    if not (before and after):
        return {}
    changed: list = changed_cells(before.content, after.content)
    return {cell.field: _hashable(cell.new) for cell in changed if not cell.row}


def _stored_form(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    return _hashable(plain(sorted(value) if isinstance(value, frozenset) else value))


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _plain(record: Model, name: str) -> Any:
    listed = {field.name for field in record._meta.many_to_many}
    if name in listed:
        return sorted(one.pk for one in getattr(record, name).all())
    return plain(getattr(record, _attname(record, name)))


def _attname(record: Model, name: str) -> str:
    fields = apps.get_model("towns", record._meta.model_name)._meta.concrete_fields
    return next((one.attname for one in fields if name in (one.name, one.attname)), name)


def _none_says(record: Model, name: str) -> bool:
    """A rank that is empty says that it was not published."""
    return record._meta.model_name == "rankingentry" and name == "rank"
