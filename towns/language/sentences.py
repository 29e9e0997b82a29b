"""Where sentences and clauses end, in the two languages."""

import re
from collections.abc import Iterator

_ENDS = re.compile(
    r"[。！？!?…]+[”’\"')）」』]*|(?<!\bNo)(?<!\bCo)(?<!\bMr)(?<!\bDr)(?<!\bSt)\.[”’\"')]*(?=\s+[A-Z\"“‘(\u3400-\u9fff]|\s*$)"
)
_LONGEST_ENDING = 12
_CLOSED = re.compile(r"[。！？!?…；;.][”’\"')）」』\s]*$")


def sentences(text: str) -> Iterator[str]:
    """The sentences as written, each with its mark."""
    start = 0
    for end in _ENDS.finditer(text):
        if sentence := text[start : end.end()].strip():
            yield sentence
        start = end.end()
    if rest := text[start:].strip():
        yield rest


def is_closed(text: str) -> bool:
    """Whether a sentence ends here: verses and headings do not."""
    return bool(_CLOSED.search(text[-_LONGEST_ENDING:]))
