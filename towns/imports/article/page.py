"""HTML: an article saved from WeChat or Blogger, any other page, or a piece that was pasted.

<h1 id="activity-name">…</h1> <a id="js_name">肇庆发布</a>           WeChat
<div id="js_content"><p><img data-src="…"></p><p>△金利镇。陈彦成 摄</p></div>
<script>var ct = "1697800560"; …</script>                            its time, hidden
<h3 class="post-title">…</h3> <div class="post-body">…</div>         Blogger
"""

import datetime as dt
import re

from towns.imports.article.lines import Picture, Received
from towns.imports.article.plain import decoded
from towns.imports.article.tree import Node, parsed
from towns.imports.article.walk import lines_in
from towns.language.datelines import from_seconds, read_time
from towns.language.script import tidy

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_SCRIPTED = r"""["']?\s{0,9}[:=]\s{0,9}(?:JsDecode\()?["']"""
_SECONDS = re.compile(
    rf"\b(?:ct|create_time|ori_create_time|publish_time){_SCRIPTED}(\d{{10}})[\"']"
)
_WRITTEN = re.compile(
    rf"\b(?:createTime|create_time|publish_time){_SCRIPTED}(\d{{4}}-\d\d-\d\d[ \d:]{{0,9}})[\"']"
)
_PROVINCE = re.compile(r"""\bprovinceName["']?\s*:\s*["']([^"']{1,20})["']""")
_ROOTS = (
    ("id", "js_content"),
    ("class", "post-body"),
    ("class", "entry-content"),
    ("itemprop", "articleBody"),
    ("tag", "article"),
    ("tag", "body"),
)
_TITLES = (
    ("id", "activity-name"),
    ("class", "post-title"),
    ("class", "entry-title"),
    ("tag", "h1"),
    ("tag", "title"),
)


def read_page(data: bytes, pictures: tuple[Picture, ...] = ()) -> Received:
    return read_html(_text(data), pictures)


def read_html(text: str, pictures: tuple[Picture, ...] = ()) -> Received:
    """Pictures that were saved beside the page are found by the last part of their address."""
    tree = parsed(text)
    root = _first(tree, _ROOTS) or tree
    title = _first(tree, _TITLES)
    is_page = root is not tree and root.tag != "body"
    return Received(
        lines_in(tree, root, aside=_aside(tree) if is_page else (), pictures=pictures),
        title="" if root is tree else _said(title),
        publisher=_said(_first(tree, (("id", "js_name"),))),
        published_at=_written_time(tree) or _hidden_time(text),
        place=_place(tree, text),
        pictures=pictures,
    )


def _text(data: bytes) -> str:
    """By the charset that the page names, where it is one; or else as any text."""
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    if name in ("gb2312", "gbk", "gb18030", "big5", "big5-hkscs"):
        try:
            return data.decode("gb18030" if name.startswith("gb") else "big5hkscs")
        except UnicodeDecodeError:
            pass
    return decoded(data)


def _first(tree: Node, wanted: tuple[tuple[str, str], ...]) -> Node | None:
    """The first element that answers the first of the descriptions that any answers."""
    found: dict[tuple[str, str], Node] = {}
    for node in tree.everything():
        for key in wanted:
            if key not in found and node.answers(*key):
                found[key] = node
    return next((found[key] for key in wanted if key in found), None)


def _aside(tree: Node) -> tuple[Node, ...]:
    """What is read already, and needs no mention among what was dropped."""
    ids = ("activity-name", "js_name", "publish_time", "js_ip_wording")
    keys = [("id", value) for value in ids] + [("tag", "title"), ("class", "post-title")]
    return tuple(node for node in tree.everything() if any(node.answers(*key) for key in keys))


def _said(node: Node | None) -> str:
    return " ".join(tidy(node.text()).split()) if node else ""


def _written_time(tree: Node) -> dt.date | None:
    for node in tree.everything():
        if node.answers("id", "publish_time"):
            return read_time(_said(node))
        if node.answers("class", "published") or node.answers("itemprop", "datePublished"):
            said = (node.get(name) for name in ("title", "datetime", "content"))
            return read_time(next((value for value in said if value), _said(node)))
    return None


def _hidden_time(text: str) -> dt.date | None:
    if found := _SECONDS.search(text):
        return from_seconds(found[1])
    found = _WRITTEN.search(text)
    return read_time(found[1]) if found else None


def _place(tree: Node, text: str) -> str:
    node = _first(tree, (("id", "js_ip_wording"),))
    if said := re.sub(r"^(?:发表于|發表於|Published in)\s*", "", _said(node)):
        return said
    found = _PROVINCE.search(text)
    return tidy(found[1]) if found else ""
