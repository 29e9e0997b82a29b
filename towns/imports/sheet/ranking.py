"""Editions of rankings: each row is a town of an edition, with its rank."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from towns.imports.sheet import readers
from towns.imports.sheet.describing import Column, with_id
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import Checked, Fault
from towns.imports.sheet.ranking_facts import (
    Asking,
    Facts,
    complete,
    coverage_word,
    ranking_asked,
    read_coverage,
    year_asked,
)
from towns.imports.sheet.ranking_rows import check_rows, read_rank
from towns.imports.sheet.ranking_storing import store
from towns.imports.sheet.records import is_empty
from towns.imports.sheet.storing import Acts, Stored
from towns.imports.sheet.town import CITY, COUNTY, PROVINCE, area_name
from towns.models import RankingEdition, RankingEntry
from towns.sheets.reading import Cell, Table

_OF_EDITION = ("size", "coverage", "source")


def _coverage(cell: Cell, known: Knowledge) -> Any:
    return read_coverage(cell.shown, known)


class RankingKind:
    """Ranking and year stand in the sheet, in its title, or are asked. So does what follows."""

    name = "ranking-edition"
    label = gettext_lazy("ranking editions")
    model = RankingEdition
    columns = (
        Column(
            "rank",
            "名次",
            "Rank",
            read_rank,
            is_required=True,
            also=("排名", "位次", "名次排名"),
            help=gettext_lazy("“未公布” where the town is listed and its rank was not published."),
            example="485",
        ),
        Column(
            "town",
            "镇",
            "Town",
            readers.text,
            is_required=True,
            also=("乡镇", "乡镇名称", "镇名", "镇（街道）", "名称", "Name"),
            example="金利镇",
        ),
        COUNTY,
        CITY,
        PROVINCE,
        Column(
            "code",
            "代码",
            "Code",
            readers.text,
            also=("镇代码", "统计代码", "区划代码", "gazetteer_code"),
            help=gettext_lazy("Nine digits; then the name is not needed."),
        ),
        Column(
            "tied",
            "并列",
            "Tied",
            readers.yes_no,
            also=("是否并列",),
            help=gettext_lazy("Yes where several towns have this rank."),
        ),
        Column(
            "ranking",
            "榜单",
            "Ranking",
            lambda cell, known: known.ranking(cell.shown),
            also=("榜单名称", "list_name"),
            help=gettext_lazy("Asked where the column is missing."),
        ),
        Column("year", "年份", "Year", readers.year, also=("年度",)),
        Column(
            "size",
            "榜单总数",
            "Size of the list",
            readers.whole,
            also=("名额",),
            help=gettext_lazy("How many towns the whole list names."),
        ),
        Column(
            "coverage",
            "收录范围",
            "How much is here",
            _coverage,
            also=("名单范围",),
            help=gettext_lazy("“全部”, “说不准”, or the regions of which all is here."),
        ),
        Column("source", "出处", "Source", readers.source, also=("来源", "资料来源", "数据来源")),
        Column(
            "entry_source",
            "本条出处",
            "Source of the entry",
            readers.source,
            help=gettext_lazy("Where it differs from the source of the list."),
        ),
    )

    # Checking ---------------------------------------------------------------------------------

    def check(self, table: Table, known: Knowledge) -> Checked:
        checked, asking = Checked(table), Asking(known)
        known.title = " ".join([known.title, table.sheet, *(said for _row, said in table.left_out)])
        if "town" not in table.columns and "code" not in table.columns:
            said = _("There is no column “%s”. Without it no town is found.")
            asking.faults.append(Fault(said % self._name_of("town"), row=table.header_row))
        if "rank" not in table.columns:
            said = _("There is no column “%s”. Write “未公布” in it where ranks are not published.")
            asking.faults.append(Fault(said % self._name_of("rank"), row=table.header_row))
        if not asking.faults:
            checked.about = list(self._editions(table, asking))
            checked.rows = check_rows(table, known, checked.about, asking)
        checked.faults, checked.questions = asking.faults, asking.questions
        checked.notes = [note for facts in checked.about or () for note in _notes(facts)]
        return checked

    def _name_of(self, key: str) -> str:
        return next(column.name for column in self.columns if column.key == key)

    def _editions(self, table: Table, asking: Asking) -> Iterator[Facts]:
        rankings, years = table.rows.raw("ranking"), table.rows.raw("year")
        places: dict[tuple[object, object], list[int]] = {}
        for place, said in enumerate(zip(rankings, years, strict=True)):
            places.setdefault(said, []).append(place)
        found: dict[tuple[int, int], Facts] = {}
        for of_one in places.values():
            facts = self._edition(table, of_one[0], asking)
            if facts is not None:
                facts = found.setdefault((facts.ranking.pk, facts.year), facts)
                facts.places.extend(of_one)
        for facts in found.values():
            complete(facts, asking, said=self._said(table, facts, asking), most=_most(table, facts))
            yield facts

    def _edition(self, table: Table, place: int, asking: Asking) -> Facts | None:
        said = self._read(table, place, ("ranking", "year"), asking)
        ranking = said["ranking"] if "ranking" in said else ranking_asked(asking)
        year = said["year"] if "year" in said else year_asked(asking)
        if ranking is None or year is None:
            return None
        editions = RankingEdition.objects.select_related("ranking", "source")
        known = editions.filter(ranking=ranking, year=year).first()
        return Facts(ranking, year, known or RankingEdition(ranking=ranking, year=year))

    def _said(self, table: Table, facts: Facts, asking: Asking) -> dict[str, Any]:
        """Of the edition, and the same in all of its rows."""
        for key in _OF_EDITION:
            raw = table.rows.raw(key)
            said = {raw[place] for place in facts.places} - {None, ""}
            if len(said) > 1:
                first = raw[facts.places[0]]
                other = next(place for place in facts.places if raw[place] not in (first, None, ""))
                cell = table.rows[other].cells[key]
                sentence = _("Row %(row)d says otherwise of the same edition: “%(value)s”.")
                values = {"row": table.rows.numbers[facts.places[0]], "value": first}
                asking.faults.append(
                    Fault(sentence % values, key, cell.column, cell.row, cell.shown)
                )
        said = self._read(table, facts.places[0], _OF_EDITION, asking)
        return {key: value for key, value in said.items() if value is not None}

    def _read(
        self, table: Table, place: int, keys: Iterable[str], asking: Asking
    ) -> dict[str, Any]:
        said: dict[str, Any] = {}
        wanted = [one for one in self.columns if one.key in keys and one.key in table.columns]
        if not wanted:
            return said
        cells = table.rows[place].cells
        for column in wanted:
            cell = cells[column.key]
            if not is_empty(cell):
                at = (cell.column, cell.row, cell.shown)
                read = column.read
                said[column.key] = asking.read(
                    lambda read=read, cell=cell: read(cell, asking.known), key=column.key, at=at
                )
        return said

    # Storing and exporting ------------------------------------------------------------------------

    def store(self, checked: Checked, known: Knowledge, acts: Acts) -> Iterable[Stored]:
        return store(checked, known, acts)

    def records(self) -> QuerySet:
        return RankingEdition.objects.all()

    def export(self, records: QuerySet | None, known: Knowledge) -> Iterable[list[Any]]:
        entries = RankingEntry.objects.select_related(
            "town__county__parent__parent", "edition__ranking", "edition__source", "source"
        )
        if records is not None:
            entries = entries.filter(edition__in=records.order_by().values("pk"))
        words: dict[int, str] = {}
        for entry in entries:
            edition = entry.edition
            if edition.pk not in words:
                words[edition.pk] = coverage_word(edition)
            yield [
                _("not published") if entry.rank is None else entry.rank,
                entry.town.name_zh or entry.town.name_en,
                area_name(entry.town, "county"),
                area_name(entry.town, "prefecture"),
                area_name(entry.town, "province"),
                entry.town.code,
                _("yes") if entry.is_tied else "",
                with_id(edition.ranking, edition.ranking.slug),
                edition.year,
                edition.size,
                words[edition.pk],
                known.source_word(edition.source),
                "" if entry.source_id == edition.source_id else known.source_word(entry.source),
            ]


def _most(table: Table, facts: Facts) -> int:
    ranks = table.rows.raw("rank")
    numbers = (ranks[place] for place in facts.places)
    whole = (int(one) for one in numbers if isinstance(one, float) and one.is_integer())
    return max([len(facts.places), *whole])


def _notes(facts: Facts) -> Iterator[str]:
    if facts.is_new:
        yield _("%(edition)s: a new edition.") % {"edition": facts}
    for change in facts.changes:
        said = _("%(edition)s, %(what)s: “%(old)s” becomes “%(new)s”.")
        words = {
            "size": _("size of the list"),
            "source": _("source"),
            "coverage": _("how much is here"),
        }
        values = {"edition": facts, "what": words[change.key], "old": change.old, "new": change.new}
        yield said % values
    if facts.changes and facts.is_public:
        yield _("%(edition)s is public: what changes is proposed.") % {"edition": facts}
