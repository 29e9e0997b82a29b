"""Two texts of an article laid side by side: block by block, and within a block word by word."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime

from towns.documents.article import only_languages
from towns.documents.difference import Mark, Piece, difference
from towns.documents.text import block_lines
from towns.language.bilingual import speak

Content = dict[str, Any]


@dataclass(frozen=True)
class MarkedBlock:
    """A block of the new text (of the old one where it was removed) with what changed in it."""

    number: int
    kind: str
    mark: Mark | None
    block: Content
    lines: list[list[Piece]] = field(default_factory=list)
    change: int = 0

    @property
    def is_changed(self) -> bool:
        return self.mark is not Mark.SAME

    @property
    def has_number(self) -> bool:
        return any(
            piece.has_number and piece.mark is not Mark.SAME
            for line in self.lines
            for piece in line
        )


def marked(old: Content | None, new: Content, language: str) -> list[MarkedBlock]:
    """All blocks in reading order, changes numbered from 1. Without `old`, nothing is marked."""
    new = only_languages(new, [language])
    old = only_languages(old, [language]) if old else None
    blocks = [_head(old, new, language), *_blocks(old, new, language)]
    return list(_numbered(blocks))


def _numbered(blocks: Iterable[MarkedBlock]) -> Iterable[MarkedBlock]:
    change = 0
    for block in blocks:
        change += block.is_changed
        number = change if block.is_changed else 0
        yield MarkedBlock(block.number, block.kind, block.mark, block.block, block.lines, number)


def _head(old: Content | None, new: Content, language: str) -> MarkedBlock:
    after = _head_lines(new, language)
    before = _head_lines(old, language) if old else after
    mark = Mark.SAME if before == after else None
    return MarkedBlock(0, "head", mark, new, _compared(before, after))


def _head_lines(content: Content, language: str) -> list[str]:
    """Title, standfirst, who issued it when, and a correction note: always four lines, so that
    each is laid beside its own."""
    publisher = content["publisher"]
    name = speak(publisher["name"], language).text if publisher else ""
    at = parse_datetime(content["issued_at"]) if content["issued_at"] else None
    issued = f"{name} {localtime(at):%Y-%m-%d %H:%M}" if at else name
    said = (content[key].get(language, "") for key in ("title", "summary", "note"))
    title, summary, correction = said
    return [title, summary, issued.strip(), correction]


def _blocks(old: Content | None, new: Content, language: str) -> Iterable[MarkedBlock]:
    after = new["blocks"]
    before = old["blocks"] if old else after
    keys = [json.dumps(block, sort_keys=True) for block in before]
    new_keys = [json.dumps(block, sort_keys=True) for block in after]
    for tag, a, b, c, d in SequenceMatcher(None, keys, new_keys, autojunk=False).get_opcodes():
        if tag == "equal":
            for number, block in enumerate(after[c:d], start=c + 1):
                yield MarkedBlock(number, block["type"], Mark.SAME, block)
        else:
            yield from _changed(before[a:b], after[c:d], c, language)


def _changed(
    before: list[Content], after: list[Content], start: int, language: str
) -> Iterable[MarkedBlock]:
    """Old and new are paired in order where they are of one type; the rest came or went."""
    for number, (old, new) in enumerate(_paired(before, after)):
        place = start + number + 1
        if old and new:
            lines = _compared(block_lines(old, language), block_lines(new, language))
            changed = any(piece.mark is not Mark.SAME for line in lines for piece in line)
            # Another picture under the same caption is a change without a changed word.
            is_same = not changed and old["type"] in ("heading", "text")
            yield MarkedBlock(place, new["type"], Mark.SAME if is_same else None, new, lines)
        else:
            mark, block = (Mark.ADDED, new) if new else (Mark.REMOVED, old)
            lines = [[Piece(mark, line)] for line in block_lines(block, language)]
            yield MarkedBlock(place, block["type"], mark, block, lines)


def _paired(
    before: list[Content], after: list[Content]
) -> Iterable[tuple[Content | None, Content | None]]:
    types = [block["type"] for block in before], [block["type"] for block in after]
    for tag, a, b, c, d in SequenceMatcher(None, *types, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
        else:
            yield from ((old, None) for old in before[a:b])
            yield from ((None, new) for new in after[c:d])


def _compared(before: Iterable[str], after: Iterable[str]) -> list[list[Piece]]:
    """Line by line where there are as many, else as one text."""
    old, new = list(before), list(after)
    if len(old) != len(new):
        return [difference("\n".join(old), "\n".join(new))]
    return [difference(a, b) for a, b in zip_longest(old, new, fillvalue="")]
