"""What is exported and imported again changes nothing, for every kind."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from tests import records
from tests.imports.sheet.books import check, outcomes, upload
from towns.imports.sheet.exporting import export
from towns.imports.sheet.kinds import KINDS
from towns.imports.sheet.uploads import check_upload
from towns.models import Claim, Party, Source, Statistic, Term, Town


@pytest.fixture
def one_of_each(db) -> None:
    jinli = records.town(
        "441204115",
        name_zh="金利镇",
        name_en="Jinli",
        other_names="金利墟\r\n金利圩",
        summary_zh="五金之乡。\r\n三面环水。",
        latitude=Decimal("23.10000"),
        longitude=Decimal("112.50000"),
    )
    dasha = records.town(successor=jinli, kind="township")
    ranking = records.ranking(name_zh="千强镇")
    edition = records.edition(ranking, 2023, {jinli: 1, dasha: None}, covered=("4412",), size=1000)
    edition.entries.filter(town=dasha).update(source=records.source("Another report"))
    Claim.objects.create(
        entry=edition.entries.first(), kind="change", value=84, source=records.source()
    )
    records.edition(ranking, 2024, {jinli: 2}, is_whole=False)
    Source.objects.create(title_en="Twice", title_zh="两份")
    twice = Source.objects.create(title_en="Twice", title_zh="两份")
    project = records.project(
        "jinli-avenue", jinli, dasha, name_zh="金利大道", amount=Decimal("120000000.50"),
        status_on=dt.date(2023, 10, 20), expected_on=dt.date(2025, 9, 1), status_words_zh="在建",
    )  # fmt: skip
    project.source = twice
    project.save()
    records.project("unnamed", jinli, is_name_zh_unverified=True, other_names="路一\n路二")
    period = {"period_start": dt.date(2023, 1, 1), "period_end": dt.date(2023, 12, 31)}
    number = {"indicator_zh": "产值", "unit": "yuan", "source": records.source()}
    Statistic.objects.create(town=jinli, value=Decimal("16438000000.1234"), **number, **period)
    Statistic.objects.create(
        region=jinli.county, value=3, project=project, qualifier="over", basis="target", **number
    )
    Statistic.objects.create(town=jinli, value=3, **number, scope_en="above", about_en="A park")
    for unit in Statistic.Unit.values:
        said = {"indicator_en": f"Number of {unit}", "source": records.source(), "unit": unit}
        Statistic.objects.create(town=jinli, value=4, **said)
    Party.objects.create(kind="media", name_zh="高要发布", name_en="Gaoyao Release")
    Party.objects.create(kind="person", name_zh="梁亮", is_name_zh_unverified=True)
    Party.objects.create(kind="person", name_zh="梁亮", other_names="亮\n小亮")
    Term.objects.create(
        name_zh="四会发布",
        name_en="Sihui Release",
        forbidden_en="the Fourth Session\nFour",
        note="x",
    )
    Term.objects.create(name_en="Only English")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_export_imported_again_is_unchanged(one_of_each, kind, language, form):
    with translation.override(language):
        data = export(KINDS[kind], form=form)

    with translation.override("en"):
        found = check_upload(upload(kind, data, f"export.{form}"))

    rows = [(row.outcome, row.faults, row.questions, row.changes) for row in found.checked.rows]
    assert rows == [("unchanged", (), (), ())] * len(rows)
    assert len(rows) > 1
    assert list(found.checked.all_faults()) == []
    assert all(question.answer for question in found.checked.all_questions())


def test_only_the_chosen_are_exported(one_of_each):
    data = export(KINDS["town"], Town.objects.filter(name_en="Jinli"))

    assert len(outcomes(check("town", data))) == 1
