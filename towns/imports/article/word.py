"""Word files (.docx): paragraphs, headings, bold, tables and where the pictures stand.

A .docx is a .zip: word/document.xml holds the text, word/_rels/document.xml.rels says which picture
an r:embed is, word/styles.xml what the styles are called, in the language of whoever wrote it.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from towns.imports.article.lines import (
    MOST_LINES,
    PICTURE,
    ROW,
    Line,
    Received,
    TooLongError,
)
from towns.imports.article.members import Members
from towns.imports.article.xml import Attributes, read_xml
from towns.language.script import tidy

DOCUMENT = "word/document.xml"
_HEADING = re.compile(r"^(?:heading|标题)\s*([1-6])$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|标题|subtitle|副标题)$", re.IGNORECASE)
_CAPTION = re.compile(r"^(?:caption|题注)$", re.IGNORECASE)
# A drawing stands twice where older programs need another form of it.
_SKIPPED = frozenset(("Fallback", "del", "moveFrom", "instrText", "delText", "comment"))


@dataclass
class _Document:
    styles: dict[str, str]
    pictures: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    style: str = ""
    bold: int = 0
    plain: int = 0
    run_is_bold: bool = False
    is_text: bool = False
    skipping: int = 0
    row: list[str] | None = None

    def start(self, qualified: str, attributes: Attributes) -> None:
        name = qualified.rpartition(" ")[2]
        if self.skipping or name in _SKIPPED:
            self.skipping += 1
            return
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        match name:
            case "p":
                self.style, self.bold, self.plain = "", 0, 0
            case "pStyle":
                self.style = self.styles.get(said.get("val", ""), "")
            case "r":
                self.run_is_bold = False
            case "b":
                self.run_is_bold = said.get("val", "1") not in ("0", "false", "none")
            case "blip" | "imagedata":
                self._picture(said.get("embed") or said.get("id") or "")
            case _:
                self._start_text(name)

    def _start_text(self, name: str) -> None:
        match name:
            case "t":
                self.is_text = True
            case "tab":
                self.text.append(" ")
            case "br" | "cr":
                self._end_line()
            case "tr":
                self.row = []

    def end(self, qualified: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        match qualified.rpartition(" ")[2]:
            case "t":
                self.is_text = False
            case "p" if self.row is None:
                self._end_line()
            case "tc" if self.row is not None:
                self.row.append(" ".join(tidy("".join(self.text)).split()))
                self.text = []
            case "tr" if self.row is not None:
                self._end_row(self.row)

    def data(self, text: str) -> None:
        if not self.is_text or self.skipping:
            return
        self.text.append(text)
        if self.run_is_bold:
            self.bold += len(text.strip())
        else:
            self.plain += len(text.strip())

    def _end_line(self) -> None:
        text = " ".join(tidy("".join(self.text)).split())
        self.text = []
        if text:
            heading = _HEADING.match(self.style)
            line = Line(0, text, is_bold=self.bold > 0 and not self.plain)
            level = int(heading[1]) if heading else int(bool(_TITLE.match(self.style)))
            self._add(replace(line, level=level, is_caption=bool(_CAPTION.match(self.style))))

    def _end_row(self, cells: list[str]) -> None:
        self.row = None
        if len([cell for cell in cells if cell]) > 1:
            self._add(Line(0, "\t".join(cells).strip(), kind=ROW))
        elif text := "".join(cells):
            self._add(Line(0, text))

    def _picture(self, relation: str) -> None:
        if name := self.pictures.get(relation):
            if self.row is None:
                self._end_line()
            self._add(Line(0, "", kind=PICTURE, picture=name))

    def _add(self, line: Line) -> None:
        if len(self.lines) >= MOST_LINES:
            raise TooLongError
        self.lines.append(replace(line, number=len(self.lines) + 1))


def read_word(members: Members) -> Received:
    pictures = tuple(
        picture for picture in members.pictures() if picture.name.startswith("word/media/")
    )
    document = _Document(_styles(members), _relations(members))
    read_xml(members.read(DOCUMENT), start=document.start, end=document.end, text=document.data)
    return Received(tuple(document.lines), pictures=pictures)


def _relations(members: Members) -> dict[str, str]:
    """Which member of the file each picture is; pictures elsewhere in the network are none."""
    found: dict[str, str] = {}

    def start(_name: str, attributes: Attributes) -> None:
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") != "External" and "Id" in attributes:
            found[attributes["Id"]] = posixpath.normpath(posixpath.join("/word", target))[1:]

    _read_if_there(members, "word/_rels/document.xml.rels", start)
    return {key: name for key, name in found.items() if name in members.names}


def _styles(members: Members) -> dict[str, str]:
    found: dict[str, str] = {}
    identifier = ""

    def start(qualified: str, attributes: Attributes) -> None:
        nonlocal identifier
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        name = qualified.rpartition(" ")[2]
        if name == "style":
            identifier = said.get("styleId", "")
        elif name == "name" and identifier:
            found[identifier] = said.get("val", "")
            identifier = ""

    _read_if_there(members, "word/styles.xml", start)
    return found


def _read_if_there(members: Members, name: str, start: Callable[[str, Attributes], None]) -> None:
    if name in members.names:
        read_xml(members.read(name), start=start, end=lambda _n: None, text=lambda _t: None)
