from collections.abc import Callable
from dataclasses import dataclass

from towns.keeping.demo import records as load
from towns.keeping.demo import writing
from towns.keeping.demo.files import read_articles
from towns.models import Article, SiteSettings
from towns.models.publishable import Publishable


@dataclass(frozen=True)
class Demo:
    """What was loaded, for somebody else to publish; the oldest article first."""

    records: list[Publishable]
    articles: list[Article]
    site: SiteSettings

    @property
    def article(self) -> Article:
        """The source article told anew, which leads the home page."""
        return self.site.lead_article


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
    say("articles, in Chinese and English")
    keyed = {
        "parties": parties,
        "towns": towns,
        "photos": photos,
        "statistics": statistics,
        "projects": projects,
        "columns": writing.load_columns(),
    }
    articles = [writing.load_article(row, keyed) for row in read_articles()]
    keyed["articles"] = {article.slug: article for article in articles}
    site = writing.load_site(keyed)
    pages = writing.load_pages()
    published = [*editions, *projects.values(), *statistics.values(), *profiles, *pages]
    return Demo(published, articles, site)
