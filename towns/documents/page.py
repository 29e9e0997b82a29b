from typing import TypedDict

from django.db.models import QuerySet

from towns.documents.shapes import Bilingual
from towns.models import Page


class PageContent(TypedDict):
    slug: str
    title: Bilingual
    html: Bilingual


def prepare_pages(pages: QuerySet[Page]) -> QuerySet[Page]:
    return pages


def describe_page(page: Page) -> PageContent:
    return {"slug": page.slug, "title": page.titles, "html": page.htmls}
