"""The road of an article in tests: the people of each stage, and the way to the public."""

from collections.abc import Sequence

from django.contrib.auth.models import Group, Permission

from towns.accounts.stages import ensure_stages
from towns.models import Article, Publication, TrailEntry, User
from towns.publishing.article import publish_article
from towns.publishing.review import sign, submit
from towns.publishing.road import Road, Step, corrects, current_of, road_of, text_of
from towns.publishing.road import written_languages as written


def person(role: str, username: str = "") -> User:
    """A member of staff, not a superuser, with this role."""
    user, _created = User.objects.get_or_create(
        username=username or role.replace(" ", "-"), defaults={"is_staff": True}
    )
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def give_right(user: User, *codenames: str) -> User:
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return User.objects.get(pk=user.pk)


def road(article: Article) -> Road:
    return road_of(Article.objects.get(pk=article.pk))


def signer(step: Step) -> User:
    groups = step.stage.proofreaders if step.role == "proof" else step.stage.reviewers
    return person(groups.first().name)


def sign_next(article: Article, by: User | None = None, now: Road | None = None) -> TrailEntry:
    now = now or road(article)
    by = by or signer(now.next)
    return sign(article, by=by, digest=now.text.digest, step=now.next.key)


def sign_all(article: Article) -> None:
    while (now := road(article)).next:
        sign_next(article, now=now)


def submit_by_writer(article: Article, languages: Sequence[str] = ()) -> TrailEntry:
    """With a note where it is a correction."""
    ensure_stages()
    article = Article.objects.get(pk=article.pk)
    if corrects(text_of(article, languages), current_of(article)):
        Article.objects.filter(pk=article.pk).update(note_zh="改正一处。", note_en="One mended.")
    languages = languages or written(article)
    return submit(article, by=person("writer", "a-writer"), languages=languages)


def publish_signed(
    article: Article, *, by: User | None = None, languages: Sequence[str] = ()
) -> Publication:
    submit_by_writer(article, languages)
    sign_all(article)
    by = by or give_right(person("publisher"), "publish_article")
    return publish_article(article, by=by)
