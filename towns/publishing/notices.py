"""E-mail on hand-over: to those whose turn it is, in both languages, once the act is committed."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from towns.language.bilingual import LANGUAGES
from towns.models import Article, Proposal, TrailEntry, User, Version
from towns.publishing.road import Road, Role, Step

log = logging.getLogger(__name__)


def tell_about_step(road: Road, step: Step) -> None:
    groups = step.stage.proofreaders if step.role is Role.PROOF else step.stage.reviewers
    users = User.objects.filter(groups__in=groups.all()).exclude(pk__in=road.savers)
    _tell(users, _("It is your turn: %(step)s of “%(title)s”"), road.article, step=step.names)


def tell_about_signed(road: Road) -> None:
    _tell(_with_right("publish_article"), _("Signed by all: “%(title)s” can go out"), road.article)


def tell_about_sending_back(article: Article, entry: TrailEntry) -> None:
    said = _("%(who)s sent “%(title)s” back: %(reason)s")
    _tell(_writers(article), said, article, who=entry.by_name, reason=entry.reason)


def tell_about_missing(article: Article, reason: str) -> None:
    users = _writers(article) | User.objects.filter(pk=article.scheduled_by_id)
    _tell(users, _("“%(title)s” did not go out at its time: %(reason)s"), article, reason=reason)


def tell_about_urgent(article: Article, entry: TrailEntry) -> None:
    users = _with_right("confirm_urgent").exclude(pk=entry.by_id)
    said = _("%(who)s asks for urgent publication of “%(title)s”: %(reason)s")
    _tell(users, said, article, who=entry.by_name, reason=entry.reason)


def tell_about_proposal(proposal: Proposal) -> None:
    users = _with_right("decide_proposal").exclude(pk=proposal.proposed_by_id)
    said = _("%(who)s proposes a change to “%(title)s”: %(reason)s")
    _tell(users, said, proposal, who=str(proposal.proposed_by), reason=proposal.reason)


def tell_about_moved_on(article: Article, record: object) -> None:
    said = _("“%(record)s” changed, and “%(title)s” quotes it as it was")
    _tell(_writers(article), said, article, record=str(record))


def _writers(article: Article) -> QuerySet[User]:
    versions = Version.objects.about(article).values("saved_by")
    return User.objects.filter(pk__in=versions) | User.objects.filter(pk=article.created_by_id)


def _with_right(codename: str) -> QuerySet[User]:
    return User.objects.filter(groups__permissions__codename=codename).distinct()


def _tell(users: QuerySet[User], said: str, about: object, **words: object) -> None:
    addresses = users.filter(is_active=True).exclude(email="").values_list("email", flat=True)
    to = sorted(set(addresses))
    if not to:
        return
    lines = [_say(said, about, words, language) for language in LANGUAGES]
    name = f"admin:towns_{about._meta.model_name}_change"
    body = "\n\n".join([*lines, settings.SITE_URL + reverse(name, args=[about.pk])])
    transaction.on_commit(lambda: _send(lines[0], body, to))


def _say(said: str, about: object, words: dict, language: str) -> str:
    with override(language):
        spoken = {
            key: word.get(language) or next(iter(word.values()), "")
            if isinstance(word, dict)
            else word
            for key, word in words.items()
        }
        return gettext(said) % {"title": about, **spoken}


def _send(subject: str, body: str, to: Iterable[str]) -> None:
    """One message each, lest they see one another's addresses. A mail server that is down stops
    nobody's work."""
    for address in to:
        try:
            send_mail(" ".join(subject.split()), body, None, [address])
        except Exception:
            log.exception("no notice could be sent to %s", address)
