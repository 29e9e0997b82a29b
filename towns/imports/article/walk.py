"""From a tree of HTML to the lines of an article: blocks end lines, styles get their meaning."""

import re
from dataclasses import dataclass, field, replace

from towns.imports.article.lines import MOST_LINES, PICTURE, ROW, Line, Picture, TooLongError
from towns.imports.article.tree import Node
from towns.language.script import tidy

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "thead",
    "tr", "ul",
))  # fmt: skip
_SKIPPED = frozenset(
    ["script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "select"]
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NARROWEST = 60
_FLATTEST = 0.12


@dataclass
class _Said:
    """The line that is being put together."""

    text: list[str] = field(default_factory=list)
    bold: int = 0
    plain: int = 0


@dataclass
class _Walk:
    root: Node
    aside: frozenset[int]
    pictures: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    said: _Said = field(default_factory=_Said)

    def element(self, node: Node, style: Line) -> None:
        style = self._style(node, style)
        if id(node) in self.aside or _is_hidden(node, self.root):
            return
        if node.tag == "tr":
            self._row(node, style)
        elif node.tag == "img":
            self._picture(node, style)
        elif node.tag == "br":
            self.end(style)
        else:
            self._inside(node, style)

    def _inside(self, node: Node, style: Line) -> None:
        is_block = node.tag in _BLOCKS
        if is_block:
            self.end(replace(style, level=0, is_caption=False))
        for child in node.children:
            if isinstance(child, Node):
                self.element(child, style)
            else:
                self._text(child, style)
        if is_block:
            self.end(style)

    def _text(self, text: str, style: Line) -> None:
        self.said.text.append(text)
        if style.is_bold:
            self.said.bold += len(text.strip())
        else:
            self.said.plain += len(text.strip())

    def _row(self, row: Node, style: Line) -> None:
        self.end(style)
        cells = [child for child in row.children if isinstance(child, Node)]
        texts = [" ".join(tidy(cell.text()).split()) for cell in cells]
        if any(node.tag in ("img", "p", "tr") for cell in cells for node in cell.everything()):
            # A table that lays out a page, as Blogger does for a picture with its caption.
            for cell in cells:
                self._inside(cell, self._style(cell, style))
                self.end(self._style(cell, style))
        elif any(texts):
            is_row = len([text for text in texts if text]) > 1
            kind, joined = (ROW, "\t".join(texts)) if is_row else (style.kind, "".join(texts))
            self._add(replace(style, text=joined.strip(), kind=kind))

    def _picture(self, node: Node, style: Line) -> None:
        self.end(style)
        address = next(filter(None, map(node.get, ("data-src", "data-original", "src"))), "")
        if not address:
            return
        name = re.split(r"[?#]", address)[0].rsplit("/", 1)[-1]
        known = self.pictures.get(name, "" if address.startswith("data:") else address)
        self._add(
            replace(style, kind=PICTURE, picture=known or "data:", is_ornament=_is_ornament(node))
        )

    def _style(self, node: Node, style: Line) -> Line:
        if node is self.root:
            style = replace(style, is_outside=False)
        if node.tag in ("b", "strong") or _BOLD_STYLE.search(node.get("style")):
            style = replace(style, is_bold=True)
        if len(node.tag) == 2 and node.tag[0] == "h" and node.tag[1] in "123456":
            style = replace(style, level=int(node.tag[1]))
        if node.tag == "figcaption" or node.answers("class", "tr-caption"):
            style = replace(style, is_caption=True)
        return style

    def end(self, style: Line) -> None:
        text = " ".join(tidy("".join(self.said.text)).split())
        if text:
            is_bold = self.said.bold > 0 and self.said.plain == 0
            self._add(replace(style, text=text, is_bold=is_bold))
        self.said = _Said()

    def _add(self, line: Line) -> None:
        if len(self.lines) >= MOST_LINES:
            raise TooLongError
        self.lines.append(replace(line, number=len(self.lines) + 1))


def lines_in(
    tree: Node, root: Node, *, aside: tuple[Node, ...], pictures: tuple[Picture, ...]
) -> tuple[Line, ...]:
    """All lines of the page; those outside the root are marked so."""
    names = {picture.name.rsplit("/", 1)[-1]: picture.name for picture in pictures}
    walk = _Walk(root, frozenset(map(id, aside)), names)
    start = Line(0, "", is_outside=root is not tree)
    walk.element(tree, start)
    walk.end(start)
    return tuple(walk.lines)


def _is_hidden(node: Node, root: Node) -> bool:
    # WeChat hides the article itself until its script has run.
    if node is root:
        return False
    return node.tag in _SKIPPED or bool(_HIDDEN.search(node.get("style")))


def _is_ornament(node: Node) -> bool:
    """A dividing line or an icon: very small, or very flat."""
    widths = [_number(node.get(name)) for name in ("width", "data-w")]
    width = next((value for value in widths if value), 0)
    ratio = _number(node.get("data-ratio"))
    return 0 < width < _NARROWEST or 0 < ratio < _FLATTEST


def _number(text: str) -> float:
    found = re.match(r"\d{1,6}(?:\.\d{1,6})?", text.strip())
    return float(found[0]) if found else 0.0
