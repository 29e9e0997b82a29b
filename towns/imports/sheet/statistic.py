import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from towns.imports.sheet import readers
from towns.imports.sheet.describing import AskError, Column, WrongError, with_id
from towns.imports.sheet.knowledge import Knowledge, parted
from towns.imports.sheet.outcome import CheckedRow, Choice, Question
from towns.imports.sheet.places import Said
from towns.imports.sheet.records import SOURCE, RecordKind, Values, batched, put
from towns.imports.sheet.town import CITY, COUNTY, PROVINCE
from towns.language.script import tidy
from towns.models import Statistic

# What makes it this number and no other: the same of another year is another number.
_EXACT = ("project_id", "basis", "unit", "period_start", "period_end")
_WORDS = ("about", "indicator", "scope")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DEFAULTS = {"basis": Statistic.Basis.ACTUAL.value}


def _shown_town(one: Statistic, _known: Knowledge) -> str:
    return with_id(one.town.name_zh or one.town.name_en, one.town.code) if one.town else ""


def _shown_region(one: Statistic, _known: Knowledge) -> str:
    return with_id(one.region.name_zh or one.region.name_en, one.region.code) if one.region else ""


def _shown_project(one: Statistic, _known: Knowledge) -> str:
    return with_id(one.project, one.project.slug) if one.project else ""


class StatisticKind(RecordKind):
    """Found by its ID in an export, or by everything but its value, qualifier and source."""

    name = "statistic"
    label = gettext_lazy("statistics")
    model = Statistic
    columns = (
        Column(
            "id",
            "编号",
            "ID",
            readers.text,
            field=None,
            show=lambda one, _known: str(one.uid),
            help=gettext_lazy("As an export writes it. Leave empty for a new one."),
        ),
        Column(
            "town",
            "镇",
            "Town",
            readers.text,
            field="town_id",
            show=_shown_town,
            also=("乡镇", "镇名", "乡镇名称"),
            help=gettext_lazy("A town or a region, not both."),
            example="金利镇",
        ),
        COUNTY,
        CITY,
        PROVINCE,
        Column(
            "region", "行政区", "Region", readers.region_pk, field="region_id", show=_shown_region
        ),
        Column(
            "project",
            "项目",
            "Project",
            readers.project_pk,
            field="project_id",
            show=_shown_project,
        ),
        Column("about_zh", "说的是（中文）", "About, in Chinese", readers.text),
        Column("about_en", "说的是（英文）", "About, in English", readers.text),
        Column(
            "indicator_zh",
            "指标（中文）",
            "Indicator in Chinese",
            readers.text,
            also=("指标", "指标名称"),
            example="规上工业总产值",
        ),
        Column(
            "indicator_en",
            "指标（英文）",
            "Indicator in English",
            readers.text,
            also=("Indicator",),
        ),
        Column(
            "qualifier",
            "限定",
            "Qualifier",
            readers.choice(Statistic.Qualifier),
            choices=Statistic.Qualifier,
        ),
        Column(
            "value",
            "数值",
            "Value",
            readers.number,
            is_required=True,
            also=("数据", "值"),
            example="164.38亿",
        ),
        Column(
            "unit",
            "单位",
            "Unit",
            readers.choice(Statistic.Unit),
            is_required=True,
            choices=Statistic.Unit,
            example="元",
        ),
        Column("basis", "口径", "Basis", readers.choice(Statistic.Basis), choices=Statistic.Basis),
        Column("scope_zh", "范围（中文）", "Scope in Chinese", readers.text, also=("范围",)),
        Column("scope_en", "范围（英文）", "Scope in English", readers.text, also=("Scope",)),
        Column(
            "period_start",
            "起",
            "From",
            readers.day,
            also=("起始日期", "开始", "开始日期", "期间开始", "统计期起"),
            example="2023-01-01",
        ),
        Column(
            "period_end",
            "止",
            "To",
            readers.day,
            also=("截止日期", "结束", "结束日期", "期间结束", "统计期止"),
            example="2023-12-31",
        ),
        SOURCE,
    )

    def records(self) -> QuerySet:
        return Statistic.objects.select_related(
            "town__county__parent__parent", "region", "project", "source"
        )

    def identity(self, values: Values, known: Knowledge) -> Hashable:
        if "town" in values:
            values["town"] = _town(values, known)
        if uid := values.get("id"):
            return uid
        if ("town" in values) == ("region" in values):
            raise WrongError(_("Write one town or one region."))
        fields = {**_DEFAULTS, **self.fields(values)}
        words = (fields.get(f"{one}_zh") or fields.get(f"{one}_en", "") for one in _WORDS)
        place = fields.get("town_id"), fields.get("region_id")
        return *place, *(fields.get(name) for name in _EXACT), *words

    def existing(self, rows: Sequence[CheckedRow], known: Knowledge) -> None:
        by_uid, by_place = self._about([row.values for row in rows])
        for row in rows:
            try:
                row.record = self._found(row.values, by_uid, by_place, known)
            except (WrongError, AskError) as error:
                put(row, self.columns[0], error)

    def _about(self, values: Sequence[Values]) -> tuple[dict, dict]:
        """The statistics of the towns and regions that the sheet names, and those of its IDs."""
        by_uid: dict[str, Statistic] = {}
        by_place: dict[tuple, list[Statistic]] = {}
        for name in ("town", "region"):
            keys = list({one[name] for one in values if name in one})
            for statistic in batched(
                keys, lambda some, name=name: self.records().filter(**{f"{name}__in": some})
            ):
                by_uid[str(statistic.uid)] = statistic
                place = statistic.town_id, statistic.region_id
                by_place.setdefault(place, []).append(statistic)
        missing = [one["id"] for one in values if one.get("id") and one["id"] not in by_uid]
        for statistic in self._by_ids(missing):
            by_uid[str(statistic.uid)] = statistic
        return by_uid, by_place

    def _by_ids(self, ids: Sequence[str]) -> Iterable[Statistic]:
        wanted = [one for one in ids if _UUID.fullmatch(one)]
        return batched(wanted, lambda some: self.records().filter(Q(uid__in=some)))

    def _found(
        self, values: Values, by_uid: dict, by_place: dict, known: Knowledge
    ) -> Statistic | None:
        if uid := values.get("id"):
            if uid not in by_uid:
                raise WrongError(_("No record has this ID. Leave it empty for a new one."))
            return by_uid[uid]
        fields = {**_DEFAULTS, **self.fields(values)}
        place = fields.get("town_id"), fields.get("region_id")
        found = [one for one in by_place.get(place, ()) if _is_same(one, fields)]
        if len(found) < 2:
            return found[0] if found else None
        key = ":".join(["statistic", *map(str, place), values.get("indicator_zh", "")])
        answer = known.answers.get(key, "")
        for one in found:
            if str(one.pk) == answer:
                return one
        choices = tuple(Choice(str(one.pk), f"{one} · {one.source}") for one in found)
        raise AskError(Question(key, _("Several records say this. Which one is meant?"), choices))

    def rules(self, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        wrong = []
        if not (values.get("indicator_zh") or values.get("indicator_en")):
            wrong.append(("indicator_zh", _("Name the indicator in at least one language.")))
        if bool(values.get("town_id")) == bool(values.get("region_id")):
            wrong.append(("town", _("Write one town or one region.")))
        start, end = values.get("period_start"), values.get("period_end")
        if (start is None) != (end is None) or (start and end < start):
            said = _("A period has both its days, and does not end before it starts.")
            wrong.append(("period_start", said))
        if values.get("unit") == "yuan" and values.get("value", 0) < 0:
            wrong.append(("value", _("Money is never negative.")))
        return wrong


def _town(values: Values, known: Knowledge) -> int:
    text = values["town"]
    if isinstance(text, int):
        return text
    name, code = parted(text)
    if not code and text.isascii() and text.isdigit():
        name, code = "", text
    keys = ("county", "city", "province")
    return known.town(Said(name, *(values.get(key, "") for key in keys), code=code)).pk


def _is_same(one: Statistic, fields: Values) -> bool:
    if any(getattr(one, name) != fields.get(name) for name in _EXACT):
        return False
    return all(_says_same(one, word, fields) for word in _WORDS)


def _says_same(one: Statistic, word: str, fields: Values) -> bool:
    """By the language that the sheet has; nothing there means nothing here."""
    for language in ("zh", "en"):
        if said := fields.get(f"{word}_{language}"):
            return tidy(getattr(one, f"{word}_{language}")) == said
    return not (getattr(one, f"{word}_zh") or getattr(one, f"{word}_en"))
