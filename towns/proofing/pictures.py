from collections.abc import Iterator

from django.utils.translation import gettext as _

from towns.language.bilingual import EN, ZH
from towns.models import PhotoBlock
from towns.proofing.remark import Draft, Remark, Severity

NO_ALT = "picture.alternative-text"


def without_alt(draft: Draft) -> Iterator[Remark]:
    """The caption can take its place, where there is one."""
    words = {
        ZH: _("The picture has no Chinese alternative text."),
        EN: _("The picture has no English alternative text."),
    }
    for block in draft.blocks:
        if not isinstance(block, PhotoBlock):
            continue
        missing = [code for code in draft.languages if not block.photo.alts.get(code)]
        can_cure = all(block.captions.get(code) for code in missing)
        for code in missing:
            cure = _("Take the caption") if can_cure else ""
            yield Remark(NO_ALT, Severity.WARNS, words[code], block, block.photo, cure)
