"""A Blogger feed (Atom), as its export or its address gives it.

<feed xmlns="http://www.w3.org/2005/Atom"><entry>
  <category term="http://schemas.google.com/blogger/2008/kind#post"/>
  <published>2023-10-20T20:00:00+08:00</published><title>…</title>
  <content type="html">&lt;p&gt;…</content></entry></feed>
"""

from dataclasses import dataclass, field, replace
from functools import partial

from django.utils.translation import gettext as _

from towns.imports.article.lines import Item, Opened, Picture, Received, RefusedError
from towns.imports.article.page import read_html
from towns.imports.article.xml import Attributes, read_xml
from towns.language.datelines import read_time
from towns.language.script import tidy

_KEPT = ("title", "published", "content", "summary", "type")
_KIND = "kind#"


@dataclass
class _Entry:
    said: dict[str, str] = field(default_factory=dict)
    kind: str = ""

    @property
    def is_post(self) -> bool:
        return (self.kind or self.said.get("type", "post")).lower() == "post"


@dataclass
class _Feed:
    entries: list[_Entry] = field(default_factory=list)
    path: list[str] = field(default_factory=list)

    def start(self, qualified: str, attributes: Attributes) -> None:
        name = qualified.rpartition(" ")[2]
        self.path.append(name)
        if name == "entry":
            self.entries.append(_Entry())
        elif name == "category" and self._is_inside() and _KIND in attributes.get("term", ""):
            self.entries[-1].kind = attributes["term"].rpartition(_KIND)[2]

    def end(self, _qualified: str) -> None:
        self.path.pop()

    def text(self, text: str) -> None:
        if self._is_inside() and self.path[-2] == "entry" and self.path[-1] in _KEPT:
            said = self.entries[-1].said
            said[self.path[-1]] = said.get(self.path[-1], "") + text

    def _is_inside(self) -> bool:
        return len(self.path) > 2 and "entry" in self.path[:-1]


def open_feed(data: bytes, pictures: tuple[Picture, ...] = ()) -> Opened:
    """The posts of the feed, in its order; comments and settings are left aside."""
    feed = _Feed()
    read_xml(data, start=feed.start, end=feed.end, text=feed.text)
    posts = [entry for entry in feed.entries if entry.is_post]
    if not posts:
        raise RefusedError(_("There is no post in this feed."))
    items = (
        Item(tidy(entry.said.get("title", "")), partial(_read, entry, pictures)) for entry in posts
    )
    return Opened(tuple(items))


def _read(entry: _Entry, pictures: tuple[Picture, ...]) -> Received:
    html = entry.said.get("content") or entry.said.get("summary", "")
    return replace(
        read_html(html, pictures),
        title=tidy(entry.said.get("title", "")),
        published_at=read_time(entry.said.get("published", "")),
    )
