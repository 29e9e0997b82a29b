"""The labels that say a machine made a picture, or helped to.

The implicit label of GB 45438-2025 is a JSON object:

    {"Label": "1", "ContentProducer": "…", "ProduceID": "…", "ReservedCode1": "",
     "ContentPropagator": "…", "PropagateID": "…", "ReservedCode2": ""}

IPTC's digital source type is an address whose last word is the type:
http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia
"""

import json
import re

FIELDS = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
# Real labels have a few hundred characters; all of the XMP in a JPEG can have 65,000 bytes.
LONGEST = 5000
_SOURCE_TYPE = re.compile(
    r"(https?://[a-z0-9.-]{1,60}/([a-z]+/)?digitalsourcetype/|digsrctype:)?[A-Za-z]{1,60}"
)


def source_type(text: str) -> str:
    """The type as it was written, or nothing if it is some other text."""
    return text.strip() if _SOURCE_TYPE.fullmatch(text.strip()) else ""


def ai_label(text: str) -> str:
    """The label unaltered, as the law asks; what does not belong to a label is taken out of it.

    Nothing where the text is no label at all.
    """
    text = text.strip("\0 \t\r\n")
    found = _object(text)
    inner = found.get("AIGC", found)
    if not isinstance(inner, dict):
        return ""
    kept = {name: inner[name] for name in FIELDS if isinstance(inner.get(name), str | int)}
    if not kept or _is_a_label_only(found, kept):
        return text if kept else ""
    return json.dumps(kept)


def _is_a_label_only(found: dict, kept: dict) -> bool:
    return found in (kept, {"AIGC": kept})


def _object(text: str) -> dict:
    if len(text) > LONGEST:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
