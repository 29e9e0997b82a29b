"""The lines of an article as blocks: the first handler that knows a line takes it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from towns.imports.article import questions
from towns.imports.article.figures import Figures
from towns.imports.article.lines import PICTURE, ROW, TEXT, Line
from towns.imports.article.lists import find_lists
from towns.imports.article.places import Places, TownHeading
from towns.imports.article.result import (
    Block,
    Dropped,
    Figure,
    Heading,
    Paragraph,
    Question,
    Subheading,
    TownList,
)
from towns.language.credits import marker
from towns.language.script import fold, is_chinese
from towns.language.sentences import is_closed

_SHORT_LINE = 45
_LONGEST_HEADING = 40
_LETTERS_PER_CHARACTER = 3.6


@dataclass
class Body:
    lines: list[Line]
    places: Places
    figures: Figures
    ask: Callable[[Question], str | None]
    dropped: list[Dropped] = field(default_factory=list)
    headings: dict[int, TownHeading] = field(default_factory=dict)
    lists: dict[int, tuple[TownList, int]] = field(default_factory=dict)
    verse: bool = False
    has_begun: bool = False

    @property
    def blocks(self) -> list[Block]:
        return self.figures.blocks

    def read(self) -> None:
        self.lists = find_lists(self.lines, self.places, self.ask)
        self._find_headings()
        index = 0
        while index < len(self.lines):
            listed = self.lists.get(index)
            if listed:
                self.blocks.append(listed[0])
            else:
                self._line(index)
            index += listed[1] if listed else 1
        self.figures.finish()
        lines = self.figures.without_caption()
        if lines and self.ask(questions.pictures_without_caption(lines)) == "leave_out":
            left = self.figures.leave_out(lines)
            self.dropped += [Dropped(one.line, one.picture, "left_out") for one in left]

    def _find_headings(self) -> None:
        listed = {
            index for start, (_list, count) in self.lists.items()
            for index in range(start, start + count)
        }  # fmt: skip
        for index, line in enumerate(self.lines):
            folded = fold(line.text)
            may_be = line.kind == TEXT and index not in listed and not marker(line.text)
            if may_be and (heading := self.places.heading(folded, line.number)):
                self.headings[index] = heading
            self.places.before.append(folded)

    def _line(self, index: int) -> None:
        line = self.lines[index]
        verse, self.verse = self.verse, False
        if line.kind == PICTURE:
            self._picture(line)
        elif line.kind == ROW:
            self.blocks.append(Paragraph(line.number, line.text))
        elif self.figures.marked(line, is_picture_next=self._is_picture(index + 1)):
            return
        elif town := self.headings.get(index):
            self._section(line, town.code)
        elif not self._heading(index) and not self.figures.unmarked(line):
            self._paragraph(line, verse=verse)

    def _picture(self, line: Line) -> None:
        if line.is_ornament and not line.is_wanted:
            self.dropped.append(Dropped(line.number, line.picture, "ornament"))
        else:
            self.figures.picture(line)

    def _is_picture(self, index: int) -> bool:
        return index < len(self.lines) and self.lines[index].kind == PICTURE

    def _heading(self, index: int) -> bool:
        """A heading that is no town's alone: marked up as one, or set apart as one."""
        line = self.lines[index]
        is_marked = bool(line.level) or (line.is_bold and not is_closed(line.text))
        if not _is_short(line.text, _LONGEST_HEADING) or line.is_caption:
            return False
        if not line.level and self.headings and not self.has_begun:
            return False
        if not is_marked and not self._stands_as_heading(index):
            return False
        if not is_marked and self.figures.unmarked(line):
            return True
        if self._is_section(line):
            self._section(line, self._only_town(line))
        else:
            self.blocks.append(Subheading(line.number, line.text))
        return True

    def _is_section(self, line: Line) -> bool:
        """As high as the towns' headings; without those, as high as any, or any at all."""
        level = self._section_level
        if line.level:
            return line.level <= level
        return not self.headings and not (level and self.has_begun)

    @cached_property
    def _section_level(self) -> int:
        of_towns = [self.lines[index].level for index in self.headings]
        of_all = [other.level for other in self.lines if other.level]
        return max(of_towns, default=0) or min(of_all, default=0)

    def _section(self, line: Line, town_code: str | None) -> None:
        self.has_begun = True
        self.blocks.append(Heading(line.number, line.text, town_code))

    def _only_town(self, line: Line) -> str | None:
        folded = fold(line.text)
        mentions = self.places.mentions(folded)
        return self.places.code(mentions[0], folded, line.number) if len(mentions) == 1 else None

    def _stands_as_heading(self, index: int) -> bool:
        """A short line that ends no sentence, after a finished one and before a longer one."""
        line = self.lines[index]
        if is_closed(line.text) or line.text[-1] in ",，、:：—-" or not self.blocks:
            return False
        last, following = self.blocks[-1], self._text_after(index)
        if isinstance(last, Paragraph) and not is_closed(last.text):
            return False
        # A heading under a picture that wants a caption may be that caption.
        if isinstance(last, Figure) and not (last.caption or last.credits):
            return False
        return bool(following) and is_closed(following) and len(following) > len(line.text)

    def _text_after(self, index: int) -> str:
        for after in range(index + 1, min(index + 6, len(self.lines))):
            line = self.lines[after]
            if line.kind == TEXT and not marker(line.text):
                return "" if after in self.headings or after in self.lists else line.text
        return ""

    def _paragraph(self, line: Line, *, verse: bool) -> None:
        """Short lines of which none ends a sentence are one paragraph: verses."""
        is_open = _is_short(line.text, _SHORT_LINE) and not is_closed(line.text)
        last = self.blocks[-1] if self.blocks else None
        if verse and isinstance(last, Paragraph) and _is_short(line.text, _SHORT_LINE):
            self.blocks[-1] = replace(last, text=f"{last.text}\n{line.text}")
        else:
            if self.figures.may_be_caption(line):
                is_open = False
                if self.figures.doubtful(line):
                    return
            self.blocks.append(Paragraph(line.number, line.text))
        self.verse = is_open


def _is_short(text: str, characters: int) -> bool:
    return len(text) <= characters * (1 if is_chinese(text) else _LETTERS_PER_CHARACTER)
