"""The text of an article as the blocks of the draft, in order, in the language it is written in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from towns.imports.article.result import Block, Figure, Heading, Paragraph, Subheading, TownList
from towns.imports.draft.credits import Credits, placeholder
from towns.imports.draft.hands import Hands
from towns.imports.draft.pictures import Pictures
from towns.language.bilingual import ZH
from towns.models import Article, HeadingBlock, Photo, PhotoBlock, PhotoCredit, TextBlock, Town

_STEP = 10
_LONGEST_HEADING = 200


def column(name: str, language: str) -> str:
    """text → text_zh"""
    return f"{name}_{'zh' if language == ZH else 'en'}"


@dataclass
class Blocks:
    article: Article
    language: str
    towns: Mapping[str, Town]
    pictures: Pictures
    credits: Credits
    hands: Hands
    said: Mapping[int, str]
    town: Town | None = None
    kept: dict[int, Photo] = field(default_factory=dict)
    _ordering: int = 0

    def make(self, blocks: Iterable[Block]) -> None:
        """Paragraphs that follow one another are one text."""
        for is_text, group in groupby(
            blocks, lambda block: isinstance(block, Paragraph | TownList)
        ):
            if is_text:
                self._text(format_html_join("", "{}", ((_html(one),) for one in group)))
                continue
            for block in group:
                self._one(block)

    def _one(self, block: Block) -> None:
        match block:
            case Heading():
                self.town = self.towns.get(block.town_code or "")
                self._heading(block, HeadingBlock.Level.SECTION, town=self.town)
            case Subheading():
                self._heading(block, HeadingBlock.Level.SUBHEADING)
            case Figure():
                self._figure(block)

    def _add(self, model: type[Model], **values: Any) -> None:
        self._ordering += _STEP
        model.objects.create(parent=self.article, region="main", ordering=self._ordering, **values)

    def _text(self, html: SafeString) -> None:
        self._add(TextBlock, **{column("html", self.language): html})

    def _heading(self, block: Heading | Subheading, level: int, town: Town | None = None) -> None:
        text = {column("text", self.language): block.text[:_LONGEST_HEADING]}
        self._add(HeadingBlock, level=level, town=town, **text)

    def _figure(self, figure: Figure) -> None:
        photo = self.pictures.get(figure.picture)
        if photo is None:
            self._without_file(figure)
            return
        caption = {}
        if figure.picture in self.pictures.held or photo.pk in self.kept:
            caption = self._reused(photo, figure)
        else:
            self._new(photo, figure)
        self.kept[photo.pk] = photo
        self._add(PhotoBlock, photo=photo, **caption)

    def _new(self, photo: Photo, figure: Figure) -> None:
        setattr(photo, column("caption", self.language), figure.caption)
        photo.save()
        if self.town:
            photo.towns.add(self.town)
        for order, (kind, party) in enumerate(self.credits.of(figure), start=1):
            PhotoCredit.objects.create(photo=photo, order=order, kind=kind, party=party)
        self.hands.made(photo, figure.line)

    def _reused(self, photo: Photo, figure: Figure) -> dict[str, str]:
        """The picture stays as people left it; only the caption here may be another."""
        credited = {(credit.kind, credit.party_id) for credit in photo.credits.all()}
        wanted = {(kind, party.pk) for kind, party in self.credits.of(figure)}
        if not wanted <= credited:
            said = _("The picture is in the library already, with other credits: “%(caption)s”.")
            self.hands.leave_open(figure.line, said % {"caption": self._words(figure)})
        self.hands.found(photo, figure.line)
        name = column("caption", self.language)
        return {name: figure.caption} if figure.caption != getattr(photo, name) else {}

    def _without_file(self, figure: Figure) -> None:
        """The caption stays in its place as words, so that nothing is lost."""
        list(self.credits.of(figure))  # the parties that were ticked are made all the same
        words = self._words(figure)
        if words:
            self._text(format_html("<p>{}</p>", words))
        reason = self.pictures.refused.get(figure.picture, "")
        said = _("The picture is still missing: %(caption)s") % {"caption": words or "–"}
        self.hands.leave_open(figure.line, f"{said} {reason}".strip())

    def _words(self, figure: Figure) -> str:
        return placeholder(figure, self.said.get(figure.line, ""))


def _html(block: Paragraph | TownList) -> SafeString:
    if isinstance(block, TownList):
        items = format_html_join("", "<li><p>{}</p></li>", ((one.text,) for one in block.towns))
        return format_html("<ul>{}</ul>", items)
    lines = ((line,) for line in block.text.split("\n"))
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", lines))
