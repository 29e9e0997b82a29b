from collections.abc import Hashable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from towns.imports.sheet import readers
from towns.imports.sheet.describing import AskError, Column, WrongError
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import CheckedRow, Choice, Question
from towns.imports.sheet.records import RecordKind, Values, put
from towns.language.script import tidy
from towns.models import Party


class PartyKind(RecordKind):
    """Found by its number in an export, or else by its name in either language."""

    name = "party"
    label = gettext_lazy("parties")
    model = Party
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
            "name_zh", "中文名", "Chinese name", readers.text, also=("名称",), example="高要发布"
        ),
        Column("name_en", "英文名", "English name", readers.text, example="Gaoyao Release"),
        Column(
            "kind",
            "类别",
            "Kind",
            readers.choice(Party.Kind),
            is_required=True,
            choices=Party.Kind,
        ),
        Column(
            "other_names",
            "其他名称",
            "Other names",
            readers.lines,
            also=("别名",),
            help=gettext_lazy("Several with 、 or ; between them."),
        ),
        Column(
            "is_name_zh_unverified",
            "中文名待核",
            "Chinese name unverified",
            readers.yes_no,
            show=lambda one, _known: _("yes") if one.is_name_zh_unverified else _("no"),
        ),
    )

    def identity(self, values: Values, known: Knowledge) -> Hashable:
        return values.get("id") or (values.get("name_zh") or values.get("name_en"))

    def existing(self, rows: Sequence[CheckedRow], known: Knowledge) -> None:
        by_uid: dict[str, Party] = {}
        by_name: dict[str, list[Party]] = {}
        for party in self.records():
            by_uid[str(party.uid)] = party
            for name in {tidy(party.name_zh), tidy(party.name_en)} - {""}:
                by_name.setdefault(name, []).append(party)
        for row in rows:
            try:
                row.record = _found(row.values, by_uid, by_name, known)
            except (WrongError, AskError) as error:
                put(row, self.columns[0 if "id" in row.values else 1], error)

    def rules(self, values: Values) -> list[tuple[str, str]]:
        if values.get("name_zh") or values.get("name_en"):
            return []
        return [("name_zh", _("Give the name in at least one language."))]


def _found(
    values: Values,
    by_uid: dict[str, Party],
    by_name: dict[str, list[Party]],
    known: Knowledge,
) -> Party | None:
    if uid := values.get("id"):
        if uid not in by_uid:
            raise WrongError(_("No record has this ID. Leave it empty for a new one."))
        return by_uid[uid]
    names = [values[key] for key in ("name_zh", "name_en") if values.get(key)]
    found = {one.pk: one for name in names for one in by_name.get(name, ())}
    if len(found) > 1:
        return _asked(names[0], found, known)
    return next(iter(found.values()), None)


def _asked(name: str, found: dict[int, Party], known: Knowledge) -> Party:
    key = f"party:{name}"
    answer = known.answers.get(key, "")
    if answer.isdecimal() and int(answer) in found:
        return found[int(answer)]
    choices = tuple(
        Choice(str(pk), f"{one} · {one.get_kind_display()}") for pk, one in found.items()
    )
    raise AskError(Question(key, _("Several are so called. Which one?"), choices))
