"""The description of a kind of sheet, from which headers, template, check and export all follow."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, TextChoices
from django.utils.translation import get_language

from towns.imports.sheet.outcome import Question
from towns.sheets.reading import Cell

if TYPE_CHECKING:
    from towns.imports.sheet.knowledge import Knowledge

Reader = Callable[[Cell, "Knowledge"], Any]


class WrongError(Exception):
    """A cell that cannot be what it is to be; the sentence says what would be right."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class AskError(Exception):
    """A cell that only a person understands. A wrong one is a fault until somebody answers."""

    def __init__(self, question: Question, *, is_wrong: bool = False) -> None:
        super().__init__(question.sentence)
        self.question, self.is_wrong = question, is_wrong


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    `field` is the record's column that it fills; None for what only helps to find the record.
    An empty cell says nothing: it never takes away what is recorded.
    """

    key: str
    zh: str
    en: str
    read: Reader
    field: str | None = ""
    is_required: bool = False
    help: Any = ""
    choices: type[TextChoices] | None = None
    # Other headers under which it may stand.
    also: tuple[str, ...] = ()
    # What an export writes there, where it is not the field as it stands.
    show: Callable[[Any, "Knowledge"], Any] | None = None
    example: str = ""

    @property
    def name(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh

    @property
    def target(self) -> str | None:
        return self.key if self.field == "" else self.field

    @property
    def headers(self) -> Collection[str]:
        return (self.zh, self.en, self.key, *self.also)

    def shown(self, record: Any, known: "Knowledge") -> Any:
        """What stands in an export."""
        if self.show:
            return self.show(record, known)
        if self.target is None:
            return ""
        value = getattr(record, self.target)
        return choice_word(self.choices, value) if self.choices else value


def choice_word(choices: type[TextChoices], value: str) -> str:
    """Its label; with the value itself where another one has the same: 家（enterprises）."""
    labels = [str(label) for label in choices.labels]
    label = str(dict(choices.choices).get(value, value))
    return with_id(label, value) if labels.count(label) > 1 else label


def headers_of(columns: Iterable[Column]) -> dict[str, Collection[str]]:
    return {column.key: column.headers for column in columns}


def with_id(name: Model | str, identity: str) -> str:
    """金利镇（441204115）: a name for people, with what finds the record again."""
    return f"{name}（{identity}）"
