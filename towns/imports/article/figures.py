"""Pictures, captions and credits brought together, in the order of the article."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from towns.imports.article import questions
from towns.imports.article.lines import Line
from towns.imports.article.result import Block, Credit, Figure, Question
from towns.imports.gazetteer import Gazetteer
from towns.language.credits import (
    MARKERS_ABOVE,
    Captioned,
    marker,
    of_several,
    read_caption,
    without_marker,
)
from towns.language.credits import Credit as SaidCredit
from towns.language.script import fold, is_chinese

_LONGEST_CAPTION = 160
_SHORT = 40


@dataclass
class Figures:
    """`blocks` are those of the article so far; the last figures may still want a caption."""

    gazetteer: Gazetteer
    ask: Callable[[Question], str | None]
    has_pictures_in_place: bool
    blocks: list[Block]
    waiting: Figure | None = None
    asked: set[int] = field(default_factory=set)

    def picture(self, line: Line) -> None:
        figure = Figure(line.number, picture=line.picture)
        if self.waiting:
            waiting, self.waiting = self.waiting, None
            figure = replace(waiting, picture=line.picture)
        self.blocks.append(figure)

    def marked(self, line: Line, *, is_picture_next: bool) -> bool:
        """A line with a triangle or an arrow: a caption, a credit or both."""
        sign = marker(line.text)
        if not sign:
            return False
        said = read_caption(line.text)
        text = without_marker(line.text)
        if not said.is_sure and self.ask(questions.is_credit(line.number, text)) == "caption":
            said = Captioned(text, ())
        if not is_picture_next or (sign not in MARKERS_ABOVE and self._open()):
            return self._caption(line, said)
        if sign not in MARKERS_ABOVE:
            asked = questions.caption_without_picture(line.number, line.text)
            if self.ask(asked) == "paragraph":
                return False
        self.waiting = self._figure(line.number, said)
        return True

    def unmarked(self, line: Line) -> bool:
        """A line without a sign that is a caption or credit for sure."""
        if len(line.text) > 3 * _LONGEST_CAPTION:
            return False
        if several := of_several(line.text):
            return self._credit_several(several)
        said = read_caption(line.text)
        if said.credits and not said.caption and said.is_sure and self._wants_credit():
            self._add_credits(said)
            return True
        is_short = len(line.text) <= _LONGEST_CAPTION * (1 if is_chinese(line.text) else 3)
        is_credited = bool(said.credits) and said.is_sure and is_short
        says_so = line.is_caption or fold(line.text).startswith("图为")
        if is_credited or (says_so and bool(self._open() or not self.has_pictures_in_place)):
            return self._caption(line, said)
        return False

    def may_be_caption(self, line: Line) -> bool:
        """A short line right under a picture that wants one."""
        limit = _SHORT * (1 if is_chinese(line.text) else 3)
        is_short = len(line.text) <= limit and not line.level and not line.is_bold
        return is_short and bool(self._open())

    def doubtful(self, line: Line) -> bool:
        """Asked, and kept as text unless a person says that it is the caption."""
        self.asked.add(len(self.blocks) - 1)
        is_caption = self.ask(questions.is_caption(line.number, line.text)) == "caption"
        return is_caption and self._caption(line, read_caption(line.text))

    def all(self) -> list[Figure]:
        return [block for block in self.blocks if isinstance(block, Figure)]

    def of_no_picture(self) -> list[Figure]:
        return [figure for figure in self.all() if not figure.picture]

    def without_caption(self) -> tuple[int, ...]:
        return tuple(
            block.line
            for index, block in enumerate(self.blocks)
            if isinstance(block, Figure)
            and not (block.caption or block.credits or index in self.asked)
        )

    def finish(self) -> None:
        if self.waiting:
            self.blocks.append(self.waiting)
            self.waiting = None

    def leave_out(self, lines: tuple[int, ...]) -> list[Figure]:
        left = [figure for figure in self.all() if figure.line in lines]
        self.blocks[:] = [block for block in self.blocks if block not in left]
        return left

    def place(self, pictures: Iterable[str]) -> None:
        """Each to the next caption that has none yet."""
        left = iter(pictures)
        for index, block in enumerate(self.blocks):
            if isinstance(block, Figure) and not block.picture and (name := next(left, "")):
                self.blocks[index] = replace(block, picture=name)

    def _caption(self, line: Line, said: Captioned) -> bool:
        """False where a person says that the line is none."""
        open_figures = self._open()
        if not open_figures:
            if self.has_pictures_in_place:
                asked = questions.caption_without_picture(line.number, without_marker(line.text))
                if self.ask(asked) == "paragraph":
                    return False
            self.blocks.append(self._figure(line.number, said))
            return True
        for index in self._captioned_by(line, said, open_figures):
            figure = self._figure(line.number, said)
            self.blocks[index] = replace(figure, picture=self.blocks[index].picture)
        return True

    def _captioned_by(self, line: Line, said: Captioned, open_figures: list[int]) -> list[int]:
        if not said.caption or _is_of_all(said) or len(open_figures) == 1:
            return open_figures
        lines = (*(self.blocks[index].line for index in open_figures), line.number)
        self.asked.update(open_figures)
        answer = self.ask(questions.one_or_all(lines, said.caption, len(open_figures)))
        return open_figures if answer == "all" else open_figures[-1:]

    def _figure(self, line: int, said: Captioned) -> Figure:
        return Figure(line, said.caption, self._credits(said.credits))

    def _credits(self, said: tuple[SaidCredit, ...]) -> tuple[Credit, ...]:
        return tuple(self._credit(one) for one in said)

    def _credit(self, said: SaidCredit) -> Credit:
        words = said.said.split(" ")
        tails = (" ".join(words[start:]) for start in range(len(words)))
        known = self.gazetteer.party(said.party, *tails)
        uid, name = (known.uid, known.name_zh or known.name_en) if known else ("", "")
        return Credit(said.kind, said.party, said.unit, uid, name)

    def _open(self) -> list[int]:
        """The places of the pictures that stand last and have neither caption nor credit."""
        places = []
        for index in range(len(self.blocks) - 1, -1, -1):
            block = self.blocks[index]
            if not isinstance(block, Figure) or block.caption or block.credits:
                break
            places.insert(0, index)
        return places

    def _wants_credit(self) -> bool:
        last = self.blocks[-1] if self.blocks else None
        return isinstance(last, Figure) and bool(last.caption) and not last.credits

    def _add_credits(self, said: Captioned) -> None:
        self.blocks[-1] = replace(self.blocks[-1], credits=self._credits(said.credits))

    def _credit_several(self, several: tuple[int, str]) -> bool:
        count, text = several
        said = read_caption(text)
        if not said.credits or said.caption:
            return False
        places = [
            index
            for index, block in enumerate(self.blocks)
            if isinstance(block, Figure) and not block.credits
        ]
        for index in places[-count:] if count else places:
            self.blocks[index] = replace(self.blocks[index], credits=self._credits(said.credits))
        return bool(places)


def _is_of_all(said: Captioned) -> bool:
    """组图, 上图与下图, 图①…图②: the caption itself says that it is of several."""
    folded = fold(said.caption)
    return "组图" in folded or ("上图" in folded and "下图" in folded) or "②" in folded
