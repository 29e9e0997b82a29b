"""What was understood of an article: plain values that a screen or a command can show."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from towns.imports.article.lines import Line, Picture

_TOWN_CODE = 9


@dataclass(frozen=True)
class Credit:
    """`party` as written, `unit` what stands before a person's name, `uid` of the party known."""

    kind: str
    party: str
    unit: str = ""
    uid: str = ""
    known_as: str = ""


@dataclass(frozen=True)
class Figure:
    line: int
    caption: str = ""
    credits: tuple[Credit, ...] = ()
    picture: str = ""


@dataclass(frozen=True)
class Heading:
    """The heading of a section; of a town's section where it names one."""

    line: int
    text: str
    town_code: str | None = None


@dataclass(frozen=True)
class Subheading:
    line: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    line: int
    text: str


@dataclass(frozen=True)
class ListedTown:
    line: int
    text: str
    town_code: str | None
    rank: int | None


@dataclass(frozen=True)
class TownList:
    line: int
    towns: tuple[ListedTown, ...]


Block = Figure | Heading | Subheading | Paragraph | TownList


@dataclass(frozen=True)
class Claim:
    """`kind` is rank, change, streak, first_time or amount (in yuan, with its qualifier)."""

    kind: str
    town_code: str | None
    value: int | Decimal | None
    sentence: str
    lines: tuple[int, ...]
    qualifier: str = "exact"


@dataclass(frozen=True)
class Signature:
    """`said` is the piece of the line as written: 编辑｜王五."""

    role: str
    names: tuple[str, ...]
    line: int
    said: str


@dataclass(frozen=True)
class Dropped:
    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """Something doubtful, in the reader's language, with what it may be; never decided silently."""

    kind: str
    lines: tuple[int, ...]
    text: str
    choices: tuple[Choice, ...]
    key: str = ""
    answer: str | None = None
    # Which other answers than the choices there may be: "", "town" (a code) or "words".
    free: str = ""

    @property
    def other_answer(self) -> str:
        """An answer that is none of the choices."""
        values = [choice.value for choice in self.choices]
        return self.answer if self.answer and self.answer not in values else ""

    def accepted(self, said: str | None) -> str | None:
        if said is None or said in [choice.value for choice in self.choices]:
            return said
        is_code = self.free == "town" and len(said) == _TOWN_CODE and said.isdigit()
        return said if is_code or (self.free == "words" and said.strip()) else None


@dataclass(frozen=True)
class Section:
    heading: str
    town_code: str | None
    subheadings: tuple[str, ...]


@dataclass(frozen=True)
class Article:
    """`published_at` is what the source printed: a time, a day, or nothing."""

    title: str
    subtitle: str
    publisher: str
    publisher_uid: str
    published_at: dt.date | None
    place: str
    language: str
    blocks: tuple[Block, ...]
    claims: tuple[Claim, ...]
    signoffs: tuple[Signature, ...]
    dropped: tuple[Dropped, ...]
    questions: tuple[Question, ...]
    unplaced: tuple[Picture, ...] = field(default=())
    # Those that came with it, wherever they stand.
    pictures: tuple[Picture, ...] = field(default=())
    lines: tuple[Line, ...] = field(default=())
    title_lines: tuple[int, ...] = field(default=())
    dateline: int = 0

    @property
    def open_questions(self) -> list[Question]:
        return [question for question in self.questions if question.answer is None]

    @property
    def figures(self) -> list[Figure]:
        return [block for block in self.blocks if isinstance(block, Figure)]

    @property
    def sections(self) -> list[Section]:
        """In order; what stands before the first heading belongs to none."""
        sections: list[Section] = []
        for block in self.blocks:
            if isinstance(block, Heading):
                sections.append(Section(block.text, block.town_code, ()))
            elif isinstance(block, Subheading) and sections:
                last = sections[-1]
                together = (*last.subheadings, block.text)
                sections[-1] = Section(last.heading, last.town_code, together)
        return sections


@dataclass(frozen=True)
class Refused:
    """Nothing was read, and why, in the reader's language."""

    reason: str
