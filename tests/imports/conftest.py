"""The four towns of the source article, who keeps it, and keeping itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import records
from tests.signing import give_right
from towns.imports.draft import Reading, keep_article, read_upload, receive_article
from towns.models import Article, ArticleUpload, Column, Party, RankingEdition, Region, Town, User
from towns.publishing.history import note_version
from towns.publishing.proposal import propose

SOURCE = Path(__file__).parents[1] / "samples/valid/articles/source-article.en.txt"


@pytest.fixture
def four_towns(db) -> dict[str, Town]:
    made = [
        records.town("441284105"),
        records.town("441284100", name_zh="龙甫镇", name_en="Longfu"),
        records.town("441204115", name_zh="金利镇", name_en="Jinli"),
        records.town("441204103", name_zh="禄步镇", name_en="Lubu"),
    ]
    Region.objects.filter(code="441204").update(name_zh="高要区", name_en="Gaoyao")
    Region.objects.filter(code="441284").update(name_zh="四会市", name_en="Sihui")
    return {town.code: town for town in made}


@pytest.fixture
def parties(db) -> dict[str, Party]:
    made = (
        Party(kind="media", name_zh="肇庆发布", other_names="Released by Zhaoqing"),
        Party(kind="media", name_zh="高要发布", other_names="Gao Yao\npublished by Gaoyao"),
        Party(kind="person", name_zh="陈彦成", name_en="Chen Yancheng"),
    )
    for party in made:
        party.save()
    return {party.name_zh: party for party in made}


@pytest.fixture
def edition(db) -> RankingEdition:
    """Not public, and without entries."""
    return records.edition(records.ranking(name_zh="全国千强镇"), 2023, {})


@pytest.fixture
def keeper(db) -> User:
    Column.objects.create(slug="news", name_en="News")
    user = User.objects.create_user("keeper", is_staff=True)
    return give_right(user, "add_upload", "view_upload", "add_article")


@pytest.fixture
def received(keeper) -> Callable[..., ArticleUpload]:
    def receive(*files: tuple[str, bytes | str], **answers: str) -> ArticleUpload:
        given = [(name, data.encode() if isinstance(data, str) else data) for name, data in files]
        upload = receive_article(given, by=keeper).upload
        upload.answers |= answers
        upload.save()
        return upload

    return receive


@pytest.fixture
def kept(keeper) -> Callable[[ArticleUpload], Article]:
    def keep(upload: ArticleUpload) -> Article:
        reading = read_upload(upload)
        assert isinstance(reading, Reading)
        return keep_article(reading, by=keeper, note_version=note_version, propose=propose)

    return keep
