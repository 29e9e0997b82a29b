from collections.abc import Hashable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from towns.imports.sheet import readers
from towns.imports.sheet.describing import Column
from towns.imports.sheet.knowledge import Knowledge
from towns.imports.sheet.outcome import CheckedRow
from towns.imports.sheet.records import RecordKind, Values
from towns.language.script import tidy
from towns.models import Term

_SEVERAL = gettext_lazy("Several with 、 or ; between them.")


class TermKind(RecordKind):
    """Found by its Chinese form; by its English one where it has no other."""

    name = "term"
    label = gettext_lazy("terms")
    model = Term
    columns = (
        Column(
            "name_zh",
            "正确写法（中文）",
            "Right form in Chinese",
            readers.text,
            also=("术语", "中文", "正写", "Chinese"),
            example="四会发布",
        ),
        Column(
            "name_en",
            "正确写法（英文）",
            "Right form in English",
            readers.text,
            also=("英文", "译名", "English"),
            example="Sihui Release",
        ),
        Column(
            "forbidden_zh",
            "禁用写法（中文）",
            "Forbidden forms in Chinese",
            readers.lines,
            also=("中文禁用", "禁用写法"),
            help=_SEVERAL,
        ),
        Column(
            "forbidden_en",
            "禁用写法（英文）",
            "Forbidden forms in English",
            readers.lines,
            also=("英文禁用",),
            help=_SEVERAL,
            example="the Fourth Session",
        ),
        Column("note", "说明", "Note", readers.text, also=("备注",)),
    )

    def identity(self, values: Values, known: Knowledge) -> Hashable:
        return values.get("name_zh") or values.get("name_en")

    def existing(self, rows: Sequence[CheckedRow], known: Knowledge) -> None:
        by_zh: dict[str, Term] = {}
        by_en: dict[str, Term] = {}
        for term in self.records():
            if term.name_zh:
                by_zh[tidy(term.name_zh)] = term
            else:
                by_en[tidy(term.name_en)] = term
        for row in rows:
            zh, en = row.values.get("name_zh"), row.values.get("name_en")
            row.record = by_zh.get(zh) if zh else by_en.get(en)

    def rules(self, values: Values) -> list[tuple[str, str]]:
        if values.get("name_zh") or values.get("name_en"):
            return []
        return [("name_zh", _("Give the right form in at least one language."))]
