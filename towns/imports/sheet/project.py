from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from towns.imports.sheet import readers
from towns.imports.sheet.describing import AskError, Column, WrongError, with_id
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import CheckedRow, Choice, Question
from towns.imports.sheet.records import SOURCE, RecordKind, Values, put
from towns.language.script import tidy
from towns.models import Project

_FORMS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


def _shown_towns(project: Project, _known: Knowledge) -> str:
    return readers.joined(
        with_id(town.name_zh or town.name_en, town.code) for town in project.towns.all()
    )


def _shown_expected(project: Project, _known: Knowledge) -> str:
    if project.expected_on is None:
        return ""
    return project.expected_on.strftime(_FORMS[project.expected_precision])


class ProjectKind(RecordKind):
    """Found by its address, or else by its name in either language."""

    name = "project"
    label = gettext_lazy("projects")
    model = Project
    columns = (
        Column(
            "slug",
            "网址名",
            "Address",
            readers.text,
            is_required=True,
            also=("slug",),
            example="jinli-avenue",
            help=gettext_lazy("For a new project: from its English name where it is empty."),
        ),
        Column(
            "name_zh",
            "中文名",
            "Chinese name",
            readers.text,
            also=("项目", "项目名称", "名称"),
            example="金利大道",
        ),
        Column(
            "name_en",
            "英文名",
            "English name",
            readers.text,
            also=("project",),
            example="Jinli Avenue",
        ),
        Column(
            "is_name_zh_unverified",
            "中文名待核",
            "Chinese name unverified",
            readers.yes_no,
            show=lambda one, _known: _("yes") if one.is_name_zh_unverified else _("no"),
        ),
        Column(
            "towns",
            "所在镇",
            "Towns",
            readers.town_pks,
            is_required=True,
            show=_shown_towns,
            also=("镇", "乡镇", "town"),
            help=gettext_lazy("Name with its county or code; several with 、 or ; between them."),
            example="高要区金利镇",
        ),
        Column(
            "kind",
            "类别",
            "Kind",
            readers.choice(Project.Kind),
            is_required=True,
            choices=Project.Kind,
            also=("项目类别",),
        ),
        Column(
            "status",
            "进度",
            "Status",
            readers.choice(Project.Status),
            is_required=True,
            choices=Project.Status,
            also=("状态", "建设进度"),
        ),
        Column("status_on", "进度截至", "Status as of", readers.day),
        Column(
            "status_words_zh", "进度原话（中文）", "Wording of the status in Chinese", readers.text
        ),
        Column(
            "status_words_en", "进度原话（英文）", "Wording of the status in English", readers.text
        ),
        Column(
            "amount",
            "投资额",
            "Amount",
            readers.amount_or_not_known,
            also=("总投资", "金额", "投资总额", "投资"),
            help=gettext_lazy("In yuan, or with 万 or 亿. 不详 where it was not published."),
            example="1.2亿元",
        ),
        Column(
            "expected",
            "预计完工",
            "Expected completion",
            readers.vague_day,
            show=_shown_expected,
            also=("预计竣工", "预计完成"),
            help=gettext_lazy("As exactly as it is known: 2025, 2025-09 or 2025-09-30."),
            example="2025-09",
        ),
        Column("other_names", "其他名称", "Other names", readers.lines, also=("别名",)),
        SOURCE,
    )

    def records(self) -> QuerySet:
        return Project.objects.select_related("source").prefetch_related("towns")

    def targets(self, column: Column) -> tuple[str, ...]:
        if column.key == "expected":
            return ("expected_on", "expected_precision")
        return super().targets(column)

    def fields(self, values: Mapping[str, Any]) -> Values:
        fields = super().fields(values)
        if "expected" in fields:
            expected = fields.pop("expected")
            fields["expected_on"] = expected[0] if expected else None
            if expected:
                fields["expected_precision"] = expected[1]
        return fields

    def identity(self, values: Values, known: Knowledge) -> Hashable:
        return values.get("slug") or values.get("name_zh") or values.get("name_en")

    def existing(self, rows: Sequence[CheckedRow], known: Knowledge) -> None:
        by_slug: dict[str, Project] = {}
        by_name: dict[str, list[Project]] = {}
        for project in self.records():
            by_slug[project.slug] = project
            for name in {tidy(project.name_zh), tidy(project.name_en)} - {""}:
                by_name.setdefault(name, []).append(project)
        first: dict[int, int] = {}
        for row in rows:
            slug = row.values.get("slug")
            try:
                row.record = by_slug.get(slug) if slug else _named(row.values, by_name, known)
                self._must_be_first(row, first)
                if row.record is None and not slug:
                    row.values["slug"] = _free_slug(row.values, by_slug)
            except (WrongError, AskError) as error:
                put(row, self.columns[0 if slug else 1], error)

    def _must_be_first(self, row: CheckedRow, first: dict[int, int]) -> None:
        if row.record is None:
            return
        if row.record.pk in first:
            said = _("Row %(row)d is about the same. One of the two is too many.")
            raise WrongError(said % {"row": first[row.record.pk]})
        first[row.record.pk] = row.number

    def rules(self, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        wrong = []
        if not (values.get("name_zh") or values.get("name_en")):
            wrong.append(("name_zh", _("Give the name in at least one language.")))
        if values.get("amount") is not None and values["amount"] < 0:
            wrong.append(("amount", _("Money is never negative.")))
        return wrong


def _named(values: Values, by_name: dict[str, list[Project]], known: Knowledge) -> Project | None:
    names = [values[key] for key in ("name_zh", "name_en") if values.get(key)]
    if not names:
        raise WrongError(_("Write the name or the address."))
    found = {one.pk: one for name in names for one in by_name.get(name, ())}
    if len(found) < 2:
        return next(iter(found.values()), None)
    key = f"project-row:{names[0]}"
    answer = known.answers.get(key, "")
    if answer.isdecimal() and int(answer) in found:
        return found[int(answer)]
    choices = tuple(Choice(str(pk), with_id(one, one.slug)) for pk, one in found.items())
    raise AskError(Question(key, _("Several are so called. Which one?"), choices))


def _free_slug(values: Values, taken: Mapping[str, Project]) -> str:
    slug = slugify(values.get("name_en", ""))[:80]
    if not slug:
        raise WrongError(_("A new project needs an address, or an English name to make it from."))
    if slug in taken:
        raise WrongError(_("Another project has the address “%s”: write one.") % slug)
    return slug
