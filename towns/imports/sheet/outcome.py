"""What checking a sheet says: of each row, of the whole sheet, and what has to be asked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.translation import pgettext_lazy

from towns.sheets.reading import Row, Table


class Outcome(StrEnum):
    FAULT = "fault"
    QUESTION = "question"
    CREATED = "created"
    UPDATED = "updated"
    PROPOSED = "proposed"
    KEPT = "kept"
    UNCHANGED = "unchanged"

    @property
    def label(self) -> Any:
        return _LABELS[self]


_LABELS = {
    Outcome.FAULT: pgettext_lazy("row of a sheet", "wrong"),
    Outcome.QUESTION: pgettext_lazy("row of a sheet", "to be asked"),
    Outcome.CREATED: pgettext_lazy("row of a sheet", "new"),
    Outcome.UPDATED: pgettext_lazy("row of a sheet", "updated"),
    Outcome.PROPOSED: pgettext_lazy("row of a sheet", "change proposed"),
    Outcome.KEPT: pgettext_lazy("row of a sheet", "decided by a person"),
    Outcome.UNCHANGED: pgettext_lazy("row of a sheet", "unchanged"),
}
_TO_LOOK_AT = (Outcome.FAULT, Outcome.QUESTION, Outcome.KEPT)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right: where it stands, what stands there, what would be right."""

    sentence: str
    key: str = ""
    column: str = ""
    row: int = 0
    value: str = ""

    @property
    def place(self) -> str:
        """As the spreadsheet names it: B955, or 955 for the whole row."""
        return f"{self.column}{self.row or ''}"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person knows. Equal keys are one question, asked wherever it stands.

    `answer` is what was answered, "" before. Without choices a text is typed.
    """

    key: str
    sentence: str
    choices: tuple[Choice, ...] = ()
    answer: str = ""
    column: str = ""
    row: int = 0
    value: str = ""
    help: str = ""
    # What a typed answer begins with; None where only the choices are answers.
    typed: str | None = None

    @property
    def place(self) -> str:
        return f"{self.column}{self.row or ''}"

    @property
    def is_typed(self) -> bool:
        return bool(self.answer) and all(one.value != self.answer for one in self.choices)

    @property
    def typed_text(self) -> str:
        return self.answer.removeprefix(self.typed or "") if self.is_typed else ""


@dataclass(frozen=True, slots=True)
class Changed:
    """One cell of a record that the sheet says otherwise, as stored and as shown."""

    key: str
    old: str
    new: str


@dataclass(slots=True)
class CheckedRow:
    """`number` is the spreadsheet's; `place` counts the rows of the table from 0."""

    place: int
    number: int
    outcome: Outcome = Outcome.UNCHANGED
    # Its cells, where they were needed.
    row: Row | None = None
    # By column: what the sheet says, for the record.
    values: dict[str, Any] = field(default_factory=dict)
    record: Model | None = None
    name: str = ""
    faults: tuple[Fault, ...] = ()
    questions: tuple[Question, ...] = ()
    changes: tuple[Changed, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_to_look_at(self) -> bool:
        """By a person, before keeping: whatever is new or stays as it is waits for nobody."""
        return self.outcome in _TO_LOOK_AT or bool(self.changes)


@dataclass
class Checked:
    """A whole sheet. It may be kept only where `stops` is empty."""

    table: Table
    rows: list[CheckedRow] = field(default_factory=list)
    # Of the whole sheet: what it is a list of, how far it goes.
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # What a kind needs again for keeping.
    about: Any = None

    def row_of(self, checked: CheckedRow) -> Row:
        return checked.row or self.table.rows[checked.place]

    @cached_property
    def counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    def all_faults(self) -> Iterator[Fault]:
        yield from self.faults
        for row in self.rows:
            yield from row.faults

    def all_questions(self) -> Iterator[Question]:
        yield from self.questions
        for row in self.rows:
            yield from row.questions

    @cached_property
    def open_questions(self) -> list[Question]:
        """Each once, where it stands first."""
        unanswered = (one for one in self.all_questions() if not one.answer)
        return list({one.key: one for one in reversed(list(unanswered))}.values())[::-1]

    @cached_property
    def is_clean(self) -> bool:
        return not self.faults and not self.open_questions and not self.counts[Outcome.FAULT]

    @cached_property
    def changes_something(self) -> bool:
        changing = (Outcome.CREATED, Outcome.UPDATED, Outcome.PROPOSED)
        return any(self.counts[one] for one in changing)
