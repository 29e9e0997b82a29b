"""What the page of an imported sheet shows: counts, the rows of one outcome, what is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from towns.documents.difference import Piece, difference
from towns.imports.sheet.outcome import Checked, CheckedRow, Fault, Outcome, Question
from towns.imports.sheet.uploads import CheckedUpload, why_not
from towns.language.pinyin import search_key

PER_PAGE = 50
LOOK, ALL = "look", "all"
TYPED = "typed"
# How many lines around the table are shown.
_LEFT_OUT = 8


@dataclass(frozen=True)
class Filter:
    value: str
    label: Any
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ShownCell:
    text: str
    state: str = ""
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class ShownRow:
    number: int
    outcome: Outcome
    is_hidden: bool
    cells: Sequence[ShownCell]
    faults: Sequence[Fault]
    questions: Sequence[Question]
    notes: Sequence[str]


def page_of(found: CheckedUpload, said: Mapping[str, str]) -> dict[str, Any]:
    """`said` is what the address asks for: `outcome`, `q` and `page`."""
    checked = found.checked
    chosen = _chosen(checked, said.get("outcome", ""))
    rows = [row for row in checked.rows if _is_wanted(row, chosen, said.get("q", ""))]
    page = Paginator(rows, PER_PAGE).get_page(said.get("page"))
    asked: set[str] = set()
    shown = [_shown(found, row, asked) for row in page]
    return {
        "checked": checked,
        "kind": found.kind,
        "filters": list(_filters(checked, chosen)),
        "chosen": chosen,
        "columns": _columns(found),
        "page": page,
        "rows": shown,
        "has_row_questions": any(row.questions for row in shown),
        "questions": sorted(_each_once(checked.questions, set()), key=lambda one: bool(one.answer)),
        "left_out": checked.table.left_out[:_LEFT_OUT],
        "why_not": why_not(checked),
        "proposes": _proposes(checked),
        "fingerprint": found.fingerprint,
        "q": said.get("q", ""),
        "pages": _pages(page),
    }


def _proposes(checked: Checked) -> bool:
    about = (facts.outcome for facts in checked.about or ())
    return Outcome.PROPOSED in about or bool(checked.counts[Outcome.PROPOSED])


def _pages(page: Page) -> Iterable[Any]:
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


def _chosen(checked: Checked, wanted: str) -> str:
    if wanted in (ALL, LOOK, *(str(one) for one in Outcome)):
        return wanted
    return LOOK if any(row.is_to_look_at for row in checked.rows) else ALL


def _filters(checked: Checked, chosen: str) -> Iterable[Filter]:
    counts = checked.counts
    to_look_at = sum(row.is_to_look_at for row in checked.rows)
    yield Filter(LOOK, gettext_lazy("to look at"), to_look_at, chosen == LOOK)
    for outcome in Outcome:
        if counts[outcome] or chosen == outcome:
            yield Filter(str(outcome), outcome.label, counts[outcome], chosen == outcome)
    yield Filter(ALL, gettext_lazy("all rows"), len(checked.rows), chosen == ALL)


def _is_wanted(row: CheckedRow, chosen: str, text: str) -> bool:
    if chosen == LOOK and not row.is_to_look_at:
        return False
    if chosen not in (LOOK, ALL) and row.outcome != chosen:
        return False
    text = text.strip()
    return not text or text == str(row.number) or search_key(text) in search_key(row.name)


def _columns(found: CheckedUpload) -> list[tuple[str, str, str]]:
    names = {column.key: column.name for column in found.kind.columns}
    return [(letter, key, names[key]) for key, letter in found.checked.table.columns.items()]


def _shown(found: CheckedUpload, row: CheckedRow, asked: set[str]) -> ShownRow:
    checked, cells = found.checked, found.checked.row_of(row)
    wrong = {fault.key for fault in row.faults}
    open_at = {one.column for one in row.questions if not one.answer}
    changes = {change.key: change for change in row.changes}
    shown = []
    for key, letter in checked.table.columns.items():
        text = cells.cells[key].shown if key in cells.cells else ""
        if key in wrong:
            shown.append(ShownCell(text, "wrong"))
        elif letter in open_at:
            shown.append(ShownCell(text, "asked"))
        elif change := changes.get(key):
            shown.append(ShownCell(text, "changed", difference(change.old, change.new)))
        else:
            shown.append(ShownCell(text))
    questions = list(_each_once(row.questions, asked))
    repeated = [one for one in row.questions if one not in questions]
    notes = [*row.notes, *(_repeated(one) for one in repeated)]
    return ShownRow(row.number, row.outcome, cells.is_hidden, shown, row.faults, questions, notes)


def _repeated(question: Question) -> str:
    said = _("%(place)s “%(value)s”: the same question as above.")
    return said % {"place": question.place, "value": question.value}


def _each_once(questions: Iterable[Question], asked: set[str]) -> Iterable[Question]:
    """Answering one answers it wherever it stands."""
    for question in questions:
        if question.key not in asked:
            asked.add(question.key)
            yield question


def answers_in(posted: Mapping[str, str]) -> dict[str, str]:
    """By question. What was typed counts where no other choice is marked."""
    answers: dict[str, str] = {}
    for name, value in posted.items():
        if not name.startswith("answer:"):
            continue
        key = name.removeprefix("answer:")
        if value == TYPED:
            text = posted.get(f"text:{key}", "").strip()
            value = posted.get(f"prefix:{key}", "") + text if text else ""
        answers[key] = value[:500]
    for name, value in posted.items():
        key = name.removeprefix("text:")
        if name.startswith("text:") and value.strip() and f"answer:{key}" not in posted:
            answers[key] = posted.get(f"prefix:{key}", "") + value.strip()[:500]
    return answers
