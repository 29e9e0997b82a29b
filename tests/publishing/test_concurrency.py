"""Many people at once, each in a process of their own, on both databases."""

import datetime as dt
import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests import records
from tests.in_step import differences, lines_after, public_now, replayed, said
from tests.own_database import (
    PATIENCE,
    OwnDatabase,
    is_answering,
    migrate,
    postgresql_database,
    sqlite_copy,
    sqlite_template,
)
from tests.signing import give_right, person, road, sign_all, sign_next, submit_by_writer
from towns.accounts.roles import ensure_roles
from towns.accounts.stages import set_up_stages
from towns.admin.backup import kept_version
from towns.documents.cells import cells_of
from towns.models import (
    BLOCKS,
    Article,
    Backup,
    Change,
    Column,
    Document,
    HeadingBlock,
    Proposal,
    Publication,
    Statistic,
    TextBlock,
    Town,
    TrailEntry,
    User,
)
from towns.publishing import article as publishing_article
from towns.publishing.article import publish_article, withdraw_article
from towns.publishing.due import publish_due, set_next_due
from towns.publishing.proposal import accept, propose
from towns.publishing.record import publish_records
from towns.publishing.refusal import RefusedError
from towns.publishing.review import sign
from towns.publishing.verification import verify_trail

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")

PEOPLE = 8
_number = count()


def _prepare() -> None:
    ensure_roles()
    set_up_stages("two-people")
    records.town()


@pytest.fixture(scope="session")
def own_sqlite(tmp_path_factory, django_db_blocker) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("own"), django_db_blocker.unblock, _prepare)


@pytest.fixture(scope="session")
def own_postgresql(django_db_blocker) -> Iterator[str]:
    """The name of the template."""
    if not is_answering():
        if os.environ.get("CI") == "true":
            pytest.fail("No PostgreSQL answers at POSTGRES_URL, and CI needs it.")
        pytest.skip("No PostgreSQL answers at POSTGRES_URL.")
    name = f"test_template_{os.getpid()}"
    with postgresql_database(name) as url:
        template = OwnDatabase(url, django_db_blocker.unblock)
        template.do(partial(migrate, _prepare))
        yield name


@pytest.fixture(params=["sqlite", "postgresql"])
def own(request, tmp_path: Path, django_db_blocker) -> Iterator[OwnDatabase]:
    if request.param == "sqlite":
        template = request.getfixturevalue("own_sqlite")
        made = sqlite_copy(template, tmp_path / "own.sqlite3")
    else:
        template = request.getfixturevalue("own_postgresql")
        name = f"test_own_{os.getpid()}_{next(_number)}"
        made = postgresql_database(name, template=template)
    with made as url:
        yield OwnDatabase(url, django_db_blocker.unblock)


def _draft(slug: str, *, town: Town | None = None) -> Article:
    column, _created = Column.objects.get_or_create(slug="news", name_en="News")
    made = Article.objects.create(slug=slug, column=column, title_en=slug, title_zh="稿件")
    place = {"parent": made, "region": "main"}
    HeadingBlock.objects.create(**place, ordering=1, town=town, text_en="Here", text_zh="这里")
    TextBlock.objects.create(**place, ordering=2, html_en="<p>Words.</p>", html_zh="<p>话。</p>")
    return made


def _article(slug: str, *, town: Town | None = None) -> Article:
    made = _draft(slug, town=town)
    submit_by_writer(made)
    return made


def _publisher(number: int) -> User:
    user = person("publisher", f"publisher-{number}")
    return give_right(user, "publish_article", "publish_record", "withdraw_article")


def _refused(act: Callable[[], object]) -> str:
    """What is said against it; "" where it happened."""
    try:
        with translation.override("en"):
            act()
    except RefusedError as refusal:
        return refusal.message
    return ""


# Eight publishers and a partner ---------------------------------------------------------------


def _set_the_desk() -> None:
    """For each person an article about each one's town, and three statistics of it."""
    for number in range(PEOPLE):
        _publisher(number)
        town = records.town(f"44128411{number}", name_en=f"Town {number}", summary_en="Here")
        for value in range(3):
            Statistic.objects.create(
                town=town,
                indicator_en="Output",
                value=value,
                unit="mu",
                source=records.source(f"Report {number}"),
            )
        sign_all(_article(f"article-{number}", town=town))


def _publish_much(number: int) -> None:
    """Everybody publishes the towns that the articles of the others name."""
    by = User.objects.get(username=f"publisher-{number}")
    towns = [Town.objects.get(code=f"44128411{(number + step) % PEOPLE}") for step in range(3)]
    article = Article.objects.get(slug=f"article-{number}")
    publish_article(article, by=by)
    for town in towns:
        publish_records([town, *Statistic.objects.filter(town=towns[0])], by=by)
    if number % 2:
        withdraw_article(article, by=by, notice_zh="有误。", notice_en="A figure was wrong.")


def _follow(is_over: Callable[[], bool]) -> list[str]:
    """Follow the log as a partner does; what a partner could complain of."""
    held: list[dict] = []
    complaints = []
    is_last, end = False, time.monotonic() + PATIENCE / 2
    while not is_last:
        is_last = is_over() or time.monotonic() > end
        seen = held[-1]["seq"] if held else 0
        held += lines_after(seen)
        if held != lines_after(0)[: len(held)]:
            complaints.append(f"lines up to {seen} are not what they were")
    # Each act here writes its lines; a change that partners do not copy takes a number without one.
    if [line["seq"] for line in held] != list(range(1, len(held) + 1)):
        complaints.append("numbers have gaps")
    if wrong := differences(replayed(held), public_now()):
        complaints.append(f"not in step: {wrong}")
    return complaints


def _is_all_done() -> bool:
    withdrawn = Publication.objects.filter(withdrawn_at__isnull=False).count()
    return (
        withdrawn == PEOPLE // 2
        and Publication.objects.count() == PEOPLE
        and Town.objects.filter(published_at__isnull=False).count() == PEOPLE
        and Statistic.objects.public().count() == 3 * PEOPLE
    )


def test_a_partner_who_follows_eight_publishers_is_in_step_at_the_end(own):
    own.do(_set_the_desk)
    people = [partial(_publish_much, number) for number in range(PEOPLE)]

    *_nothing, complaints = own.at_once([*people, partial(_follow, _is_all_done)])

    assert complaints == []
    assert own.do(lambda: differences(public_now(), said())) == []
    assert own.do(lambda: replayed(lines_after(0)) == said())
    assert own.do(lambda: verify_trail().fault) == ""


# One due article ------------------------------------------------------------------------------


def _make_one_due() -> None:
    article = _article("due")
    sign_all(article)
    past = timezone.now() - dt.timedelta(seconds=1)
    Article.objects.filter(pk=article.pk).update(publish_at=past, scheduled_by=_publisher(0))
    with transaction.atomic():
        set_next_due()


def test_what_is_due_comes_out_once_however_many_ask(own):
    own.do(_make_one_due)

    published = own.at_once([publish_due] * PEOPLE)

    assert sorted(published) == [0] * (PEOPLE - 1) + [1]
    assert own.do(lambda: list(Publication.objects.values_list("number", flat=True))) == [1]
    assert own.do(lambda: Change.objects.filter(kind="article").count()) == 1
    assert own.do(lambda: TrailEntry.objects.filter(act="missed").count()) == 0


# Two at the same second -----------------------------------------------------------------------


def _await_the_last_signature() -> None:
    set_up_stages("three-reviews")
    article = _article("waiting")
    while len([step for step in road(article).steps if step.signature is None]) > 1:
        sign_next(article)
    for name in ("he", "luo"):
        person("final reviewer", name)


def _sign_last(name: str) -> str:
    article, by = Article.objects.get(slug="waiting"), User.objects.get(username=name)
    now = road(article)
    last = now.steps[-1]
    return _refused(partial(sign, article, by=by, digest=now.text.digest, step=last.key))


def test_the_second_of_two_final_signatures_is_refused_in_words(own):
    own.do(_await_the_last_signature)

    he, luo = own.at_once([partial(_sign_last, "he"), partial(_sign_last, "luo")])

    words = "{} has signed this step already."
    assert (he, luo) in [("", words.format("he")), (words.format("luo"), "")]
    assert own.do(lambda: TrailEntry.objects.filter(act="reviewed").count()) == 3


def _propose() -> None:
    ensure_roles()
    statistic = Statistic.objects.create(
        town=Town.objects.get(), indicator_en="Output", value=1, unit="mu", source=records.source()
    )
    statistic.refresh_from_db()
    publish_records([statistic], by=_publisher(0))
    before = cells_of(statistic)
    after = {**before, "columns": {**before["columns"], "value": "2"}}
    propose(statistic, before=before, after=after, by=person("writer"), reason="It was wrong")
    for name in ("he", "luo"):
        person("final reviewer", name)


def _accept(name: str) -> str:
    by = User.objects.get(username=name)
    return _refused(partial(accept, Proposal.objects.get(), by=by))


def test_the_second_of_two_who_accept_is_refused_in_words(own):
    own.do(_propose)

    answers = own.at_once([partial(_accept, "he"), partial(_accept, "luo")])

    assert sorted(answers) == ["", "This proposal was decided already."]
    assert own.do(lambda: TrailEntry.objects.filter(act="accepted").count()) == 1
    assert own.do(lambda: differences(public_now(), said())) == []


# Killed between freezing and announcing -------------------------------------------------------


def _publish_waiting() -> int:
    return publish_article(Article.objects.get(), by=_publisher(0)).number


def _publish_and_be_killed() -> None:
    publishing_article.announce = lambda *_args, **_kwargs: os.kill(os.getpid(), signal.SIGKILL)
    _publish_waiting()


def _what_there_is() -> tuple[int, ...]:
    counted = (Publication, Document, Change, TrailEntry)
    return tuple(model.objects.count() for model in counted)


def test_killed_between_freezing_and_announcing_nothing_happened(own):
    own.do(lambda: sign_all(_article("killed")))
    own.do(lambda: _publisher(0).pk)
    before = own.do(_what_there_is)

    assert own.killed_doing(_publish_and_be_killed)

    assert own.do(_what_there_is) == before
    assert own.do(lambda: verify_trail().fault) == ""
    assert own.do(_publish_waiting) == 1
    assert own.do(lambda: differences(public_now(), said())) == []


# Two who save one form ------------------------------------------------------------------------


def _open_a_draft() -> str:
    """The version that both forms are made from."""
    ensure_roles()
    article = _draft("shared")
    for name in ("tan", "chen"):
        person("writer", name)
    return kept_version(article)


def _save_title(name: str, version: str) -> int:
    client = Client(raise_request_exception=True)
    client.force_login(User.objects.get(username=name))
    article = Article.objects.get(slug="shared")
    sent = {
        "_version": version,
        "title_en": f"By {name}",
        "title_zh": article.title_zh,
        "slug": article.slug,
        "column": article.column_id,
        **{
            f"towns_{block._meta.model_name}_set-{what}_FORMS": 0
            for block in BLOCKS
            for what in ("TOTAL", "INITIAL")
        },
    }
    address = reverse("admin:towns_article_change", args=[article.pk])
    return client.post(address, sent).status_code


def test_of_two_who_save_at_the_same_moment_exactly_one_wins(own):
    version = own.do(_open_a_draft)
    acts = [partial(_save_title, name, version) for name in ("tan", "chen")]

    answers = own.at_once(acts)

    assert sorted(answers) == [302, 409]
    winner = ("tan", "chen")[answers.index(302)]
    assert own.do(lambda: Article.objects.get(slug="shared").title_en) == f"By {winner}"
    # What the other typed is kept.
    loser = ("tan", "chen")[answers.index(409)]
    kept = own.do(lambda: [(b.user.username, dict(b.fields)) for b in Backup.objects.all()])
    assert [(name, fields["title_en"]) for name, fields in kept] == [(loser, f"By {loser}")]
