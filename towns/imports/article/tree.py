"""A small tree of an HTML text, however broken, in time and memory that grow with its length.

The standard library's parser takes quadratic time for what is left open: a few hundred kilobytes of
`<a <a <a` hold it for minutes. Here every search for an end goes over the text once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

from towns.imports.article.lines import TooLongError

VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
))  # fmt: skip
# What an opening tag of the first kind ends where it is still open.
_ENDS = {
    "p": ("p",),
    "li": ("li",),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
}
_DEEPEST = 120
_MOST = 200_000
_MOST_ATTRIBUTES = 100
_UNREAD = ("script", "style")
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?>[^"'>]++|"[^"]*+"|'[^']*+')*+)>"""
)
_ATTRIBUTE = re.compile(r"""([^\s=>/"']++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"']++))?""")


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def answers(self, what: str, value: str) -> bool:
        """Whether its tag is this, or its attribute has this among its words."""
        if what == "tag":
            return self.tag == value
        said = self.attributes.get(what)
        return bool(said) and value in said.split()

    def everything(self) -> "Iterator[Node]":
        """This element and all inside, in the order of the text."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def text(self) -> str:
        stack: list[Node | str] = [self]
        said = []
        while stack:
            one = stack.pop()
            if isinstance(one, str):
                said.append(one)
            else:
                stack.extend(reversed(one.children))
        return "".join(said)


def parsed(text: str) -> Node:
    """Raises `RefusedError` where it is more than a page."""
    builder = _Builder()
    position = 0
    while (start := text.find("<", position)) >= 0:
        builder.text(text[position:start])
        position = _markup(text, start, builder)
    builder.text(text[position:])
    return builder.root


def _markup(text: str, start: int, builder: "_Builder") -> int:
    """Take what begins here; where the text goes on."""
    if text.startswith("<!--", start):
        return _after(text, "-->", start + 4)
    if text.startswith(("<!", "<?"), start):
        return _after(text, ">", start)
    if not (tag := _TAG.match(text, start)):
        return _broken(text, start, builder)
    name = tag["name"].lower()
    if tag["end"]:
        builder.end(name)
    elif name in _UNREAD:
        return _after_unread(text, name, tag.end())
    else:
        builder.start(name, tag["rest"])
    return tag.end()


def _broken(text: str, start: int, builder: "_Builder") -> int:
    """A tag without its end, as far as the next >; or a < that is only a sign."""
    if not text[start + 1 : start + 3].strip("/")[:1].isalpha():
        builder.text("<")
        return start + 1
    return _after(text, ">", start)


def _after(text: str, end: str, start: int) -> int:
    found = text.find(end, start)
    return len(text) if found < 0 else found + len(end)


def _after_unread(text: str, name: str, start: int) -> int:
    closing = re.compile(f"</{name}", re.IGNORECASE).search(text, start)
    return _after(text, ">", closing.end()) if closing else len(text)


class _Builder:
    def __init__(self) -> None:
        self.root = Node("")
        self.open = [self.root]
        self.count = 0

    def start(self, tag: str, rest: str) -> None:
        while self.open[-1].tag in _ENDS.get(tag, ()):
            self.open.pop()
        self._count()
        attributes: dict[str, str] = {}
        for found in islice(_ATTRIBUTE.finditer(rest), _MOST_ATTRIBUTES):
            value = (found[2] or "").strip("\"'")
            attributes.setdefault(found[1].lower(), unescape(value))
        node = Node(tag, attributes)
        self.open[-1].children.append(node)
        if tag not in VOID and len(self.open) < _DEEPEST:
            self.open.append(node)

    def end(self, tag: str) -> None:
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                return

    def text(self, text: str) -> None:
        if text:
            self._count()
            self.open[-1].children.append(unescape(text))

    def _count(self) -> None:
        self.count += 1
        if self.count > _MOST:
            raise TooLongError
