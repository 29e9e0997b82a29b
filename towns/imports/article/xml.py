"""XML read as a stream, without document types: so no entity of its own can grow or fetch."""

from collections.abc import Callable
from xml.parsers import expat

from django.utils.translation import gettext as _

from towns.imports.article.lines import RefusedError

Attributes = dict[str, str]


def read_xml(
    data: bytes,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Names come as "namespace name". Raises `RefusedError`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 -- the parser's own positional argument
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError(_("The XML of this file is damaged or cut off.")) from error


def _refuse(*_declaration: object) -> None:
    raise RefusedError(_("This file declares a document type of its own, which is not accepted."))
