from collections.abc import Iterable

from django.utils.translation import gettext as _

from towns.models import Project
from towns.sheets.writing import Cell, Sheet
from towns.views.sheet import known_cell


def project_sheet(projects: Iterable[Project]) -> Sheet:
    """Towns and sources must have been fetched along."""
    head = [
        _("Project"),
        _("Chinese name"),
        _("English name"),
        _("Town"),
        _("Kind"),
        _("Status"),
        _("Status as of"),
        _("Expected completion"),
        _("Known"),
        _("Amount in yuan"),
        _("Source"),
        _("Link"),
    ]
    return Sheet(_("Projects"), head, [_cells(project) for project in projects])


def _cells(project: Project) -> list[Cell]:
    amount = None if project.amount is None else float(project.amount)
    expected = project.expected_on
    return [
        project.slug,
        project.name_zh,
        project.name_en,
        _(", ").join(town.name for town in project.towns.all()),
        str(project.get_kind_display()),
        str(project.get_status_display()),
        known_cell(project.status_on and project.status_on.isoformat()),
        known_cell(expected and expected.isoformat()),
        str(project.get_expected_precision_display()) if expected else "",
        known_cell(amount),
        str(project.source),
        project.source.url,
    ]
