"""One record of each kind, staff in their roles, and a signed-in client for each of them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db.models.fields.files import FieldFile
from django.test import Client

from towns.accounts.roles import ADMINISTRATOR, PUBLISHER, WRITER, ensure_roles
from towns.models import (
    Article,
    Claim,
    Column,
    HeadingBlock,
    Honour,
    Milestone,
    Page,
    Party,
    Photo,
    PhotoBlock,
    PhotoCredit,
    Project,
    Ranking,
    RankingEdition,
    RankingEntry,
    Region,
    SiteSettings,
    Source,
    Statistic,
    TextBlock,
    Town,
    User,
)


@pytest.fixture
def staff(db) -> Callable[[str], User]:
    ensure_roles()

    def make(role: str) -> User:
        user = User.objects.create_user(role, is_staff=True)
        user.groups.set(Group.objects.filter(name=role))
        return user

    return make


@pytest.fixture
def signed_in(client: Client) -> Callable[..., Client]:
    def sign_in(user: User, language: str = "en") -> Client:
        client.force_login(user)
        client.cookies["django_language"] = language
        return client

    return sign_in


@pytest.fixture
def writer(staff) -> User:
    return staff(WRITER)


@pytest.fixture
def publisher(staff) -> User:
    return staff(PUBLISHER)


@pytest.fixture
def administrator(staff) -> User:
    return staff(ADMINISTRATOR)


@pytest.fixture
def town(db) -> Town:
    province = Region.objects.create(code="44", level="province", name_zh="广东省")
    city = Region.objects.create(code="4412", level="prefecture", name_zh="肇庆市", parent=province)
    county = Region.objects.create(
        code="441204", level="county", name_zh="高要区", name_en="Gaoyao", parent=city
    )
    return Town.objects.create(code="441204115", county=county, name_zh="金利镇", name_en="Jinli")


@pytest.fixture
def records(town: Town, picture) -> SimpleNamespace:
    """Nothing of it is public."""
    party = Party.objects.create(kind="media", name_zh="高要发布", name_en="Gaoyao Release")
    source = Source.objects.create(title_zh="千强镇榜单", publisher=party)
    Honour.objects.create(town=town, name_zh="全国重点镇", source=source)
    ranking = Ranking.objects.create(slug="top-1000", name_zh="千强镇", name_en="Top 1,000")
    edition = RankingEdition.objects.create(ranking=ranking, year=2023, size=1000, source=source)
    entry = RankingEntry.objects.create(edition=edition, town=town, rank=485, source=source)
    Claim.objects.create(entry=entry, kind="change", value=84, source=source)
    project = Project.objects.create(
        slug="jinli-avenue", name_en="Jinli Avenue", kind="road", status="begun", source=source
    )
    project.towns.add(town)
    Milestone.objects.create(project=project, on=dt.date(2023, 12, 1), source=source)
    statistic = Statistic.objects.create(
        town=town, indicator_en="output", value=Decimal(16438000000), unit="yuan", source=source
    )
    photo = Photo(caption_en="A village sign")
    photo.image.save("dasha.jpg", picture(), save=False)
    photo.save()
    PhotoCredit.objects.create(photo=photo, kind="courtesy", party=party)
    column = Column.objects.create(slug="economy", name_zh="镇域经济")
    article = Article.objects.create(slug="four-towns", column=column, title_en="Four towns")
    place = {"parent": article, "region": "main"}
    HeadingBlock.objects.create(**place, ordering=10, town=town, text_en="Jinli")
    TextBlock.objects.create(
        **place, ordering=20, html_en="<p>Jinli is <strong>485th</strong>.</p>"
    )
    PhotoBlock.objects.create(**place, ordering=30, photo=photo)
    page = Page.objects.create(slug="about", title_en="About", html_en="<p>Us.</p>")
    return SimpleNamespace(
        article=article,
        column=column,
        edition=edition,
        entry=entry,
        page=page,
        party=party,
        photo=photo,
        project=project,
        ranking=ranking,
        settings=SiteSettings.objects.get_or_create(pk=SiteSettings.ONLY)[0],
        source=source,
        statistic=statistic,
        town=town,
    )


@pytest.fixture
def posted() -> Callable[..., dict]:
    """What the browser would send for a change form: its values, and these instead."""

    def collect(client: Client, url: str, **changes: object) -> dict:
        response = client.get(url)
        forms = [response.context["adminform"].form]
        for formset in response.context["inline_admin_formsets"]:
            forms += [formset.formset.management_form, *formset.formset.forms]
        values = {key: item for form in forms for key, item in _values(form)}
        version = response.context.get("form_version", "")
        if saving := response.context.get("saving"):
            version = saving["version"]
        return {**values, "_version": version, **changes}

    return collect


def _values(form) -> list[tuple[str, object]]:
    values = []
    for bound in form:
        widget, value, name = bound.field.widget, bound.value(), bound.html_name
        if hasattr(widget, "decompress"):
            parts = widget.decompress(value)
            values += [(f"{name}_{n}", part or "") for n, part in enumerate(parts)]
        elif isinstance(value, list):
            values.append((name, [getattr(item, "pk", item) for item in value]))
        elif value is not None and value is not False and not isinstance(value, FieldFile):
            values.append((name, value))
    return values


@pytest.fixture
def other_town(town):
    return Town.objects.create(code="441204103", county=town.county, name_zh="禄步镇")


@pytest.fixture
def desk(writer, signed_in) -> Client:
    """The desk as a writer has it."""
    return signed_in(writer)


@pytest.fixture
def photo_of(picture, db):
    def make(colour: str, **values) -> Photo:
        photo = Photo(**values)
        photo.image.save("p.jpg", picture(colour), save=False)
        photo.save()
        return photo

    return make
