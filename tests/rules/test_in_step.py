"""Whatever is done in public, partners who follow the log have what the API shows."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, models, transaction
from django.test import Client

from tests import records
from tests.in_step import State, by_kind, differences, lines_after, public_now, replayed, said
from tests.signing import give_right, person, publish_signed, sign_all, submit_by_writer
from towns.api.resources import RESOURCES
from towns.documents.cells import cells_of
from towns.documents.kinds import KINDS, Kind
from towns.models import (
    Article,
    Claim,
    Column,
    HomePhoto,
    Milestone,
    Page,
    Party,
    Photo,
    PhotoBlock,
    PhotoCredit,
    Proposal,
    Publication,
    RankingEntry,
    SiteSettings,
    SiteVersion,
    Statistic,
    StatisticsBlock,
    TextBlock,
    Town,
    User,
)
from towns.publishing.announcing import announce
from towns.publishing.article import publish_article, withdraw_article
from towns.publishing.binning import move_to_bin, take_out_of_bin
from towns.publishing.proposal import accept, propose
from towns.publishing.record import publish_records
from towns.publishing.refusal import RefusedError

API = "/api/v1/"


@pytest.fixture
def world(publisher, loaded_roles, picture) -> Article:
    """One or two of every kind, naming one another in every way; nothing public yet."""
    party = Party.objects.create(kind="media", name_en="A Paper", name_zh="一报")
    source = records.source()
    source.publisher = party
    source.save()
    old, new = records.town(), records.town("441284106", name_en="Next", name_zh="下镇")
    old.successor = new
    old.honours.create(name_en="Key Town", source=source)
    old.lead_photo = photo = _photo(picture, "teal", party, old)
    old.save()
    ranking = records.ranking(publisher=party)
    edition = records.edition(ranking, 2023, {old: 1, new: 2}, covered=("441284",))
    Claim.objects.create(entry=edition.entries.get(rank=1), kind="change", value=1, source=source)
    project = records.project("a-road", old)
    project.photos.add(photo)
    Milestone.objects.create(project=project, text_en="Begun", source=source)
    number = {"indicator_en": "Output", "value": 1, "unit": "mu", "source": source}
    Statistic.objects.create(town=old, project=project, **number)
    Statistic.objects.create(region=old.county, **number)
    Page.objects.create(slug="about", title_en="About")
    return _article(_photo(picture, "red", party, new), party)


def _photo(picture: Callable[..., SimpleUploadedFile], colour: str, by: Party, at: Town) -> Photo:
    photo = Photo.objects.create(image=picture(colour), caption_en=colour)
    PhotoCredit.objects.create(photo=photo, kind="photographed", party=by)
    photo.towns.add(at)
    return photo


def _article(photo: Photo, party: Party) -> Article:
    column = Column.objects.create(slug="news", name_en="News")
    made = Article.objects.create(
        slug="first", column=column, publisher=party, title_en="First", title_zh="第一"
    )
    place = {"parent": made, "region": "main"}
    PhotoBlock.objects.create(**place, ordering=1, photo=photo)
    TextBlock.objects.create(**place, ordering=2, html_en="<p>Words.</p>", html_zh="<p>话。</p>")
    block = StatisticsBlock.objects.create(**place, ordering=3)
    block.statistics.add(Statistic.objects.first())
    return made


@pytest.fixture
def public(world, publisher) -> Article:
    publish_everything(publisher)
    publish_signed(world, languages=["zh-hans"])
    return Article.objects.get(pk=world.pk)


def publish_everything(by: User) -> None:
    kinds = [kind for kind in KINDS if hasattr(kind.model, "published_at")]
    publish_records([record for kind in kinds for record in kind.model.objects.all()], by=by)


# What the doors say ---------------------------------------------------------------------------


def shown(client: Client) -> State:
    """Every id and digest that the lists of the API show."""
    state: State = {}
    names = {resource.path: resource.kind.name for resource in RESOURCES}
    names = {path: name for path, name in names.items() if name != "column"}
    for path, kind in {**names, "articles": "article"}.items():
        for item in _all(client, f"{API}{path}/"):
            identity = item.get("id") or item.get("slug") or item["code"]
            state[kind, identity] = item["digest"]
    return state


def _all(client: Client, address: str | None) -> list[dict]:
    found: list[dict] = []
    while address:
        page = client.get(address).json()
        found += page["results"]
        address = page["next"]
    return found


def assert_in_step(client: Client) -> State:
    state = shown(client)
    lines = _all(client, f"{API}changes/?after=0")
    assert differences(state, said()) == []
    assert differences(state, replayed(lines)) == []
    assert client.get(f"{API}digest/").json()["kinds"] == by_kind(state)
    middle = len(lines) // 2
    at = lines[middle]["seq"] if lines else 0
    earlier = client.get(f"{API}digest/?at={at}").json()["kinds"]
    assert earlier == by_kind(replayed(lines[: middle + 1]))
    return state


# Acts -----------------------------------------------------------------------------------------


def test_every_kind_is_public_and_in_step(public, client):
    state = assert_in_step(client)

    assert {kind for kind, _identity in state} == {"article", *(kind.name for kind in KINDS)}


def test_one_record_after_another(world, publisher, client):
    for kind in KINDS:
        for record in kind.model.objects.all() if hasattr(kind.model, "published_at") else ():
            publish_records([record], by=publisher)
            assert_in_step(client)


def test_a_further_language_a_correction_and_withdrawal(public, client):
    assert_in_step(client)
    publish_signed(public, languages=["en"])
    assert_in_step(client)
    TextBlock.objects.update(html_en="<p>Other words.</p>")
    assert publish_signed(public).is_correction
    assert_in_step(client)
    boss = give_right(person("publisher"), "withdraw_article")
    withdraw_article(public, by=boss, notice_zh="有误。", notice_en="Wrong.")

    state = assert_in_step(client)

    assert not [key for key in state if key[0] == "article"]
    publish_signed(public)
    assert_in_step(client)


def test_records_that_go_out_with_their_article(world, publisher, client):
    submit_by_writer(world)
    sign_all(world)
    publish_article(world, by=publisher, with_records=True)

    assert assert_in_step(client)


def test_pictures_of_the_home_page_come_and_go(public, client):
    photo = Photo.objects.get(caption_en="teal")
    site, _created = SiteSettings.objects.get_or_create(pk=SiteSettings.ONLY)
    for act in (
        lambda: HomePhoto.objects.create(site=site, photo=photo),
        lambda: Town.objects.update(lead_photo=None),
        lambda: HomePhoto.objects.all().delete(),
    ):
        act()
        announce([site, *Town.objects.all()])
        assert_in_step(client)


def test_the_bin_hides_and_shows_nothing(public, client):
    writer = person("writer")
    draft = records.project("a-draft", Town.objects.first())
    before = assert_in_step(client)

    item = move_to_bin(draft, by=writer)
    take_out_of_bin(item, by=writer)

    assert assert_in_step(client) == before


# Proposals for every kind ---------------------------------------------------------------------


@pytest.fixture
def decider(loaded_roles) -> User:
    return person("final reviewer", "decider")


def _accept(record: Any, decider: User, *, after: Any, nature: str = "correction") -> None:
    proposal = propose(
        record,
        before=cells_of(record),
        after=after,
        by=person("writer"),
        reason="It was wrong",
        nature=nature,
    )
    accept(proposal, by=decider)


@pytest.mark.parametrize("nature", Proposal.Nature.values)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_accepted_change(public, client, decider, kind: Kind, nature):
    record = kind.model.objects.public().first()
    before, cells = assert_in_step(client), cells_of(record)
    field = next(field for field in _fields(kind.model) if field.name in _EASY)
    value = _other(field, getattr(record, field.attname))
    after = {**cells, "columns": {**cells["columns"], field.attname: value}}

    _accept(record, decider, after=after, nature=nature)

    state = assert_in_step(client)
    assert (kind.name, record.permanent_id) in differences(before, state)
    act = "corrected" if nature == "correction" else "upserted"
    assert lines_after(SiteVersion.current() - 1)[-1]["act"] in (act, "upserted")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_accepted_removal_or_its_refusal(public, client, decider, kind: Kind):
    for record in kind.model.objects.public():
        key, before = (kind.name, record.permanent_id), assert_in_step(client)

        said_against = _refused(record, decider)

        after = assert_in_step(client)
        assert (key in after) == bool(said_against)
        assert not said_against or after == before


def _refused(record: Any, decider: User) -> str:
    try:
        _accept(record, decider, after=None)
    except RefusedError as refusal:
        return refusal.message
    return ""


def test_an_accepted_addition(public, client, decider):
    number = cells_of(Statistic.objects.filter(region__isnull=False).get())
    after = {**number, "columns": {**number["columns"], "value": "7", "uid": str(uuid4())}}
    proposal = propose(
        Statistic.objects.first(), before=None, after=after, by=person("writer"), reason="Missed"
    )
    before = assert_in_step(client)

    accept(proposal, by=decider)

    assert len(assert_in_step(client)) == len(before) + 1


# Whatever column changes ----------------------------------------------------------------------

_EASY = ("caption_en", "title_en", "name_en", "year", "rank", "indicator_en")


def _fields(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable
        and not (field.primary_key or field.is_relation or isinstance(field, models.FileField))
    ]


def _other(field: models.Field, value: Any) -> Any:
    if field.choices:
        return next(str(key) for key, _name in field.choices if key and str(key) != str(value))
    match field:
        case models.BooleanField():
            return not value
        case models.IntegerField():
            return (value or 5) + 3
        case models.DecimalField():
            return str((value or Decimal(5)) + 3)
        case models.DateTimeField():
            return dt.datetime(2024, 5, 6, tzinfo=dt.UTC)
        case models.DateField():
            return dt.date(2024, 5, 6)
    if field.name == "code":
        return f"{value[:-1]}{(int(value[-1]) + 3) % 10}"
    return f"{value}9"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_that_people_edit(public, kind: Kind):
    """Announcing the record alone is enough, also where others hold something of it."""
    missed = []
    for record in kind.model.objects.public():
        for field in _fields(kind.model):
            with transaction.atomic():
                if _is_changed(record, field):
                    announce([record])
                    if wrong := differences(public_now(), said()):
                        missed.append((field.name, wrong))
                transaction.set_rollback(True)

    assert missed == []


def _is_changed(record: Any, field: models.Field) -> bool:
    """Not where a rule of the database forbids this value alone."""
    value = _other(field, getattr(record, field.attname))
    try:
        with transaction.atomic():
            type(record)._base_manager.filter(pk=record.pk).update(**{field.attname: value})
    except IntegrityError:
        return False
    return True


def test_whoever_was_wrong_is_called_corrected(public, client, decider):
    entry = RankingEntry.objects.get(rank=1)
    cells = cells_of(entry)
    after = {**cells, "columns": {**cells["columns"], "rank": 7}}

    _accept(entry, decider, after=after)

    [line] = [line for line in lines_after(0) if line["act"] == "corrected"]
    assert line["id"] == str(entry.uid)
    assert Publication.objects.public().count() == 1
    assert_in_step(client)
