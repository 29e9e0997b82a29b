"""What the head of a page says to search engines, harvesters and those who hand it on."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from towns.language.bilingual import LANGUAGES, pick
from towns.rendering import linked_data as ld

register = template.Library()


@register.simple_tag(takes_context=True)
def languages_of_page(context: Mapping[str, Any]) -> SafeString:
    """`canonical` without the query, and the page in both languages."""
    path = context["request"].path
    links = [(code, ld.absolute(translate_url(path, code))) for code in LANGUAGES]
    links.append(("x-default", links[0][1]))
    form = '<link rel="alternate" hreflang="{}" href="{}">'
    canonical = format_html('<link rel="canonical" href="{}">', ld.absolute(path))
    return canonical + format_html_join("", form, links)


@register.simple_tag
def site_tags(site: Any) -> SafeString:
    """SiteName, SiteDomain and SiteIDCode, which harvesters of official sites read."""
    tags = {
        "SiteName": pick(site.name_zh, site.name_en),
        "SiteDomain": urlsplit(settings.SITE_URL).hostname,
        "SiteIDCode": site.site_code,
    }
    return _meta(tags)


@register.simple_tag
def column_tags(column: Any) -> SafeString:
    return _meta(
        {
            "ColumnName": column.name,
            "ColumnDescription": pick(column.description_zh, column.description_en),
            "ColumnKeywords": column.keywords,
            "ColumnType": column.kind,
        }
    )


@register.simple_tag
def section_tags(name: str, description: str) -> SafeString:
    """The same for the lists that are no column of articles."""
    return _meta({"ColumnName": name, "ColumnDescription": description})


@register.simple_tag
def article_tags(article: Any, publication: Any) -> SafeString:
    publisher = publication.publisher
    return _meta(
        {
            "ArticleTitle": str(article.title),
            "PubDate": f"{localtime(publication.published_at):%Y-%m-%d %H:%M}",
            "ContentSource": publisher.name if publisher else "",
        }
    )


@register.simple_tag(takes_context=True)
def open_graph(
    context: Mapping[str, Any], title: str, description: str, kind: str = "website"
) -> SafeString:
    """What a messenger shows of a page that is handed on; `photo` is frozen content."""
    site, photo = context["site"], context.get("shared_photo")
    tags = {
        "og:type": kind,
        "og:title": str(title).strip(),
        "og:description": str(description).strip(),
        "og:url": context["canonical_url"],
        "og:site_name": pick(site.name_zh, site.name_en),
        "og:image": ld.image(photo)["contentUrl"] if photo else "",
    }
    return format_html_join("", '<meta property="{}" content="{}">', _given(tags))


@register.simple_tag(takes_context=True)
def article_data(context: Mapping[str, Any]) -> SafeString:
    article, publication, site = context["article"], context["publication"], context["site"]
    publisher = {
        "@type": "Organization",
        "name": pick(site.organiser_zh, site.organiser_en) or pick(site.name_zh, site.name_en),
        "url": ld.absolute("/"),
    }
    path = publication.get_absolute_url()
    news = ld.news_article(
        article,
        path=path,
        published_at=publication.published_at,
        site=publisher,
        facts=context["picture_facts"],
    )
    return ld.linked_data(news, _crumbs((_("Articles"), "article-list"), str(article.title), path))


@register.simple_tag
def summary(town: Any) -> str:
    """The profile, once it is published."""
    return pick(town.summary_zh, town.summary_en) if town.is_public else ""


@register.simple_tag
def town_data(town: Any) -> SafeString:
    crumbs = _crumbs((_("Towns"), "town-list"), town.name, town.get_absolute_url())
    return ld.linked_data(ld.place(town), crumbs)


@register.simple_tag
def edition_data(edition: Any, description: str) -> SafeString:
    name = f"{edition.ranking.name} {edition.year}"
    crumbs = _crumbs((_("Rankings"), "ranking-list"), name, edition.get_absolute_url())
    return ld.linked_data(ld.dataset(edition, description=description), crumbs)


@register.simple_tag
def project_data(project: Any) -> SafeString:
    crumbs = _crumbs((_("Projects"), "project-list"), project.name, project.get_absolute_url())
    return ld.linked_data(ld.project(project), crumbs)


def _crumbs(section: tuple[str, str], name: str, path: str) -> dict[str, Any]:
    steps = [(_("Home"), reverse("home")), (section[0], reverse(section[1])), (name, path)]
    return ld.breadcrumbs(steps)


def _meta(tags: Mapping[str, str | None]) -> SafeString:
    return format_html_join("", '<meta name="{}" content="{}">', _given(tags))


def _given(tags: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [(name, content) for name, content in tags.items() if content]
