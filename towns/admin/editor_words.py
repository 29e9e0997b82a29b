"""What the scripts of the article editor say; `{braces}` are filled in by them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from towns.language.bilingual import EN, current_language
from towns.models import (
    HeadingBlock,
    PhotoBlock,
    ProjectsBlock,
    QuotationBlock,
    RankingBlock,
    StatisticsBlock,
    TextBlock,
)


def words() -> dict[str, Any]:
    is_english = current_language() == EN
    return {
        "comma": ", " if is_english else " ",
        "colon": ": " if is_english else "：",
        "languages": {"zh": "中文", "en": "English"},
        "levels": {"2": _("Section"), "3": _("Subheading")},
        "keys": {"insert": "Alt N"},
        "acts": _acts(),
        "tools": _tools(),
        "empty": _("nothing written yet"),
        "block": _("Block {number}, {kind}"),
        "blockOf": _("Block {number} of {total}, {kind}"),
        "blocks": [ngettext("{n} block", "{n} blocks", count) for count in (1, 2)],
        "pictures": [ngettext("{n} picture", "{n} pictures", count) for count in (1, 2)],
        "moved": _("Moved to block {number} of {total}"),
        "noFurther": _("It cannot go further."),
        "removed": _("Block {number}, {kind}, deleted."),
        "undoHint": _("Ctrl Z on a header brings it back."),
        "back": _("Back as block {number} of {total}"),
        "insertAfter": _("Insert after block {number}"),
        "insertFirst": _("Insert at the beginning"),
        "paletteHint": _("Arrows choose, Enter inserts, Esc closes"),
        "pasted": _("Pasted; {blocks} blocks were added for headings and the text under them."),
        "foldAll": _("Fold all"),
        "unfoldAll": _("Unfold all"),
        "noValues": _("The records could not be read just now."),
        "previewShown": _("Preview shown"),
        "previewHidden": _("Preview closed"),
        "asInForm": _("As it is in the form now, word for word as it will be published."),
        "leftOut": _("As it is in the form now. Left out because not complete: {blocks}."),
        "noPreview": _("The preview could not be made just now: this is the saved text."),
    }


def _acts() -> dict[str, str]:
    return {
        "up": _("Move block {number}, {kind}, up"),
        "down": _("Move block {number}, {kind}, down"),
        "remove": _("Delete block {number}, {kind}"),
        "insert": _("Insert after block {number}"),
    }


def _tools() -> dict[str, str]:
    """The text editor's own buttons, which know no Chinese."""
    return {
        "bold": _("Bold"),
        "italic": _("Italic"),
        "link": _("Link"),
        "unlink": _("Remove the link"),
        "bulletList": _("Bulleted list"),
        "orderedList": _("Numbered list"),
        "blockquote": pgettext("in a text", "Quotation"),
        "history:undo": pgettext("typing", "Undo"),
        "history:redo": pgettext("typing", "Redo"),
    }


def palette(model: type) -> list[dict[str, Any]]:
    """What a type of block is called where it is chosen; a heading is offered at both levels."""
    from_record = _("from the record")
    named = {
        TextBlock: [{"name": _("Text"), "hint": _("one paragraph or more")}],
        PhotoBlock: [{"name": _("Picture"), "hint": _("from the library")}],
        HeadingBlock: [
            {"name": _("Section"), "hint": _("may name its town"), "level": "2"},
            {"name": _("Subheading"), "hint": _("within a section"), "level": "3"},
        ],
        StatisticsBlock: [{"name": _("Statistics"), "hint": from_record}],
        RankingBlock: [{"name": _("Ranking"), "hint": from_record}],
        ProjectsBlock: [{"name": _("Projects"), "hint": from_record}],
        QuotationBlock: [{"name": pgettext("block", "Quotation"), "hint": _("and who said it")}],
    }
    return named[model]
