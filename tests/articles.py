"""An article with the fewest fields, and its way before the public and back."""

from typing import Any

from tests.signing import give_right, person, publish_signed
from towns.models import Article, Column, Publication, TextBlock, User
from towns.publishing.article import withdraw_article


def article(slug: str = "first", **values: Any) -> Article:
    column, _created = Column.objects.get_or_create(slug="news", name_en="News", name_zh="新闻")
    values = {"title_en": "First", "title_zh": "第一"} | values
    made = Article.objects.create(slug=slug, column=column, **values)
    TextBlock.objects.create(
        parent=made, region="main", ordering=1, html_en="<p>Words.</p>", html_zh="<p>话。</p>"
    )
    return made


def public_article(slug: str = "first", *, by: User | None = None, **values: Any) -> Publication:
    return publish_signed(article(slug, **values), by=by)


def corrected(of: Article, words: str = "<p>Other words.</p>") -> Publication:
    TextBlock.objects.filter(parent=of).update(html_en=words)
    return publish_signed(of)


def withdrawn(of: Article, *, zh: str = "有误。", en: str = "Wrong.") -> Publication:
    boss = give_right(person("publisher"), "withdraw_article")
    return withdraw_article(of, by=boss, notice_zh=zh, notice_en=en)
