"""Which yearly list the ranks of an article belong to: proposed, and chosen by a person."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from towns.imports.article.result import Article, Paragraph
from towns.language.pinyin import search_key
from towns.language.script import fold
from towns.models import Ranking, RankingEdition

KEY = "edition"
LIST_CLAIMS = ("rank", "change", "streak", "first_time")
_YEAR = re.compile(r"(?<!\d)(20\d\d|19[5-9]\d)(?!\d)")


@dataclass(frozen=True)
class YearOfList:
    """An edition, or the year of a ranking that would get one."""

    ranking: Ranking
    year: int
    edition: RankingEdition | None = None

    @property
    def value(self) -> str:
        return f"{self.ranking.pk}-{self.year}"

    def __str__(self) -> str:
        return f"{self.ranking} {self.year}"


@dataclass(frozen=True)
class ChosenList:
    """`offered` has every edition there is, and the year that the article names."""

    offered: tuple[YearOfList, ...] = ()
    chosen: YearOfList | None = None


def chosen_list(article: Article, answers: Mapping[str, str]) -> ChosenList:
    if not any(claim.kind in LIST_CLAIMS for claim in article.claims):
        return ChosenList()
    editions = RankingEdition.objects.select_related("ranking").order_by("ranking", "-year")
    offered = [YearOfList(one.ranking, one.year, one) for one in editions]
    proposed = _proposed(article, offered)
    if proposed and proposed not in offered:
        offered.insert(0, proposed)
    said = answers.get(KEY)
    chosen = proposed if said is None else _by_value(offered, said)
    return ChosenList(tuple(offered), chosen)


def _by_value(offered: list[YearOfList], value: str) -> YearOfList | None:
    return next((one for one in offered if one.value == value), None)


def _proposed(article: Article, offered: list[YearOfList]) -> YearOfList | None:
    ranking, year = _ranking(article), _year(article)
    if ranking is None or year is None:
        return None
    new = YearOfList(ranking, year)
    return _by_value(offered, new.value) or new


def _ranking(article: Article) -> Ranking | None:
    """The one that the text names; or the only one there is."""
    rankings = list(Ranking.objects.all())
    whole = search_key(fold(_text(article)))
    for ranking in rankings:
        names = (ranking.name_zh, ranking.name_en, *ranking.other_name_list)
        if any(name and search_key(fold(name)) in whole for name in names):
            return ranking
    return rankings[0] if len(rankings) == 1 else None


def _year(article: Article) -> int | None:
    """That of the sentences with ranks, or else of the whole; or when it was issued."""
    said = "\n".join(claim.sentence for claim in article.claims if claim.kind in LIST_CLAIMS)
    for text in (said, _text(article)):
        if years := Counter(_YEAR.findall(text)):
            return int(years.most_common(1)[0][0])
    return article.published_at.year if article.published_at else None


def _text(article: Article) -> str:
    said = [one.text for one in article.blocks if isinstance(one, Paragraph)]
    return "\n".join([article.title, *said])
