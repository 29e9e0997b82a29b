from collections.abc import Callable
from dataclasses import dataclass

from towns.keeping.demo import records as load
from towns.keeping.demo import writing
from towns.models import Article, SiteSettings
from towns.models.publishable import Publishable


@dataclass(frozen=True)
class Demo:
    """What was loaded, for somebody else to publish."""

    records: list[Publishable]
    article: Article
    site: SiteSettings


class DivisionsMissingError(Exception):
    """The demo's towns are not in the database: load the divisions first."""


def load_content(say: Callable[[str], None]) -> Demo:
    """Load everything, unpublished; call it in a transaction. Raises `DivisionsMissingError`."""
    towns = load.towns_by_code()
    if not towns:
        raise DivisionsMissingError
    say("parties and sources")
    parties = load.load_parties()
    sources = load.load_sources(parties)
    say("pictures in five sizes")
    photos = writing.load_photos(parties, towns)
    say("rankings, projects, statistics, profiles")
    editions = load.load_rankings(parties, sources, towns)
    projects = load.load_projects(sources, towns, photos)
    statistics = load.load_statistics(sources, towns, projects)
    profiles = load.load_profiles(sources, towns, photos)
    say("the article, in Chinese and English")
    keyed = {
        "parties": parties,
        "towns": towns,
        "photos": photos,
        "statistics": statistics,
        "projects": projects,
    }
    article = writing.load_article(keyed)
    site = writing.load_site(keyed)
    pages = writing.load_pages()
    published = [*editions, *projects.values(), *statistics.values(), *profiles, *pages]
    return Demo(published, article, site)
