"""How a reading is shown: the lines of the source, and beside them what was understood of each."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from towns.imports.article.lines import PICTURE
from towns.imports.article.questions import WHICH_ARTICLE
from towns.imports.article.result import (
    Article,
    Claim,
    Credit,
    Figure,
    Heading,
    Subheading,
    TownList,
)
from towns.imports.draft import Reading
from towns.imports.draft.facts import Fact, Standing
from towns.imports.draft.keeping import ORIGIN
from towns.imports.draft.parties import compared_name
from towns.language.bilingual import current_language
from towns.language.numbers import scaled
from towns.models import PhotoCredit

LINE_KINDS = {
    "title": _("title"),
    "dateline": _("publisher and time"),
    "section": _("section"),
    "subheading": _("subheading"),
    "figure": _("caption"),
    "picture": _("picture"),
    "list": _("list"),
    "signoff": _("signed by"),
    "dropped": _("dropped"),
}
REASONS = {
    "date": _("date of the blog"),
    "repeat": _("title once more"),
    "outside": _("outside the article"),
    "comments": _("comments"),
    "prompt": _("prompt to readers"),
    "navigation": _("navigation"),
    "divider": _("dividing line"),
    "related": _("links to other posts"),
    "ornament": _("ornament"),
    "left_out": _("picture left out"),
    "file": _("other file"),
}
STANDINGS = {
    Standing.NEW: pgettext_lazy("found in an article", "new"),
    Standing.SAME: _("as in the records"),
    Standing.DIFFERS: _("differs from the record"),
    Standing.NO_TOWN: _("no town: not kept"),
    Standing.NO_LIST: _("no list chosen: not kept"),
}
_QUALIFIERS = {"about": _("about"), "over": _("over"), "under": _("under"), "exact": ""}


@dataclass
class ShownLine:
    number: int
    pieces: list[tuple[str, bool]]
    kind: str = ""
    is_picture: bool = False

    @property
    def label(self) -> Any:
        return LINE_KINDS.get(self.kind, "")


@dataclass
class ShownCredit:
    kind: Any
    name: str
    is_known: bool


@dataclass
class ShownFigure:
    figure: Figure
    credits: list[ShownCredit]
    has_file: bool


@dataclass
class ShownSection:
    """`heading` is nothing for what stands before the first one."""

    heading: Heading | None
    town: str = ""
    pieces: list[tuple[str, Any]] = field(default_factory=list)
    subheadings: int = 0
    figures: int = 0


@dataclass
class ShownFact:
    fact: Fact
    words: str
    town: str
    standing: Any


def page_of(reading: Reading) -> dict[str, Any]:
    article = reading.article
    facts = [_fact(fact) for fact in reading.facts]
    return {
        "reading": reading,
        "article": article,
        "lines": list(_lines(article)),
        # Empty lines are not shown, but counted.
        "line_count": article.lines[-1].number,
        "sections": _sections(reading),
        "questions": article.questions,
        "others": [
            choice
            for question in article.questions
            if question.kind == WHICH_ARTICLE
            for choice in question.choices
        ],
        "open_count": len(article.open_questions),
        "answered_count": len(article.questions) - len(article.open_questions),
        "issued": _issued(article.published_at),
        "origin_url": reading.answers.get(ORIGIN, ""),
        "parties": list(reading.parties.values()),
        "facts": [one for one in facts if one.fact.claim.kind != "amount"],
        "sums": [one for one in facts if one.fact.claim.kind == "amount"],
        "dropped": [(one, REASONS.get(one.reason, one.reason)) for one in article.dropped],
        "counts": _counts(reading),
        "known_publisher": _known_publisher(reading),
    }


def _counts(reading: Reading) -> list[tuple[int, str]]:
    article = reading.article
    towns = {one.town_code for one in article.sections if one.town_code}
    subheadings = sum(len(one.subheadings) for one in article.sections)
    figures, records = len(article.figures), len(article.claims)
    return [
        (len(towns), ngettext("town", "towns", len(towns))),
        (subheadings, ngettext("subheading", "subheadings", subheadings)),
        (figures, ngettext("caption", "captions", figures)),
        (records, ngettext("number", "numbers", records)),
        (len(article.dropped), gettext("dropped")),
    ]


def _issued(at: dt.date | None) -> str:
    if isinstance(at, dt.datetime):
        return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return f"{at:%Y-%m-%d}" if at else ""


def _known_publisher(reading: Reading) -> str:
    party = reading.gazetteer.party(reading.article.publisher)
    return (party.name_zh or party.name_en) if party else ""


# The source ---------------------------------------------------------------------------------


def _lines(article: Article) -> Iterator[ShownLine]:
    kinds = _kinds(article)
    quoted: dict[int, list[str]] = {}
    for claim in article.claims:
        quoted.setdefault(claim.lines[0], []).append(claim.sentence)
    for line in article.lines:
        text = line.text or line.picture
        pieces = list(_marked(text, quoted.get(line.number, [])))
        yield ShownLine(line.number, pieces, kinds.get(line.number, ""), line.kind == PICTURE)


def _marked(text: str, sentences: list[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces; those that state something are marked."""
    spans = sorted({(text.find(one), len(one)) for one in sentences if one in text})
    end = 0
    for start, length in spans:
        if start > end:
            yield text[end:start], False
        if start + length > end:
            yield text[max(start, end) : start + length], True
            end = start + length
    if end < len(text):
        yield text[end:], False


def _kinds(article: Article) -> dict[int, str]:
    kinds = {line.number: "picture" for line in article.lines if line.kind == PICTURE}
    kinds |= dict.fromkeys(article.title_lines, "title")
    kinds |= {article.dateline: "dateline"}
    for block in article.blocks:
        match block:
            case Heading():
                kinds[block.line] = "section"
            case Subheading():
                kinds[block.line] = "subheading"
            case Figure():
                kinds[block.line] = "figure"
            case TownList():
                kinds |= {one.line: "list" for one in block.towns}
    kinds |= {one.line: "signoff" for one in article.signoffs}
    return kinds | {one.line: "dropped" for one in article.dropped}


# What was understood ------------------------------------------------------------------------


def _sections(reading: Reading) -> list[ShownSection]:
    sections = [ShownSection(None)]
    for block in reading.article.blocks:
        if isinstance(block, Heading):
            sections.append(ShownSection(block, _town(reading, block.town_code)))
            continue
        last = sections[-1]
        if isinstance(block, Figure):
            last.figures += 1
            last.pieces.append(("figure", _figure(reading, block)))
        elif isinstance(block, Subheading):
            last.subheadings += 1
            last.pieces.append(("subheading", block))
        elif isinstance(block, TownList):
            last.pieces.append(("list", block))
    return [one for one in sections if one.heading or one.pieces]


def _town(reading: Reading, code: str | None) -> str:
    town = reading.gazetteer.town(code or "")
    return town.label(current_language()) if town else ""


def _figure(reading: Reading, figure: Figure) -> ShownFigure:
    credits = [_credit(reading, credit) for credit in figure.credits]
    return ShownFigure(figure, credits, reading.has_file(figure))


def _credit(reading: Reading, credit: Credit) -> ShownCredit:
    new = reading.parties.get(compared_name(credit.party))
    known = credit.known_as or (new.said if new and new.uid else "")
    label = PhotoCredit.Kind(credit.kind).label
    return ShownCredit(label, known or credit.party, bool(known))


def _fact(fact: Fact) -> ShownFact:
    town = str(fact.town) if fact.town else ""
    return ShownFact(fact, words_of(fact.claim), town, STANDINGS[fact.standing])


def words_of(claim: Claim) -> str:
    """第 816 位, 上升 84 位, 连续三年, 首次, 164.38 亿元"""
    value = claim.value
    match claim.kind:
        case "rank":
            return gettext("rank %(rank)d") % {"rank": value}
        case "change" if value > 0:
            said = ngettext("up %(count)d place", "up %(count)d places", value)
            return said % {"count": value}
        case "change":
            said = ngettext("down %(count)d place", "down %(count)d places", -value)
            return said % {"count": -value}
        case "streak":
            said = ngettext("%(count)d year running", "%(count)d years running", value)
            return said % {"count": value}
        case "first_time":
            return gettext("for the first time")
    figure, step = scaled(value, current_language())
    said = pgettext("a sum of money", "%(qualifier)s %(figure)s %(step)s yuan")
    words = {"qualifier": _QUALIFIERS[claim.qualifier], "figure": figure, "step": step}
    return " ".join((said % words).split())
