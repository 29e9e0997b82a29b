from collections.abc import Iterable

from django.utils.translation import gettext as _

from towns.language.bilingual import pick
from towns.models import Statistic, Town
from towns.sheets.writing import Cell, Sheet


def statistic_sheet(town: Town, statistics: Iterable[Statistic]) -> Sheet:
    """Each number with what it needs to be understood: unit, period, scope and source."""
    head = [
        _("Indicator"),
        _("About what"),
        _("Qualifier"),
        _("Value"),
        _("Unit"),
        _("Basis"),
        _("From"),
        _("To"),
        _("Scope"),
        _("Source"),
        _("Link"),
    ]
    return Sheet(f"{town} {_('Figures')}", head, [_cells(one) for one in statistics])


def _cells(statistic: Statistic) -> list[Cell]:
    start, end = statistic.period_start, statistic.period_end
    return [
        statistic.indicator,
        pick(statistic.about_zh, statistic.about_en),
        str(statistic.get_qualifier_display()),
        float(statistic.value),
        str(statistic.get_unit_display()),
        str(statistic.get_basis_display()),
        start.isoformat() if start else _("period not stated"),
        end.isoformat() if end else "",
        pick(statistic.scope_zh, statistic.scope_en),
        str(statistic.source),
        statistic.source.url,
    ]
