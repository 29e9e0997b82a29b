"""Who quotes a record: told when it changes, and on public pages a line outside the frozen text."""

import json
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from towns.documents.article import only_languages, quoted
from towns.documents.canonical import plain
from towns.documents.kinds import kind_of
from towns.models import Article, MovedOn, Project, Publication, RankingEntry, Statistic
from towns.publishing.notices import tell_about_moved_on
from towns.publishing.renaming import old_slugs

Content = dict[str, Any]

# Where the block freezes names instead of ids, or what belongs to the record but is not quoted;
# and addresses: a renamed record says nothing else.
_NOT_COMPARED = {"town", "towns", "source", "claims", "photos", "other_names", "milestones"} | {
    "slug",
    "edition",
    "project",
}


def update_quotations(record: Model, *, is_correction: bool) -> None:
    """Compare what current publications froze with the record as it is now; tell their writers."""
    if not isinstance(record, RankingEntry | Project | Statistic):
        return
    kind = kind_of(type(record))
    live = plain(kind.describe(kind.prepare(type(record).objects.filter(pk=record.pk)).get()))
    told = {article.pk: article for article in articles_in_work(record)}
    for publication in publications_quoting(record):
        if _update(publication, record, live, is_correction=is_correction):
            told[publication.article_id] = publication.article
    for article in told.values():
        tell_about_moved_on(article, record)


def publications_quoting(record: Model) -> QuerySet[Publication]:
    named = Q()
    for identity in _ids(record):
        named |= Q(document__body__contains=identity)
    return Publication.objects.public().filter(named).select_related("document", "article")


def _ids(record: Model) -> list[str]:
    """What a frozen text may call it: its permanent id, and those from before it was renamed."""
    return [record.permanent_id, *old_slugs(record)]


def articles_in_work(record: Model) -> QuerySet[Article]:
    """Articles in review that quote it: their signatures no longer hold."""
    reviewed = Article.objects.filter(submission__isnull=False)
    match record:
        case Statistic():
            quoting = reviewed.filter(towns_statisticsblock_set__statistics=record)
        case Project():
            quoting = reviewed.filter(towns_projectsblock_set__projects=record)
        case RankingEntry():
            quoting = reviewed.filter(
                towns_rankingblock_set__edition=record.edition_id,
                towns_rankingblock_set__towns=record.town_id,
            )
        case _:
            quoting = reviewed.none()
    return quoting.distinct()


def _update(publication: Publication, record: Model, live: Content, *, is_correction: bool) -> bool:
    content, kind = publication.document.content, kind_of(type(record))
    items = ((identity, quoted(content, kind.name, identity)) for identity in _ids(record))
    identity, found = next((item for item in items if item[1]), ("", None))
    if found is None:
        return False
    changes = _differences(found[1], only_languages(live, content["languages"]))
    key = {"publication": publication, "kind": kind.name, "permanent_id": identity}
    if not changes:
        MovedOn.objects.filter(**key).delete()
        return False
    values = {
        "changes": json.dumps(changes, ensure_ascii=False),
        "is_correction": is_correction,
        "since": timezone.now(),
    }
    MovedOn.objects.update_or_create(**key, defaults=values)
    return True


def _differences(frozen: Content, live: Content) -> dict[str, list[Any]]:
    return {
        key: [frozen[key], value]
        for key, value in live.items()
        if key in frozen and key not in _NOT_COMPARED and frozen[key] != value
    }
