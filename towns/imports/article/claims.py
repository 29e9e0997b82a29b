"""What the sentences of an article state about its towns, each with its sentence quoted."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from towns.imports.article import questions
from towns.imports.article.places import Places
from towns.imports.article.result import Block, Claim, Heading, Paragraph, Question, TownList
from towns.imports.gazetteer import Mention
from towns.language.numerals import amounts
from towns.language.script import fold, is_chinese
from towns.language.sentences import sentences
from towns.language.statements import (
    Statement,
    is_about_another_list,
    is_about_another_year,
    names_a_list,
    statements,
)

_LONGEST_SENTENCE = 1_500
_EACH = re.compile(r"分别|依次|respectively", re.IGNORECASE)


@dataclass
class Claims:
    places: Places
    ask: Callable[[Question], str | None]
    title: str
    known: dict[tuple[object, ...], Claim] = field(default_factory=dict)
    section: str | None = None
    previous: str | None = None  # "" after a sentence about several towns

    @property
    def found(self) -> list[Claim]:
        return list(self.known.values())

    def read(self, blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, Heading):
                self.section, self.previous = block.town_code, None
            elif isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, TownList):
                self._list(block)

    def _list(self, towns: TownList) -> None:
        for town in towns.towns:
            if town.rank is not None:
                self._add(Claim("rank", town.town_code, town.rank, town.text, (town.line,)))

    def _paragraph(self, block: Paragraph) -> None:
        text = block.text.replace("\n", "" if is_chinese(block.text) else " ")
        about_list = names_a_list(fold(f"{self.title}\n{text}"))
        self.previous = None
        for sentence in sentences(text):
            if len(sentence) > _LONGEST_SENTENCE:
                continue
            folded = fold(sentence)
            said = list(statements(folded)) if about_list else []
            mentions = self.places.mentions(folded)
            for statement, mention in self._attributed(said, mentions, folded):
                self._statement(block, sentence, statement, mention)
            for amount in amounts(folded):
                code = self._code(_nearest(mentions, amount.start), folded, block.line)
                claim = Claim("amount", code, amount.value, sentence, (block.line,))
                self._add(replace(claim, qualifier=amount.qualifier))
            if mentions:
                codes = {self._code(mention, folded, block.line) for mention in mentions}
                self.previous = codes.pop() if len(codes) == 1 else ""

    def _attributed(
        self, said: list[Statement], mentions: list[Mention], folded: str
    ) -> Iterator[tuple[Statement, Mention | None]]:
        """大沙镇、龙甫镇分别排名第816、990位: each rank to its own town."""
        ranks = [statement for statement in said if statement.kind == "rank"]
        is_each = len(ranks) == len(mentions) > 1 and bool(_EACH.search(folded))
        for statement in said:
            if is_each and statement.kind == "rank":
                yield statement, mentions[ranks.index(statement)]
            else:
                yield statement, _nearest(mentions, statement.start)

    def _statement(
        self, block: Paragraph, sentence: str, statement: Statement, mention: Mention | None
    ) -> None:
        folded = fold(sentence)
        is_here = names_a_list(folded)
        if not is_here and (statement.kind in ("streak", "first_time")):
            return
        if statement.kind == "rank" and not self._is_of_this_list(block, sentence, statement):
            return
        code = self._code(mention, folded, block.line)
        if code is None and mention is None:
            asked = questions.whose_claim(block.line, sentence, self._towns())
            code = self.ask(asked) or None
        self._add(Claim(statement.kind, code, statement.value, sentence, (block.line,)))

    def _is_of_this_list(self, block: Paragraph, sentence: str, statement: Statement) -> bool:
        folded = fold(sentence)
        if is_about_another_list(folded):
            return self.ask(questions.rank_of_what(block.line, sentence)) == "national"
        if is_about_another_year(folded, statement.start):
            return self.ask(questions.rank_of_which_year(block.line, sentence)) == "same"
        return True

    def _code(self, mention: Mention | None, folded: str, line: int) -> str | None:
        if mention is not None:
            return self.places.code(mention, folded, line)
        if self.previous is None:
            return self.section or self._only_town()
        # 该镇 after a sentence about another town, or about several, may be either.
        return self.previous if self.section in (None, self.previous) and self.previous else None

    def _only_town(self) -> str | None:
        towns = self._towns()
        return towns[0][0] if len(towns) == 1 else None

    def _towns(self) -> list[tuple[str, str]]:
        towns = {town.code: name for name, town in self.places.decided.items() if town}
        return list(towns.items())

    def _add(self, claim: Claim) -> None:
        """Said twice is one claim, with both lines and the first sentence."""
        known = self.known.setdefault(_what(claim), claim)
        if claim.lines[0] not in known.lines:
            together = replace(known, lines=(*known.lines, *claim.lines))
            self.known[_what(claim)] = together


def _what(claim: Claim) -> tuple[object, ...]:
    return claim.kind, claim.town_code, claim.value, claim.qualifier


def _nearest(mentions: list[Mention], start: int) -> Mention | None:
    """The last town named before, or else the first one after."""
    before = [mention for mention in mentions if mention.start <= start]
    return before[-1] if before else next(iter(mentions), None)
