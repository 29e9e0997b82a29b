"""Which town a name in an article means: by what stands beside it, then by what was said before."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from towns.imports.article import questions
from towns.imports.article.result import Question
from towns.imports.gazetteer import Gazetteer, KnownTown, Mention, narrowed
from towns.language.sentences import is_closed

_BESIDE = 28
_LONGEST_HEADING = 90
_LONGEST_SLOGAN = 60
# 四会市 begins with no number: a Chinese one needs a sign after it.
_NUMBERING = re.compile(
    r"^[\s【\[(〔《<]*(?:(?:part|no\.?|town)\s*)?"
    r"(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3}(?=[\s】\])〕、.|/:·]))?[\s】\])〕、.|/:·]*",
    re.IGNORECASE,
)
_AREA_WORDS = re.compile(
    r"\b(?:District|City|County|Prefecture|Province|in|of|the|China)\b|[省市区县州旗]"
)
_SEPARATORS = " -—·|,、:/()【】[]〔〕《》<>#*~◆■●★▶►◎"
_UNKNOWN = re.compile(
    r"[\u3400-\u9fff]{1,8}[市区县旗][\s·|/-]{0,3}[\u3400-\u9fff]{1,8}(?:镇|乡|街道)|"
    r"(?:[A-Z][\w']* ){1,3}(?:District|City|County)\s?[-,|·/]\s?(?:[A-Z][\w']* ){1,3}"
    r"(?:Town|Township|Subdistrict)|"
    r"(?:[A-Z][\w']* ){1,3}(?:Town|Township|Subdistrict)\s?[-,|·/]\s?(?:[A-Z][\w']* ){1,3}"
    r"(?:District|City|County)"
)


@dataclass(frozen=True)
class TownHeading:
    code: str | None
    mention: Mention | None


@dataclass
class Places:
    """`whole` and `before` are folded: the article, and what of it was read already."""

    gazetteer: Gazetteer
    whole: str
    ask: Callable[[Question], str | None]
    before: list[str] = field(default_factory=list)
    decided: dict[str, KnownTown | None] = field(default_factory=dict)

    def mentions(self, folded: str) -> list[Mention]:
        return self.gazetteer.mentions(folded)

    def code(self, mention: Mention, folded: str, line: int) -> str | None:
        """The one town that is meant; asks, once for each name, where several may be."""
        town = self._beside(mention, folded)
        if town is None and mention.name not in self.decided:
            left = narrowed(mention.towns, folded)
            for context in ("\n".join(self.before), self.whole):
                left = narrowed(left, context, in_full=True)
            if len(left) > 1:
                chosen = self.ask(questions.which_town(line, mention.name, left))
                left = (self.gazetteer.town(chosen),) if chosen else ()
            self.decided[mention.name] = left[0] if len(left) == 1 else None
        town = town or self.decided.get(mention.name)
        if town is not None:
            self.decided[mention.name] = town
        return town.code if town else None

    def _beside(self, mention: Mention, folded: str) -> KnownTown | None:
        left = narrowed(mention.towns, folded[max(0, mention.start - _BESIDE) : mention.start])
        left = narrowed(left, folded[mention.end : mention.end + _BESIDE])
        return left[0] if len(left) == 1 else None

    def heading(self, folded: str, line: int) -> TownHeading | None:
        """Where the line is nothing but a town, its county and a number; or a town: a slogan."""
        if len(folded) > _LONGEST_HEADING:
            return None
        mentions = self.mentions(folded)
        if len(mentions) == 1 and self._is_heading(folded, mentions[0]):
            return TownHeading(self.code(mentions[0], folded, line), mentions[0])
        bare = _NUMBERING.sub("", folded).strip(_SEPARATORS)
        if _UNKNOWN.fullmatch(bare):
            named = mentions[0].towns if len(mentions) == 1 else ()
            chosen = self.ask(questions.unknown_town(line, folded, named))
            return None if chosen == "" else TownHeading(self._known_code(chosen), None)
        return None

    def _known_code(self, chosen: str | None) -> str | None:
        town = self.gazetteer.town(chosen or "")
        return town.code if town else None

    def _is_heading(self, folded: str, mention: Mention) -> bool:
        if self.leftover(_NUMBERING.sub("", folded[: mention.start]), mention):
            return False
        raw = folded[mention.end :].lstrip()
        is_slogan = raw[:1] in tuple(":|—-") and len(raw) <= _LONGEST_SLOGAN and not is_closed(raw)
        return is_slogan or not self.leftover(raw, mention)

    def leftover(self, text: str, mention: Mention) -> str:
        """What stands beside a town besides the names of its county, prefecture, province."""
        for town in mention.towns if text.strip(_SEPARATORS) else ():
            for area in town.above:
                for name in (area.name_zh, area.name_zh[:-1], area.name_en):
                    text = text.replace(name, " ") if len(name) > 1 else text
        return _AREA_WORDS.sub("", text).strip(_SEPARATORS)
