from collections.abc import Iterator

from django.utils.translation import gettext as _

from towns.language.bilingual import EN, ZH
from towns.models import HeadingBlock, TextBlock
from towns.proofing.remark import Draft, Remark, Severity

ONE_SIDED = "language.one-sided"


def one_sided(draft: Draft) -> Iterator[Remark]:
    """A block that says something in one language only, where the article has both."""
    if len(draft.languages) < 2:
        return
    words = {ZH: _("The Chinese is missing here."), EN: _("The English is missing here.")}
    for block in draft.blocks:
        if isinstance(block, HeadingBlock | TextBlock):
            said = block.texts if isinstance(block, HeadingBlock) else block.htmls
            missing = [code for code in draft.languages if not said.get(code)]
            if len(missing) == 1:
                yield Remark(ONE_SIDED, Severity.NOTES, words[missing[0]], block)
