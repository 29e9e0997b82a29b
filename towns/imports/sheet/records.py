"""Sheets whose rows are each about one record: reading, matching, comparing, storing."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, QuerySet
from django.utils.translation import gettext as _

from towns.documents.canonical import plain
from towns.documents.cells import Cells, cells_of
from towns.imports.sheet import readers
from towns.imports.sheet.decided import Decisions, question_at, settle_row
from towns.imports.sheet.describing import AskError, Column, WrongError
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import Changed, Checked, CheckedRow, Fault, Outcome
from towns.imports.sheet.storing import Acts, Stored
from towns.language.script import tidy
from towns.models import UploadRow, Version
from towns.sheets.reading import Cell, Row, Table

BATCH = 5000
Values = dict[str, Any]
SOURCE = Column(
    "source",
    "出处",
    "Source",
    readers.source,
    is_required=True,
    also=("来源", "资料来源", "数据来源"),
    show=lambda one, known: known.source_word(one.source),
)


class RecordKind:
    """A kind has a file of its own: its columns, and what finds its records."""

    name: ClassVar[str]
    label: ClassVar[Any]
    model: ClassVar[type[Model]]
    columns: ClassVar[tuple[Column, ...]]

    def identity(self, values: Values, known: Knowledge) -> Hashable | None:
        """What two rows about one record have in common; None where the row does not say it."""
        raise NotImplementedError

    def existing(self, rows: Sequence[CheckedRow], known: Knowledge) -> None:
        """Set `record` of the rows that are about one; raise nothing."""
        raise NotImplementedError

    def records(self) -> QuerySet:
        """With what comparing and exporting need of them."""
        return self.model.objects.all()

    def rules(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What is wrong between several cells: the column's key and a sentence."""
        return ()

    def finish(self, values: Values, known: Knowledge) -> Values:
        """What follows for a new record from what the row says."""
        return values

    # Checking --------------------------------------------------------------------------------

    def check(self, table: Table, known: Knowledge) -> Checked:
        checked = Checked(table)
        checked.rows = [self._read(place, row, known) for place, row in enumerate(table.rows)]
        readable = [row for row in checked.rows if row.outcome is Outcome.UNCHANGED]
        self._twice(readable, known)
        readable = [row for row in readable if row.outcome is Outcome.UNCHANGED]
        self.existing(readable, known)
        for row in readable:
            if row.outcome is Outcome.UNCHANGED:
                self._judge(row, known)
        self._settle([row for row in readable if row.outcome is Outcome.UPDATED], known)
        return checked

    def _read(self, place: int, row: Row, known: Knowledge) -> CheckedRow:
        read, faults, questions = CheckedRow(place, row.number, row=row), [], []
        for column in self.columns:
            cell = row.cells.get(column.key)
            if cell is not None and cell.fault:
                faults.append(fault_at(cell, column.key, cell.fault))
            if is_empty(cell):
                continue
            try:
                read.values[column.key] = column.read(cell, known)
            except WrongError as wrong:
                faults.append(fault_at(cell, column.key, wrong.sentence))
            except AskError as asked:
                questions.append(question_at(cell, asked.question))
                read.outcome = Outcome.FAULT if asked.is_wrong else Outcome.QUESTION
            questions.extend(question_at(cell, one) for one in known.answered)
            known.answered.clear()
        read.questions = tuple(questions)
        if faults:
            read.faults, read.outcome = tuple(faults), Outcome.FAULT
        read.name = self._name(row)
        return read

    def _name(self, row: Row) -> str:
        cells = (row.cells.get(key) for key in ("name_zh", "name_en", "indicator_zh"))
        return next((cell.shown for cell in cells if not is_empty(cell)), "")

    def _twice(self, rows: Sequence[CheckedRow], known: Knowledge) -> None:
        first: dict[Hashable, CheckedRow] = {}
        for row in rows:
            try:
                identity = self.identity(row.values, known)
            except (WrongError, AskError) as error:
                put(row, self.columns[0], error)
                continue
            if identity is None:
                continue
            if identity in first:
                said = _("Row %(row)d is about the same. One of the two is too many.")
                wrong = WrongError(said % {"row": first[identity].number})
                put(row, self.columns[0], wrong)
            else:
                first[identity] = row

    def _judge(self, row: CheckedRow, known: Knowledge) -> None:
        if row.record is None:
            row.values = self.finish(row.values, known)
            self._must_have(row)
            row.outcome = Outcome.FAULT if row.faults else Outcome.CREATED
        else:
            row.changes = tuple(self._changes(row, known))
            row.outcome = Outcome.UPDATED if row.changes else Outcome.UNCHANGED
            row.name = str(row.record)
        if row.outcome is not Outcome.UNCHANGED:
            self._must_fit(row)

    def _must_have(self, row: CheckedRow) -> None:
        missing = [
            Fault(_("“%(column)s” is empty.") % {"column": column.name}, column.key, "", row.number)
            for column in self.columns
            if column.is_required and column.key not in row.values
        ]
        row.faults += tuple(missing)

    def _must_fit(self, row: CheckedRow) -> None:
        fields = self.fields(row.values)
        stored = (
            {} if row.record is None else {name: stored_value(row.record, name) for name in fields}
        )
        changed = {
            name: value for name, value in fields.items() if not same(stored.get(name), value)
        }
        faults = list(self._field_faults(row, changed))
        whole = {**self._whole(row.record), **fields}
        for key, sentence in self.rules(whole):
            faults.append(self._fault(row, key, sentence))
        if faults:
            row.faults += tuple(faults)
            row.outcome = Outcome.FAULT

    def _field_faults(self, row: CheckedRow, fields: Mapping[str, Any]) -> Iterable[Fault]:
        for name, value in fields.items():
            field = model_field(self.model, name)
            if field.is_relation or value in (None, ""):
                continue
            try:
                field.clean(value, None)
            except ValidationError as error:
                yield self._fault(row, self._key_of(name), " ".join(error.messages))

    def _fault(self, row: CheckedRow, key: str, sentence: str) -> Fault:
        cell = row.row.cells.get(key)
        return fault_at(cell, key, sentence) if cell else Fault(sentence, key, "", row.number)

    def _key_of(self, name: str) -> str:
        return next((one.key for one in self.columns if name in self.targets(one)), name)

    def targets(self, column: Column) -> tuple[str, ...]:
        return (column.target,) if column.target else ()

    def fields(self, values: Mapping[str, Any]) -> Values:
        """By field of the record, from values by column."""
        return {
            column.target: values[column.key]
            for column in self.columns
            if column.target and column.key in values
        }

    def _whole(self, record: Model | None) -> Values:
        if record is None:
            return {}
        return {
            field.attname: field.value_from_object(record) for field in record._meta.concrete_fields
        }

    def _changes(self, row: CheckedRow, known: Knowledge) -> Iterable[Changed]:
        for column in self.columns:
            if column.key not in row.values:
                continue
            said = self.fields({column.key: row.values[column.key]})
            if all(same(stored_value(row.record, name), value) for name, value in said.items()):
                continue
            old = column.shown(row.record, known)
            yield Changed(
                column.key, str("" if old is None else old), row.row.cells[column.key].shown
            )

    # What is public, and what a person decided --------------------------------------------------

    def public_keys(self, rows: Sequence[CheckedRow]) -> set[int]:
        if not hasattr(self.model.objects, "public"):
            return set()
        keys = [row.record.pk for row in rows]
        return set(self.model.objects.public().filter(pk__in=keys).values_list("pk", flat=True))

    def _settle(self, rows: Sequence[CheckedRow], known: Knowledge) -> None:
        public = self.public_keys(rows)
        decisions = Decisions.about(self.model, [row.record for row in rows], known)
        for row in rows:
            if row.record.pk in public:
                row.outcome = Outcome.PROPOSED
                if decisions.is_proposed(row.record, self.changed_fields(row)):
                    row.outcome = Outcome.UNCHANGED
                    row.notes += (_("This change is proposed already and waits for a decision."),)
            else:
                settle_row(
                    row,
                    decisions,
                    names=lambda change, row=row: self.fields({change.key: row.values[change.key]}),
                    cell=lambda row, key: row.row.cells[key],
                )

    def changed_fields(self, row: CheckedRow) -> Values:
        keys = {change.key for change in row.changes}
        return self.fields({key: value for key, value in row.values.items() if key in keys})

    # Storing -----------------------------------------------------------------------------------

    def store(self, checked: Checked, known: Knowledge, acts: Acts) -> Iterable[Stored]:
        """Inside the caller's transaction, in which it was checked."""
        for source in known.new_sources.values():
            source.save()
        written: list[Model] = [*known.new_sources.values()]
        for row in checked.rows:
            match row.outcome:
                case Outcome.CREATED:
                    row.record = self.write(self.model(), self.fields(row.values))
                    written.append(row.record)
                case Outcome.UPDATED:
                    written.append(self.write(row.record, self.changed_fields(row)))
            yield self._stored(row, acts)
        acts.note_versions(written, act=Version.Act.IMPORTED)

    def _stored(self, row: CheckedRow, acts: Acts) -> Stored:
        if row.outcome is Outcome.PROPOSED:
            before = cells_of(row.record)
            after = with_fields(before, self.model, self.changed_fields(row))
            acts.propose(row.record, before=before, after=after, row=row.number)
            return Stored(
                row.number, self.model, row.record.pk, str(row.record), UploadRow.Outcome.PROPOSED
            )
        outcome = {
            Outcome.CREATED: UploadRow.Outcome.CREATED,
            Outcome.UPDATED: UploadRow.Outcome.UPDATED,
        }.get(row.outcome, UploadRow.Outcome.UNCHANGED)
        return Stored(row.number, self.model, row.record.pk, str(row.record), outcome)

    def write(self, record: Model, fields: Values) -> Model:
        lists = {}
        for name, value in fields.items():
            if model_field(self.model, name).many_to_many:
                lists[name] = value
            else:
                setattr(record, name, value)
        record.save()
        for name, keys in lists.items():
            getattr(record, name).set(keys)
        return record

    # Exporting ----------------------------------------------------------------------------------

    def export(self, records: QuerySet | None, known: Knowledge) -> Iterable[list[Any]]:
        """Of these records, or of all; rows of plain values below the headers."""
        wanted = self.records()
        if records is not None:
            wanted = wanted.filter(pk__in=records.order_by().values("pk"))
        for record in wanted:
            yield [column.shown(record, known) for column in self.columns]


# Cells and fields ---------------------------------------------------------------------------


def is_empty(cell: Cell | None) -> bool:
    return cell is None or cell.value is None or cell.shown.strip() == ""


def fault_at(cell: Cell, key: str, sentence: str) -> Fault:
    return Fault(sentence, key, cell.column, cell.row, cell.shown)


def put(row: CheckedRow, column: Column, error: WrongError | AskError) -> None:
    """What identifying a row found out, at the first cell that it has."""
    cell = row.row.cells.get(column.key) or next(iter(row.row.cells.values()))
    if isinstance(error, WrongError):
        row.faults += (fault_at(cell, column.key, error.sentence),)
        row.outcome = Outcome.FAULT
    else:
        row.questions += (question_at(cell, error.question),)
        row.outcome = Outcome.FAULT if error.is_wrong else Outcome.QUESTION


def model_field(model: type[Model], name: str) -> Field:
    return next(
        field
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if name in (field.name, field.attname)
    )


def stored_value(record: Model, name: str) -> Any:
    field = model_field(type(record), name)
    if field.many_to_many:
        return frozenset(one.pk for one in getattr(record, name).all())
    return getattr(record, field.attname) if field.is_relation else getattr(record, name)


def same(stored: Any, said: Any) -> bool:
    """Texts are compared as they would be read from a sheet."""
    if isinstance(said, Model):
        return said.pk is not None and stored == said.pk
    if isinstance(stored, str) and isinstance(said, str):
        return tidy(stored) == tidy(said)
    return stored == said


def with_fields(cells: Cells, model: type[Model], fields: Mapping[str, Any]) -> Cells:
    after = deepcopy(cells)
    for name, value in fields.items():
        field = model_field(model, name)
        if field.many_to_many:
            after["lists"][field.name] = sorted(value)
        else:
            said = value.pk if isinstance(value, Model) else value
            after["columns"][field.attname] = plain(said)
    return after


def batched(keys: Sequence[Any], fetch: Callable[[Sequence[Any]], Iterable[Any]]) -> Iterable[Any]:
    for start in range(0, len(keys), BATCH):
        yield from fetch(keys[start : start + BATCH])
