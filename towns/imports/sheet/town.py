from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from towns.imports.sheet import readers
from towns.imports.sheet.describing import Column, WrongError, with_id
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import CheckedRow
from towns.imports.sheet.places import Said
from towns.imports.sheet.records import RecordKind, Values, batched
from towns.language.places import town_kind
from towns.models import Region, Town


def area_name(town: Town, level: str) -> str:
    return next((one.name_zh or one.name_en for one in town.county.path if one.level == level), "")


PROVINCE = Column(
    "province",
    "省",
    "Province",
    readers.text,
    field=None,
    also=("省份", "省（区、市）", "所在省"),
    example="广东省",
)
CITY = Column(
    "city",
    "地市",
    "City",
    readers.text,
    field=None,
    also=("市", "地级市", "所在市", "prefecture"),
    example="肇庆市",
)
COUNTY = Column(
    "county",
    "县（市、区）",
    "County",
    readers.text,
    field=None,
    also=("县", "县区", "县市区", "区县", "所属区县", "县（区）", "所在县", "County or district"),
    example="高要区",
)


def _shown_area(level: str) -> Any:
    return lambda town, _known: area_name(town, level)


def _shown_successor(town: Town, _known: Knowledge) -> str:
    return with_id(town.successor, town.successor.code) if town.successor else ""


class TownKind(RecordKind):
    """Found by its code, or by name and county; a new one needs its code."""

    name = "town"
    label = gettext_lazy("towns' profiles")
    model = Town
    columns = (
        Column(
            "code",
            "代码",
            "Code",
            readers.text,
            is_required=True,
            also=("镇代码", "统计代码", "区划代码", "gazetteer_code"),
            help=gettext_lazy("Nine digits. May stay empty where name and county say which town."),
            example="441204115",
        ),
        Column(
            "name_zh",
            "中文名",
            "Chinese name",
            readers.text,
            also=("镇", "乡镇", "乡镇名称", "镇名", "名称", "town"),
            example="金利镇",
        ),
        Column("name_en", "英文名", "English name", readers.text, example="Jinli"),
        *(
            Column(
                one.key,
                one.zh,
                one.en,
                one.read,
                None,
                also=one.also,
                show=_shown_area(level),
                example=one.example,
            )
            for one, level in ((COUNTY, "county"), (CITY, "prefecture"), (PROVINCE, "province"))
        ),
        Column("kind", "类型", "Kind", readers.choice(Town.Kind), choices=Town.Kind),
        Column(
            "other_names",
            "曾用名和其他写法",
            "Other names",
            readers.lines,
            also=("曾用名", "别名", "其他名称"),
            help=gettext_lazy("Several with 、 or ; between them."),
        ),
        Column("summary_zh", "中文简介", "Profile in Chinese", readers.text, also=("简介",)),
        Column("summary_en", "英文简介", "Profile in English", readers.text),
        Column("latitude", "纬度", "Latitude", readers.number),
        Column("longitude", "经度", "Longitude", readers.number),
        Column(
            "successor",
            "并入",
            "Merged into",
            readers.town_pk,
            field="successor_id",
            show=_shown_successor,
            help=gettext_lazy("Name and, in brackets, code."),
        ),
    )

    def records(self) -> QuerySet:
        return Town.objects.with_place().select_related("successor")

    def identity(self, values: Values, known: Knowledge) -> Hashable:
        """Where the name found the town, it says nothing new about it."""
        if code := values.get("code"):
            if code not in known.places.by_code:
                self._must_be_new(code, known)
            return code
        keys = ("county", "city", "province")
        said = Said(values.get("name_zh", ""), *(values.get(key, "") for key in keys))
        if not said.name:
            raise WrongError(_("Write the code, or the name and the county."))
        values["code"] = known.town(said).code
        values.pop("name_zh")
        return values["code"]

    def _must_be_new(self, code: str, known: Knowledge) -> None:
        if not (len(code) == 9 and code.isascii() and code.isdigit()):
            raise WrongError(_("A code has nine digits."))
        if not known.has_county(code[:6]):
            raise WrongError(_("No county has the first six digits of this code."))

    def existing(self, rows: Sequence[CheckedRow], known: Knowledge) -> None:
        codes = [row.values["code"] for row in rows]
        found = batched(codes, lambda some: self.records().filter(code__in=some))
        by_code = {town.code: town for town in found}
        for row in rows:
            row.record = by_code.get(row.values["code"])

    def finish(self, values: Values, known: Knowledge) -> Values:
        county = Region.objects.get(code=values["code"][:6])
        kind = values.get("kind") or town_kind(values.get("name_zh", ""))
        return {**values, "kind": kind, "county_id": county.pk}

    def fields(self, values: Mapping[str, Any]) -> Values:
        above = {"county_id": values["county_id"]} if "county_id" in values else {}
        return {**super().fields(values), **above}

    def rules(self, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        wrong = []
        if not (values.get("name_zh") or values.get("name_en")):
            wrong.append(("name_zh", _("Give the name in at least one language.")))
        latitude, longitude = values.get("latitude"), values.get("longitude")
        if (latitude is None) != (longitude is None):
            wrong.append(("latitude", _("Latitude and longitude are given together.")))
        elif latitude is not None and not (abs(latitude) <= 90 and abs(longitude) <= 180):
            said = _("Latitude is from −90 to 90, longitude from −180 to 180.")
            wrong.append(("latitude", said))
        return wrong
