import datetime as dt
from decimal import Decimal

import pytest

from tests import records
from tests.imports.sheet.books import (
    book,
    check,
    keep_as,
    outcomes,
    sentences,
    staff,
    upload,
)
from towns.imports.sheet.kinds import recognised
from towns.imports.sheet.uploads import NotKeptError, check_upload
from towns.models import (
    Party,
    Project,
    Proposal,
    Statistic,
    Term,
    Town,
    Upload,
    UploadRow,
    User,
    Version,
)
from towns.publishing.history import note_version

PARTY = ("中文名", "英文名", "类别")


@pytest.fixture
def jinli(db) -> Town:
    return records.town("441204115", name_zh="金利镇", name_en="Jinli")


def test_new_ones_are_created_as_drafts_and_say_from_which_row(jinli):
    head = ("项目名称", "英文名", "镇", "类别", "进度", "总投资（万元）", "预计竣工", "来源")
    row = ("金利大道", "Jinli Avenue", "金利镇", "road", "begun", 12000, "2025年9月", "A report")
    records.source()
    made = upload("project", book(head, row))

    keep_as(made)

    project = Project.objects.get()
    assert (project.slug, project.amount, project.is_public) == ("jinli-avenue", 120000000, False)
    assert (project.expected_on, project.expected_precision) == (dt.date(2025, 9, 1), "month")
    assert list(project.towns.all()) == [jinli]
    noted = UploadRow.objects.get()
    assert (noted.record, noted.row, noted.outcome) == (project, 2, "created")
    assert Version.objects.about(project).get().act == "imported"


def test_a_statistic_is_found_by_all_but_its_value(jinli):
    head = ("镇", "指标", "数值", "单位", "起", "止", "出处")
    records.source()
    first = book(
        head, ("金利镇", "产值", "164.38亿", "yuan", "2023-01-01", "2023-12-31", "A report")
    )
    other = book(head, ("金利镇", "产值", "165亿", "yuan", "2023-01-01", "2023-12-31", "A report"))
    next_year = book(
        head, ("金利镇", "产值", "1亿", "yuan", "2024-01-01", "2024-12-31", "A report")
    )
    keep_as(upload("statistic", first))

    assert Statistic.objects.get().value == Decimal(16438000000)
    assert outcomes(check("statistic", first)) == ["unchanged"]
    assert outcomes(check("statistic", other)) == ["updated"]
    assert outcomes(check("statistic", next_year)) == ["created"]


def test_terms_are_updated_by_their_right_form(db):
    head = ("术语", "英文", "英文禁用")
    keep_as(upload("term", book(head, ("四会发布", "Sihui Release", "the Fourth Session；Four"))))
    changed = check("term", book(head, ("四会发布", "Sihui Release", "the Fourth Session")))

    assert Term.objects.get().forbidden["en"] == ["the Fourth Session", "Four"]
    assert outcomes(changed) == ["updated"]
    [change] = changed.checked.rows[0].changes
    assert (change.old, change.new) == ("the Fourth Session\nFour", "the Fourth Session")


def test_faults_name_cell_value_and_what_would_be_right(jinli):
    head = ("代码", "中文名", "类型", "纬度", "经度")
    found = check(
        "town",
        book(
            head,
            ("12345", "新镇", "town", None, None),
            ("441204999", "新镇", "city", None, None),
            ("441204998", "新镇", "town", 23.1, None),
            ("441204115", "金利镇", "town", "north", None),
            ("999999001", "新镇", None, None, None),
        ),
    )

    assert sentences(found) == [
        "A2: A code has nine digits.",
        "C3: Write one of: town, subdistrict, township, ethnic township, sumu, ethnic sumu, "
        "district office, other unit.",
        "D4: Latitude and longitude are given together.",
        "D5: Write a number, such as 12.5 or 1.2 亿.",
        "A6: No county has the first six digits of this code.",
    ]


def test_a_new_town_gets_its_county_and_is_found_afterwards(jinli):
    keep_as(upload("town", book(("代码", "中文名"), ("441204116", "新桥镇"))))

    made = Town.objects.get(code="441204116")
    assert (made.county, made.kind, made.search_names != "") == (jinli.county, "town", True)


def test_one_fault_and_nothing_is_kept(db):
    made = upload("party", book(PARTY, ("高要发布", "", "media"), ("四会发布", "", "planet")))

    with pytest.raises(NotKeptError):
        keep_as(made)

    assert not Party.objects.exists()
    assert Upload.objects.get().state == "read"


def test_an_empty_cell_takes_nothing_away(db):
    Party.objects.create(kind="media", name_zh="高要发布", name_en="Gaoyao Release")

    assert outcomes(check("party", book(PARTY, ("高要发布", None, None)))) == ["unchanged"]


def test_the_same_record_twice_is_a_fault(db):
    found = check("party", book(PARTY, ("高要发布", "", "media"), ("高要发布", "", "person")))

    assert outcomes(found) == ["created", "fault"]


def test_what_a_person_decided_is_asked_and_left(db):
    party = Party.objects.create(kind="media", name_zh="高要发布", name_en="Gaoyao Release")
    note_version(party, by=User.objects.create_user("tan"))
    data = book(PARTY, ("高要发布", "Gaoyao Post", "media"))

    found = check("party", data)

    assert outcomes(found) == ["question"]
    [question] = found.checked.open_questions
    assert [choice.value for choice in question.choices] == ["keep", "sheet"]
    for answer, outcome in (("keep", "kept"), ("sheet", "updated")):
        made = upload("party", data)
        made.answers = {question.key: answer}
        made.save()
        assert outcomes_of(made) == [outcome]


def outcomes_of(made: Upload) -> list[str]:
    return outcomes(check_upload(made))


def test_what_only_sheets_said_a_sheet_may_say_anew(db):
    keep_as(upload("party", book(PARTY, ("高要发布", "Gaoyao Release", "media"))))
    again = upload("party", book(PARTY, ("高要发布", "Gaoyao Post", "media")))

    keep_as(again)

    assert Party.objects.get().name_en == "Gaoyao Post"
    [row] = again.rows.all()
    assert row.outcome == "updated"


def test_a_public_record_changes_by_a_proposal_only(jinli):
    records.public_project("a-road", jinli, name_zh="一路")
    data = book(("网址名", "进度"), ("a-road", "in_use"))
    made = upload("project", data)

    keep_as(made)

    assert Project.objects.get().status == "planned"
    proposal = Proposal.objects.get()
    assert proposal.after.content["columns"]["status"] == "in_use"
    assert proposal.proposed_by == staff()
    assert made.rows.get().outcome == "proposed"
    again = check("project", data)
    assert outcomes(again) == ["unchanged"]
    assert "proposed already" in again.checked.rows[0].notes[0]


def test_what_changed_since_it_was_read_is_not_kept(db):
    party = Party.objects.create(kind="media", name_zh="高要发布")
    data = book(PARTY, ("高要发布", "Gaoyao Release", "media"))
    made = upload("party", data)
    seen = check("party", data).fingerprint
    Party.objects.filter(pk=party.pk).update(name_en="Gaoyao Release")

    with pytest.raises(NotKeptError, match="changed since you looked"):
        keep_as(made, seen=seen)


def test_a_sheet_is_kept_once(db):
    made = upload("party", book(PARTY, ("高要发布", "", "media")))
    keep_as(made)

    with pytest.raises(NotKeptError, match="already"):
        keep_as(made)

    assert Party.objects.count() == 1


def test_an_unknown_source_is_asked_and_may_be_added(jinli):
    head = ("镇", "指标", "数值", "单位", "出处")
    data = book(
        head,
        ("金利镇", "产值", 1, "yuan", "2023 年公报"),
        ("金利镇", "人口", 1, "people", "2023 年公报"),
    )

    found = check("statistic", data)

    [question] = found.checked.open_questions
    assert question.choices[0].value == "new"
    made = upload("statistic", data)
    made.answers = {question.key: "new"}
    made.save()
    keep_as(made)
    assert {one.source.title_zh for one in Statistic.objects.all()} == {"2023 年公报"}


def test_a_unit_that_can_mean_several_is_asked_about_and_never_guessed(jinli):
    records.source()
    head = ("镇", "指标", "数值", "单位", "出处")
    data = book(head, ("金利镇", "在建项目", 17, "个", "A report"))

    [question] = check("statistic", data).checked.open_questions
    assert {choice.value for choice in question.choices} == {"projects", "villages"}
    made = upload("statistic", data)
    made.answers = {question.key: "projects"}
    made.save()
    keep_as(made)

    assert Statistic.objects.get().unit == "projects"
    exact = book(head, ("金利镇", "行政村", 13, "个（villages）", "A report"))
    assert outcomes(check("statistic", exact)) == ["created"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (("名次", "镇", "县", "省"), "ranking-edition"),
        (("代码", "中文名", "纬度", "经度"), "town"),
        (("项目名称", "镇", "进度", "投资额"), "project"),
        (("镇", "指标", "数值", "单位"), "statistic"),
        (("中文名", "英文名", "类别"), "party"),
        (("术语", "英文", "英文禁用"), "term"),
    ],
)
def test_the_kind_is_recognised_by_the_columns(head, kind):
    assert recognised("a.xlsx", book(head, ["1"] * len(head))).name == kind
