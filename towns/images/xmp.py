"""XMP packets, read with suspicion and written small.

    <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF …><rdf:Description photoshop:Credit="…">
      <dc:creator><rdf:Seq><rdf:li>…</rdf:li></rdf:Seq></dc:creator>
      <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">…</rdf:li></rdf:Alt></dc:rights>
    </rdf:Description></rdf:RDF></x:xmpmeta>

Only the picture's own properties count, not those of the pictures that it was made from, which
stand deeper inside. A property can be an element or an attribute.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

# Programs that keep every step of a picture's history in it reach some hundred kilobytes.
MAX_BYTES = 1024 * 1024
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    # TC260-PG-20258A, the practice guide to GB 45438-2025, names this one.
    "TC260": "http://www.tc260.org.cn/ns/AIGC/1.0/",
}
# Characters that XML 1.0 cannot hold even when they are escaped.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,3}")

# The descriptions of the picture: usually one.
Packet = list[Element]
Value = str | tuple[str, ...] | Mapping[str, str]


class _ForbiddenError(ValueError):
    pass


def parse(packet: object) -> Packet:
    """Nothing where there is no packet, or one that is damaged, too large or declares entities."""
    if not isinstance(packet, bytes) or len(packet) > MAX_BYTES:
        return []
    try:
        root = _tree(packet.strip(b"\0 \t\r\n"))
    except (expat.ExpatError, ValueError, LookupError):
        return []
    rdf = root if root.tag == _full("rdf:RDF") else root.find(_full("rdf:RDF"))
    return [] if rdf is None else rdf.findall(_full("rdf:Description"))


def texts(packet: Packet, name: str) -> list[str]:
    return [text for _language, text in alternatives(packet, name)]


def alternatives(packet: Packet, name: str) -> list[tuple[str, str]]:
    """The values of a property, each with its language (`x-default` where none is said)."""
    return [value for description in packet for value in _values(description, name)]


def write(properties: Mapping[str, Value]) -> bytes:
    """A tuple becomes an ordered list, a mapping texts by language. Empty values are left out."""
    inner = "".join(_property(name, value) for name, value in properties.items() if value)
    if not inner:
        return b""
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in NAMESPACES.items())
    return (
        "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}>'
        f'<rdf:Description rdf:about="">{inner}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta><?xpacket end='r'?>"
    ).encode()


def _property(name: str, value: Value) -> str:
    match value:
        case str():
            inner = _escaped(value)
        case tuple():
            inner = "".join(f"<rdf:li>{_escaped(text)}</rdf:li>" for text in value)
            inner = f"<rdf:Seq>{inner}</rdf:Seq>"
        case _:
            inner = "".join(
                f"<rdf:li xml:lang={quoteattr(language)}>{_escaped(text)}</rdf:li>"
                for language, text in value.items()
            )
            inner = f"<rdf:Alt>{inner}</rdf:Alt>"
    return f"<{name}>{inner}</{name}>"


def _escaped(text: str) -> str:
    return escape(FORBIDDEN.sub("", text))


def _values(description: Element, name: str) -> Iterator[tuple[str, str]]:
    if attribute := description.get(_full(name)):
        yield "x-default", attribute
    for element in description.findall(_full(name)):
        items = element.findall(f"*/{_full('rdf:li')}")
        for item in items or [element]:
            language = item.get(_LANG, "")
            text = item.get(_full("rdf:resource")) or item.text or ""
            yield language if _LANGUAGE.fullmatch(language) else "x-default", text


def _full(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _tree(data: bytes) -> Element:
    """The standard parsers of trees expand entities; this one ends at the first declaration."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _forbid
    parser.EntityDeclHandler = _forbid
    parser.StartElementHandler = lambda name, attributes: builder.start(
        _braced(name), {_braced(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: builder.end(_braced(name))
    parser.CharacterDataHandler = builder.data
    parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position only
    return builder.close()


def _forbid(*_declaration: object) -> None:
    raise _ForbiddenError


def _braced(name: str) -> str:
    return f"{{{name}" if "}" in name else name
