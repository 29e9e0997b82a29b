"""The one form of bytes in which a content is digested, kept and compared."""

import datetime as dt
import hashlib
import json
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

SCHEMA = 1


def plain(value: Any) -> Any:
    """The value in JSON's own types: NFC text, decimals as strings, times in UTC.

    Raises TypeError for a float, a naive time or anything else without one canonical form.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", str(value))
        case Decimal():
            return _decimal(value)
        case dt.datetime():
            return _utc(value)
        case dt.date() | uuid.UUID():
            return str(value)
        case Mapping():
            return {_key(key): plain(item) for key, item in value.items()}
        case Sequence() if not isinstance(value, bytes | bytearray):
            return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical_bytes(kind: str, content: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON of `{"content": …, "kind": …, "schema": 1}` with sorted keys and no spaces."""
    envelope = {"schema": SCHEMA, "kind": kind, "content": plain(content)}
    text = json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("keys are text")
    return unicodedata.normalize("NFC", key)


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise TypeError("a decimal is finite")
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _utc(value: dt.datetime) -> str:
    if value.tzinfo is None:
        raise TypeError("a time has its zone")
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
