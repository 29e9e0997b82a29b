"""Each cell of the table in `docs/permissions.md`, tried by a person with that role alone."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone

from tests import records
from tests.signing import person, publish_signed, road, sign_all, sign_next, submit_by_writer
from towns.accounts.roles import ROLES
from towns.admin.comments import add_comment
from towns.admin.road import ACTS as ROAD
from towns.documents.cells import cells_of
from towns.models import (
    Article,
    ArticleUpload,
    BinItem,
    Change,
    Column,
    Comment,
    Publication,
    RankingEdition,
    ReaderComment,
    ReaderLetter,
    SiteSettings,
    Stage,
    TextBlock,
    TrailEntry,
    User,
)
from towns.publishing.article import erase_publication, publish_article, withdraw_article
from towns.publishing.comment import decide_comments
from towns.publishing.due import schedule
from towns.publishing.letter import handle_letters
from towns.publishing.proposal import accept, propose
from towns.publishing.refusal import RefusedError
from towns.publishing.review import send_back, sign
from towns.publishing.road import road_afterwards
from towns.publishing.urgent import ask_urgent, confirm_urgent, sign_afterwards

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"


def _table() -> dict[str, dict[str, bool]]:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    roles = rows[0][1:]
    return {
        act: {role: cell != "–" for role, cell in zip(roles, cells, strict=True)}
        for act, *cells in rows[2:]
    }


TABLE = _table()


# Articles in every place of the road ----------------------------------------------------------


def _draft() -> Article:
    column, _created = Column.objects.get_or_create(slug="news", name_en="News")
    made = Article.objects.create(slug="one", column=column, title_en="One")
    TextBlock.objects.create(parent=made, region="main", ordering=1, html_en="<p>Words.</p>")
    return made


def _submitted(*, signed: int = 0) -> Article:
    made = _draft()
    submit_by_writer(made)
    for _step in range(signed):
        sign_next(made)
    made.refresh_from_db()
    return made


def _signed() -> Article:
    made = _draft()
    submit_by_writer(made)
    sign_all(made)
    return made


def _public() -> Publication:
    return publish_signed(_draft())


def _urgent(article: Article) -> TrailEntry:
    return ask_urgent(article, by=person("publisher"), reason="A typhoon")


def _edition() -> RankingEdition:
    return records.edition(records.ranking(), 2023, {records.town(): 1})


# Acts -----------------------------------------------------------------------------------------

Try = Callable[[User], Any]


def _request(user: User) -> Any:
    request = RequestFactory().get("/")
    request.user = user
    return request


def _admin(model: type, act: str, obj: Any = None) -> Try:
    """Whether the screen of this model lets the person do it."""
    screen = admin.site._registry[model]
    check = getattr(screen, f"has_{act}_permission")
    return lambda user: _must(check(_request(user), *([obj] if obj else [])))


def _must(allowed: bool) -> None:  # noqa: FBT001 - the answer of a check
    if not allowed:
        raise RefusedError("The screen refuses.")


def _on_road(name: str, article: Article) -> Try:
    [act] = [act for act in ROAD if act.name == name]
    return lambda user: _must(act.may(_request(user), article))


def _sign(article: Article) -> Try:
    now = road(article)
    said = {"digest": now.text.digest, "step": now.next.key}
    return lambda user: sign(article, by=user, **said)


def _send_back(article: Article) -> Try:
    now = road(article)
    said = {"digest": now.text.digest, "step": now.next.key, "reason": "816, not 818"}
    return lambda user: send_back(article, by=user, **said)


def _publish(article: Article) -> Try:
    return lambda user: publish_article(article, by=user)


def _publish_own() -> Try:
    """The last signature is the person's own, where the role gives it."""
    article = _submitted(signed=5)

    def attempt(user: User) -> None:
        sign_next(article, by=user)
        publish_article(article, by=user)

    return attempt


def _schedule() -> Try:
    article, at = _signed(), timezone.now() + dt.timedelta(hours=1)
    return lambda user: schedule(article, by=user, at=at)


def _withdraw() -> Try:
    article = _public().article
    notices = {"notice_zh": "有误。", "notice_en": "Wrong."}
    return lambda user: withdraw_article(article, by=user, **notices)


def _erase() -> Try:
    publication = _public()
    TextBlock.objects.update(html_en="<p>Other words.</p>")
    publish_signed(publication.article)
    return lambda user: erase_publication(publication, by=user, reason="A leak")


def _ask_urgent() -> Try:
    article = _submitted()
    return lambda user: ask_urgent(article, by=user, reason="A typhoon")


def _confirm_urgent() -> Try:
    article = _submitted()
    _urgent(article)
    digest = road(article).text.digest
    return lambda user: confirm_urgent(article, by=user, digest=digest)


def _afterwards() -> Try:
    article = _submitted()
    _urgent(article)
    by = person("final reviewer")
    publication = confirm_urgent(article, by=by, digest=road(article).text.digest)
    now = road_afterwards(publication)
    said = {"digest": now.text.digest, "step": now.next.key}
    return lambda user: sign_afterwards(publication, by=user, **said)


def _decide() -> Try:
    edition = _edition()
    records.publish(edition)
    before = cells_of(edition)
    after = {**before, "columns": {**before["columns"], "size": 900}}
    by = person("writer", "a-writer")
    proposal = propose(edition, before=before, after=after, by=by, reason="It was wrong")
    return lambda user: accept(proposal, by=user)


def _propose() -> Try:
    edition = _edition()
    records.publish(edition)
    return _admin(RankingEdition, "change", edition)


def _settle() -> Try:
    letter = ReaderLetter.objects.create(message="It is 458.", language="en")
    return lambda user: handle_letters([letter], by=user, state="settled", note="Put right.")


def _approve() -> Try:
    words = {"name": "Ann", "text": "Well said.", "language": "en"}
    comment = ReaderComment.objects.create(article=_draft(), **words)
    return lambda user: decide_comments([comment], by=user, state="shown")


def _commenting(act: str) -> Try:
    article, by = _draft(), person("writer", "a-writer")
    add_comment(article, {"text": "Is it so?"}, by=by)
    said = {"act": act, "text": "It is.", "comment": Comment.objects.get().pk}

    def attempt(user: User) -> None:
        request = RequestFactory().post("/", said)
        request.user = user
        try:
            admin.site._registry[Article].comments_view(request, str(article.pk))
        except PermissionDenied as error:
            raise RefusedError("The screen refuses.") from error

    return attempt


def _out_of_the_bin(user: User) -> None:
    _must(user.has_perm("towns.view_binitem") and user.has_perm("towns.add_article"))


TRIES: dict[str, Callable[[], Try]] = {
    "see": lambda: _admin(Article, "view", _draft()),
    "comment on a draft": lambda: _commenting("add"),
    "resolve a comment": lambda: _commenting("resolve"),
    "write": lambda: _admin(Article, "change", _draft()),
    "import": lambda: _admin(ArticleUpload, "add"),
    "delete drafts": lambda: _admin(Article, "delete", _draft()),
    "submit": lambda: _on_road("submit", _draft()),
    "take back": lambda: _on_road("take-back", _submitted()),
    "proof": lambda: _sign(_submitted()),
    "review 1": lambda: _sign(_submitted(signed=1)),
    "review 2": lambda: _sign(_submitted(signed=3)),
    "review 3": lambda: _sign(_submitted(signed=5)),
    "send back at the proof": lambda: _send_back(_submitted()),
    "send back at review 3": lambda: _send_back(_submitted(signed=5)),
    "publish articles": lambda: _publish(_signed()),
    "publish articles signed last by oneself": _publish_own,
    "publish records": lambda: _admin(RankingEdition, "publish"),
    "schedule": _schedule,
    "withdraw": _withdraw,
    "erase": _erase,
    "ask urgent": _ask_urgent,
    "confirm urgent": _confirm_urgent,
    "review afterwards": _afterwards,
    "propose": _propose,
    "decide": _decide,
    "restore": lambda: _admin(Article, "change", _draft()),
    "take out of the bin": lambda: _out_of_the_bin,
    "empty the bin": lambda: _admin(BinItem, "delete"),
    "see reader letters": lambda: _admin(ReaderLetter, "view"),
    "settle reader letters": _settle,
    "see reader comments": lambda: _admin(ReaderComment, "view"),
    "approve reader comments": _approve,
    "remove what a reader wrote": lambda: _admin(ReaderLetter, "delete"),
    "settings": lambda: _admin(SiteSettings, "change"),
    "accounts": lambda: _admin(User, "change"),
    "stages": lambda: _admin(Stage, "change"),
    "change a publication": lambda: _admin(Publication, "change", _public()),
    "change the change log": lambda: _admin(Change, "change"),
    "change the trail": lambda: _admin(TrailEntry, "change"),
}


def test_the_table_has_every_role_and_every_act_is_tried():
    assert list(TABLE) == list(TRIES)
    assert {tuple(cells) for cells in TABLE.values()} == {tuple(ROLES)}


@pytest.mark.parametrize("act", TRIES)
def test_each_role_may_what_the_table_says(loaded_roles, act):
    attempt = TRIES[act]()

    allowed = {role: _is_allowed(attempt, person(role, f"only-{role}")) for role in ROLES}

    assert allowed == TABLE[act]


def _is_allowed(attempt: Try, user: User) -> bool:
    """Tries it, and takes it back."""
    user = User.objects.get(pk=user.pk)
    with transaction.atomic():
        try:
            attempt(user)
        except RefusedError:
            return False
        finally:
            transaction.set_rollback(True)
    return True
