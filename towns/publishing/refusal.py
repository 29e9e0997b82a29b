"""Why an act is refused, in words for the person who asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from towns.models import Document


@dataclass(frozen=True)
class Finding:
    """One thing to put right; `block` is the block's place from 1, or None for the article.

    `record` is a record that is not public yet: publishing it along with the article cures it.
    `check` names the check of `towns.proofing` that found it.
    """

    message: str
    block: int | None = None
    record: Any = None
    check: str = ""


class RefusedError(Exception):
    """The act did not happen, and nothing was changed by asking for it."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.findings = list(findings)


class NotReadyError(RefusedError):
    """It cannot go out as it stands; `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(finding.message for finding in findings), findings)


class TextChangedError(RefusedError):
    """What was read is no longer what stands there; `read` is None where it was never kept."""

    def __init__(self, message: str, *, read: Document | None, now: Document) -> None:
        super().__init__(message)
        self.read, self.now = read, now
