"""What an upload would become: read anew each time, with all that was answered so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from towns.imports.article import Article, Refused, read_article, read_picture
from towns.imports.article.questions import WHICH_ARTICLE
from towns.imports.article.result import Figure
from towns.imports.draft.facts import Fact, facts_of
from towns.imports.draft.lists import ChosenList, chosen_list
from towns.imports.draft.parties import NewParty, new_parties
from towns.imports.draft.receiving import bytes_of
from towns.imports.gazetteer import Gazetteer
from towns.imports.known import known_places_and_parties
from towns.models import ArticleUpload


@dataclass(frozen=True)
class Reading:
    """Nothing of it is stored."""

    upload: ArticleUpload
    article: Article
    gazetteer: Gazetteer
    data: bytes
    number: int

    @property
    def answers(self) -> Mapping[str, str]:
        return self.upload.answers

    @cached_property
    def parties(self) -> dict[str, NewParty]:
        return new_parties(self.article, self.gazetteer, self.answers)

    @cached_property
    def of_list(self) -> ChosenList:
        return chosen_list(self.article, self.answers)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return facts_of(self.article, self.of_list.chosen, self.answers)

    @cached_property
    def without_file(self) -> list[Figure]:
        """The figures whose picture did not come with the text."""
        return [figure for figure in self.article.figures if not self.has_file(figure)]

    def has_file(self, figure: Figure) -> bool:
        """Whether its bytes are there; an address in the network is none."""
        return figure.picture in self._names

    def picture(self, name: str) -> bytes:
        """Raises `RefusedError`."""
        return read_picture(self.upload.file.name, self.data, name, number=self.number)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(picture.name for picture in self.article.pictures)


def read_upload(upload: ArticleUpload, gazetteer: Gazetteer | None = None) -> Reading | Refused:
    gazetteer = gazetteer or known_places_and_parties()
    said = upload.answers.get(WHICH_ARTICLE, "1")
    number = int(said) if said.isdecimal() else 1
    data = bytes_of(upload)
    article = read_article(upload.name, data, gazetteer, number=number, answers=upload.answers)
    if isinstance(article, Refused):
        return article
    return Reading(upload, article, gazetteer, data, number)
