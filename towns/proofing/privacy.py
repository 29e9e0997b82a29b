"""Numbers of private persons, which no public text may carry."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from towns.proofing.remark import Draft, Remark, Severity

IDENTITY, MOBILE = "private.identity-number", "private.mobile-number"
_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_numbers(draft: Draft) -> Iterator[Remark]:
    said = _("The identity-card number %s must not become public.")
    for passage in draft.passages:
        for found in _IDENTITY.finditer(passage.text):
            if is_identity_number(found[0]):
                shown = f"{found[0][:4]}…{found[0][-2:]}"
                yield Remark(IDENTITY, Severity.STOPS, said % shown, passage.block)


def mobile_numbers(draft: Draft) -> Iterator[Remark]:
    said = _("The mobile number %s must not become public.")
    for passage in draft.passages:
        for found in _MOBILE.finditer(passage.text):
            digits = re.sub(r"\D", "", found[0])[-11:]
            shown = f"{digits[:3]}****{digits[-4:]}"
            yield Remark(MOBILE, Severity.STOPS, said % shown, passage.block)


def is_identity_number(text: str) -> bool:
    """By its check character (GB 11643), so that other long numbers pass."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return "10X98765432"[total % 11] == text[-1].upper()
