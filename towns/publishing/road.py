"""Where an article is on its road, and who may do what there: computed, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from towns.documents.article import describe_article, in_languages
from towns.documents.canonical import canonical_bytes, digest_of, plain
from towns.documents.kinds import keep
from towns.language.bilingual import LANGUAGES, both
from towns.models import Article, Document, Publication, Stage, TrailEntry, User
from towns.publishing.history import savers_before, savers_of


class Role(StrEnum):
    PROOF = "proof"
    REVIEW = "review"


SIGNED_BY = {Role.PROOF: TrailEntry.Act.PROOFED, Role.REVIEW: TrailEntry.Act.REVIEWED}


@dataclass(frozen=True)
class Text:
    """The text of an article in some of its languages, as it stands at this moment."""

    content: dict[str, Any]

    @cached_property
    def digest(self) -> str:
        return digest_of(canonical_bytes("article", self.content))

    def keep(self) -> Document:
        return keep("article", self.content)


@dataclass(frozen=True)
class Step:
    """One signature that the road asks for; `signature` is the one that holds, if any.

    `void` is the latest one that was given since the last publication to another text.
    """

    stage: Stage
    role: Role
    signature: TrailEntry | None = None
    void: TrailEntry | None = None

    @property
    def key(self) -> str:
        return f"{self.stage.pk}-{self.role}"

    @property
    def names(self) -> dict[str, str]:
        if self.role is Role.REVIEW:
            return self.stage.names
        named = both(self.stage.proof_name_zh, self.stage.proof_name_en)
        return named or {
            "zh-hans": f"{self.stage.name_zh}校对",
            "en": f"{self.stage.name_en} proof",
        }

    def may_sign(self, user: User) -> bool:
        """By role alone; a superuser has no signature without one."""
        groups = self.stage.proofreaders if self.role is Role.PROOF else self.stage.reviewers
        mine = set(user.groups.values_list("pk", flat=True))
        return user.is_active and any(group.pk in mine for group in groups.all())


@dataclass(frozen=True)
class Road:
    """An article with the text that is to go out and the signatures that hold on it."""

    article: Article
    text: Text
    steps: list[Step] = field(default_factory=list)
    # The keys of those who wrote it: they do not sign it.
    savers: set[int] = field(default_factory=set)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if step.signature is None), None)

    @property
    def is_signed(self) -> bool:
        return bool(self.steps) and self.next is None

    @property
    def waivers(self) -> list[dict[str, str]]:
        stages = {step.stage.pk: step.stage for step in self.steps}.values()
        said = (both(stage.waiver_zh, stage.waiver_en) for stage in stages)
        return [waiver for waiver in said if waiver]


def text_of(article: Article, languages: Sequence[str] | None = None) -> Text:
    """In the submitted languages, or in those that have a title where none are submitted."""
    asked = languages or submitted_languages(article) or written_languages(article)
    return Text(plain(describe_article(article, languages=asked)))


def written_languages(article: Article) -> list[str]:
    return [code for code in LANGUAGES if article.titles.get(code, "").strip()]


def submitted_languages(article: Article) -> list[str]:
    return article.submission.said["languages"] if article.submission else []


def road_of(article: Article) -> Road:
    text = text_of(article)
    steps = _steps(article, text.digest, after=_last_public_act(article))
    return Road(article, text, steps, savers_of(article))


def road_afterwards(publication: Publication) -> Road:
    """The road of what went out urgently: signed after the fact, by those who did not write it."""
    text = Text(publication.document.content)
    steps = road_as_signed(publication)
    return Road(publication.article, text, steps, savers_before(publication.article))


def road_as_signed(publication: Publication) -> list[Step]:
    """The steps with the signatures that its text has, whenever they were given."""
    return _steps(publication.article, publication.document_id, after=0)


def _steps(article: Article, digest: str, *, after: int) -> list[Step]:
    """Every signature asked for, with those given to exactly this text after that entry."""
    signatures = TrailEntry.objects.about(article).signatures()
    held: dict[tuple[int | None, str], TrailEntry] = {}
    void: dict[tuple[int | None, str], TrailEntry] = {}
    for entry in signatures.filter(number__gt=after).select_related("by"):
        key = entry.stage_id, entry.act
        if entry.document_id == digest:
            held.setdefault(key, entry)
        else:
            void[key] = entry
    return [
        _step(stage, role, held, void)
        for stage in Stage.objects.in_order()
        for role in ((Role.PROOF, Role.REVIEW) if stage.asks_proof else (Role.REVIEW,))
    ]


def _step(stage: Stage, role: Role, held: dict, void: dict) -> Step:
    key = stage.pk, SIGNED_BY[role]
    signature = held.get(key)
    return Step(stage, role, signature, None if signature else void.get(key))


def _last_public_act(article: Article) -> int:
    acts = (TrailEntry.Act.PUBLISHED, TrailEntry.Act.WITHDRAWN)
    entries = TrailEntry.objects.about(article).filter(act__in=acts)
    return entries.order_by("-number").values_list("number", flat=True).first() or 0


# Who may not, and why -----------------------------------------------------------------------


def objection(road: Road, step: Step, user: User) -> str:
    """Why this person may not sign this step; "" where nothing stands against it."""
    if not step.may_sign(user):
        return _("Your role does not sign this step.")
    if user.pk in road.savers:
        return _("You changed this text since it was last published, so you cannot sign it.")
    reviewed = any(
        other.signature and other.signature.by_id == user.pk and other.stage != step.stage
        for other in road.steps
        if other.role is Role.REVIEW
    )
    if step.role is Role.REVIEW and reviewed:
        return _("You signed another review of this text: each review needs another person.")
    return ""


def may_publish(road: Road, user: User) -> bool:
    """Whoever has the right, and the person who signed the last stage."""
    last = road.steps[-1].signature if road.steps else None
    signed_last = last is not None and last.by_id == user.pk
    return user.is_active and (user.has_perm("towns.publish_article") or signed_last)


# What it would change in public -------------------------------------------------------------


def current_of(article: Article) -> Publication | None:
    return article.publications.public().select_related("document").first()


def is_same_text(content: dict[str, Any], published: dict[str, Any]) -> bool:
    """Whether the public would read the same, notes of corrections left aside."""
    return {**content, "note": {}} == {**published, "note": {}}


def corrects(text: Text, current: Publication | None) -> bool:
    """Whether a language that is public already would read otherwise; adding one does not."""
    if current is None:
        return False
    published = current.document.content
    return not is_same_text(in_languages(text.content, published["languages"]), published)
