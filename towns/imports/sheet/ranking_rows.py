"""The rows of an edition: which town, which rank, whether it is there already."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from towns.imports.sheet import readers
from towns.imports.sheet.decided import question_at
from towns.imports.sheet.describing import AskError, WrongError
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import Changed, CheckedRow, Fault, Outcome
from towns.imports.sheet.places import Place, Places, Said
from towns.imports.sheet.ranking_changes import settle
from towns.imports.sheet.ranking_facts import Asking, Facts
from towns.imports.sheet.records import fault_at, is_empty
from towns.language.script import fold, tidy
from towns.models import RankingEntry, Source
from towns.sheets.reading import Cell, Row, Table

NOT_PUBLISHED = ("未公布", "名次未公布", "没公布", "在榜", "not published", "listed")
_TIED = re.compile(r"(?:并列|=|t)\s*(?P<rank>.+)|(?P<rank_before>.+?)\s*[(（]?(?:并列|tied)[)）]?")
_NEAR_AT_MOST, _GAPS_SHOWN = 300, 10
# So full a list is taken for a whole one while nobody has said.
_DENSE = 0.95
_PLACE_KEYS = ("county", "city", "province")


@dataclass(slots=True)
class Recorded:
    pk: int
    rank: int | None
    is_tied: bool
    source_id: int


def read_rank(cell: Cell, known: Knowledge) -> int | None:
    """The number; None for a rank that was not published. Raises WrongError."""
    said = fold(tidy(cell.shown)).casefold()
    if said in NOT_PUBLISHED:
        return None
    rank = readers.whole(cell, known)
    if rank < 1:
        raise WrongError(_("A rank is 1 or more."))
    return rank


def check_rows(
    table: Table, known: Knowledge, editions: Sequence[Facts], asking: Asking
) -> list[CheckedRow]:
    rows = [CheckedRow(place, number) for place, number in enumerate(table.rows.numbers)]
    _Reading(table, known).read(rows)
    of_editions = 0
    for facts in editions:
        of_edition = [rows[place] for place in facts.places]
        of_editions += len(of_edition)
        _Comparing(table, facts, asking).compare(of_edition)
        settle(table, facts, of_edition, known)
    if of_editions < len(rows):
        _without_edition(rows, editions)
    return rows


def _without_edition(rows: Sequence[CheckedRow], editions: Sequence[Facts]) -> None:
    """Rows of which nobody knows yet to which edition they belong."""
    placed = {place for facts in editions for place in facts.places}
    for row in rows:
        if row.place not in placed and row.outcome is Outcome.UNCHANGED:
            row.outcome = Outcome.QUESTION


class _Reading:
    """What the cells say. Official names in a plain table take the short way, without cells."""

    def __init__(self, table: Table, known: Knowledge) -> None:
        self.table, self.known, self.places = table, known, known.places
        self.near_left = _NEAR_AT_MOST
        self.met: dict[tuple, Place] = {}
        # Neither codes, marks nor sources: then a row is only names and a number.
        self.is_plain = not {"code", "tied", "entry_source"} & table.columns.keys()

    def read(self, rows: Sequence[CheckedRow]) -> None:
        keys = ("rank", "town", *_PLACE_KEYS)
        columns = zip(*(self.table.rows.raw(key) for key in keys), strict=True)
        find, is_plain = self.places.find_exact, self.is_plain
        for row, (rank, town, county, city, province) in zip(rows, columns, strict=True):
            if is_plain and _is_plain_rank(rank):
                place = find(town, county, city, province)
                if place is None:
                    place = self._otherwise(town, county, city, province)
                if place is not None:
                    row.name = place.name_zh
                    row.values = {"place": place, "rank": int(rank), "is_tied": False}
                    continue
            self._read_cells(row)

    def _otherwise(self, *names: object) -> Place | None:
        """Written in another way, and still one town only."""
        if not all(name is None or isinstance(name, str) for name in names) or not names[0]:
            return None
        said = Said(*(name.strip() if name else "" for name in names))
        towns = self.places.find(said, with_near=False).towns
        return towns[0] if len(towns) == 1 else None

    def _read_cells(self, row: CheckedRow) -> None:
        row.row = self.table.rows[row.place]
        faults, questions = [], []
        for read, key in ((self._town, "place"), (self._rank, "rank"), (self._source, "source")):
            try:
                read(row, row.row)
            except _CellError as error:
                cell = row.row.cells.get(error.key)
                if isinstance(error.reason, WrongError):
                    faults.append(_fault(cell, error.key, error.reason.sentence, row.number))
                else:
                    asked = question_at(cell, error.reason.question)
                    questions.append(asked)
                    row.outcome = Outcome.FAULT if error.reason.is_wrong else row.outcome
                row.values.pop(key, None)
            at = row.row.cells.get("town") or row.row.cells.get("code")
            questions.extend(question_at(at, one) for one in self.known.answered)
            self.known.answered.clear()
        row.faults, row.questions = tuple(faults), tuple(questions)
        if faults:
            row.outcome = Outcome.FAULT
        elif row.outcome is not Outcome.FAULT and any(not one.answer for one in questions):
            row.outcome = Outcome.QUESTION

    def _town(self, row: CheckedRow, cells: Row) -> None:
        name, code = _shown(cells, "town"), _shown(cells, "code")
        row.name = name or code
        if not name and not code:
            raise _CellError("town", WrongError(_("Which town? This cell is empty.")))
        said = Said(name, *(_shown(cells, key) for key in _PLACE_KEYS), code=code)
        place = self.met.get(said.key) if not code else None
        if place is None:
            try:
                place = self.known.town(said, with_near=self.near_left > 0)
            except (WrongError, AskError) as error:
                self.near_left -= 1
                raise _CellError("code" if code else "town", error) from error
            if not self.known.answered:
                self.met[said.key] = place
        if code and name and not _is_named(place, name):
            sentence = _("%(code)s is %(town)s, not %(name)s.")
            values = {"code": code, "town": place.short_label("zh"), "name": name}
            raise _CellError("code", WrongError(sentence % values))
        row.values["place"], row.name = place, place.name_zh or place.name_en

    def _rank(self, row: CheckedRow, cells: Row) -> None:
        cell, tied = cells.cells["rank"], cells.cells.get("tied")
        if cell.fault:
            raise _CellError("rank", WrongError(cell.fault))
        if is_empty(cell):
            said = _("The rank is empty. Write “未公布” where it was not published.")
            raise _CellError("rank", WrongError(said))
        is_tied, cell = _tied_in(cell)
        try:
            row.values["rank"] = read_rank(cell, self.known)
        except WrongError as wrong:
            raise _CellError("rank", wrong) from wrong
        if not is_empty(tied):
            try:
                is_tied = readers.yes_no(tied, self.known)
            except WrongError as wrong:
                raise _CellError("tied", wrong) from wrong
        row.values["is_tied"] = is_tied

    def _source(self, row: CheckedRow, cells: Row) -> None:
        cell = cells.cells.get("entry_source")
        if is_empty(cell):
            return
        try:
            row.values["source"] = readers.source(cell, self.known)
        except (WrongError, AskError) as error:
            raise _CellError("entry_source", error) from error


def _is_plain_rank(raw: object) -> bool:
    """A number, or digits where the cells are formatted as text."""
    if type(raw) is float:
        return raw >= 1 and raw.is_integer()
    return (
        type(raw) is str and raw.isascii() and raw.isdigit() and 0 < len(raw) < 7 and raw[0] != "0"
    )


class _CellError(Exception):
    def __init__(self, key: str, reason: WrongError | AskError) -> None:
        super().__init__(key)
        self.key, self.reason = key, reason


class _Comparing:
    """Within one edition: twice, beyond the end, missing, and beside what is recorded."""

    def __init__(self, table: Table, facts: Facts, asking: Asking) -> None:
        self.table, self.facts, self.asking = table, facts, asking
        self.recorded = dict(self._recorded())

    def _recorded(self) -> Iterator[tuple[int, Recorded]]:
        if self.facts.is_new:
            return
        entries = RankingEntry.objects.filter(edition=self.facts.edition).order_by()
        for town, *rest in entries.values_list("town", "pk", "rank", "is_tied", "source"):
            yield town, Recorded(*rest)

    def compare(self, rows: Sequence[CheckedRow]) -> None:
        towns: dict[int, CheckedRow] = {}
        ranks: dict[int, CheckedRow] = {}
        for row in rows:
            place = row.values.get("place")
            if place is not None:
                first = towns.setdefault(place.pk, row)
                if first is not row:
                    self._twice(row, first)
            if rank := row.values.get("rank"):
                first = ranks.setdefault(rank, row)
                if first is not row and not (first.values["is_tied"] and row.values["is_tied"]):
                    self._same_rank(row, first)
                elif self.facts.size and rank > self.facts.size:
                    self._beyond(row)
        self._gaps(rows, ranks)
        self._held_by_others(ranks, towns)
        self._outcomes(rows)

    def _outcomes(self, rows: Sequence[CheckedRow]) -> None:
        recorded = self.recorded
        new = Outcome.PROPOSED if self.facts.is_public else Outcome.CREATED
        for row in rows:
            if row.outcome is not Outcome.UNCHANGED:
                continue
            known = recorded.get(row.values["place"].pk) if recorded else None
            if known is None:
                row.outcome = new
            elif changes := tuple(_changes(row, known)):
                row.outcome, row.changes = Outcome.UPDATED, changes
                row.values["pk"] = known.pk
            else:
                row.values["pk"] = known.pk

    def _twice(self, row: CheckedRow, first: CheckedRow) -> None:
        said = _("Row %(row)d has %(town)s already. A town stands in a list once.")
        self._put(row, "town", said % {"row": first.number, "town": first.name})

    def _same_rank(self, row: CheckedRow, first: CheckedRow) -> None:
        said = _(
            "Row %(row)d, %(town)s, has rank %(rank)d already. Mark both as tied if that is so; "
            "otherwise put one right."
        )
        values = {"row": first.number, "town": first.name, "rank": first.values["rank"]}
        self._put(row, "rank", said % values)

    def _beyond(self, row: CheckedRow) -> None:
        said = _("This list names %(size)d towns: a rank is from 1 to %(size)d.")
        self._put(row, "rank", said % {"size": self.facts.size})

    def _put(self, row: CheckedRow, key: str, sentence: str) -> None:
        row.row = row.row or self.table.rows[row.place]
        cell = row.row.cells.get(key)
        row.faults += (_fault(cell, key, sentence, row.number),)
        row.outcome = Outcome.FAULT

    def _gaps(self, rows: Sequence[CheckedRow], ranks: dict[int, CheckedRow]) -> None:
        """A whole list has every rank; those not published, and ties, may fill what is missing."""
        facts = self.facts
        if not ranks:
            return
        last = (
            facts.size if facts.size and facts.coverage and facts.coverage.is_whole else max(ranks)
        )
        last = min(last, 10 * len(rows) + 1000)
        if not self._is_whole(len(rows), last):
            return
        missing = [rank for rank in range(1, last + 1) if rank not in ranks]
        given = sum(1 for row in rows if row.values.get("rank"))
        spare = (given - len(ranks)) + sum(1 for row in rows if row.values.get("rank", 0) is None)
        if len(missing) <= spare:
            return
        shown = ", ".join(str(rank) for rank in missing[:_GAPS_SHOWN])
        shown += " …" if len(missing) > _GAPS_SHOWN else ""
        said = _("%(edition)s: missing from the whole list: rank %(ranks)s.")
        self.asking.faults.append(Fault(said % {"edition": facts, "ranks": shown}, "rank"))

    def _is_whole(self, count: int, last: int) -> bool:
        if self.facts.coverage is None:
            return count >= _DENSE * last
        return self.facts.coverage.is_whole

    def _held_by_others(self, ranks: dict[int, CheckedRow], towns: dict[int, CheckedRow]) -> None:
        """A rank that a town has in the records which is not in the sheet."""
        for town, known in self.recorded.items():
            row = ranks.get(known.rank) if known.rank and town not in towns else None
            if row is None or (known.is_tied and row.values["is_tied"]):
                continue
            place = next(one for one in self._places().values() if one.pk == town)
            said = _("In the records, %(town)s has rank %(rank)d, and it is not in the sheet.")
            self._put(row, "rank", said % {"town": place.name_zh, "rank": known.rank})

    def _places(self) -> dict[str, Place]:
        places: Places = self.asking.known.places
        return places.by_code


def _changes(row: CheckedRow, known: Recorded) -> Iterator[Changed]:
    values = row.values
    if values["rank"] != known.rank:
        yield Changed("rank", rank_word(known.rank), rank_word(values["rank"]))
    if values["is_tied"] != known.is_tied:
        words = {True: _("yes"), False: _("no")}
        yield Changed("tied", words[known.is_tied], words[values["is_tied"]])
    source: Source | None = values.get("source")
    if source is not None and source.pk != known.source_id:
        old = Source.objects.filter(pk=known.source_id).first()
        yield Changed("entry_source", str(old), str(source))


def rank_word(rank: int | None) -> str:
    return _("not published") if rank is None else str(rank)


def _tied_in(cell: Cell) -> tuple[bool, Any]:
    """并列第 5 or =5: the rank, and that it is tied."""
    found = (
        _TIED.fullmatch(fold(tidy(cell.shown)).casefold()) if isinstance(cell.value, str) else None
    )
    if not found:
        return False, cell
    said = found["rank"] or found["rank_before"]
    return True, Cell(said, said, cell.column, cell.row)


def _shown(cells: Row, key: str) -> str:
    cell = cells.cells.get(key)
    return "" if cell is None or cell.value is None else tidy(cell.shown)


def _fault(cell: Cell | None, key: str, sentence: str, number: int) -> Fault:
    return fault_at(cell, key, sentence) if cell else Fault(sentence, key, "", number)


def _is_named(place: Place, name: str) -> bool:
    plain = "".join(fold(name).split()).casefold()
    names = (place.name_zh, place.name_en, *place.other_names)
    known = ("".join(fold(one).split()).casefold() for one in names if one)
    return any(one in plain or plain in one for one in known)
