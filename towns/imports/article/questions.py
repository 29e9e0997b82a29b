"""Everything that a reader may have to ask, with its choices, in the language of who reads it."""

from collections.abc import Iterable

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from towns.imports.article.result import Choice, Question
from towns.imports.gazetteer import KnownTown

WHICH_ARTICLE = "which_article"
_MOST_TOWNS = 30
_EXCERPT = 60


def excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"


def which_town(line: int, name: str, towns: Iterable[KnownTown]) -> Question:
    language = get_language() or "zh-hans"
    choices = [Choice(town.code, town.label(language)) for town in towns]
    text = _("Which %(name)s is meant? %(count)d towns have this name, and nothing says which.")
    return Question(
        "which_town",
        (line,),
        text % {"name": name, "count": len(choices)},
        (*choices[:_MOST_TOWNS], Choice("", _("none of these"))),
        free="town",
    )


def unknown_town(line: int, heading: str, towns: Iterable[KnownTown]) -> Question:
    """`towns` have the name, but in another county."""
    language = get_language() or "zh-hans"
    text = _("“%(heading)s” looks like the heading of a town, but no such town is known.")
    choices = (
        *[Choice(town.code, town.label(language)) for town in towns][:_MOST_TOWNS],
        Choice("", _("it is no town")),
    )
    said = {"heading": excerpt(heading)}
    return Question("unknown_town", (line,), text % said, choices, free="town")


def is_caption(line: int, said: str) -> Question:
    text = _("Is “%(text)s” the caption of the picture beside it?")
    choices = (Choice("caption", _("a caption")), Choice("paragraph", _("ordinary text")))
    return Question("is_caption", (line,), text % {"text": excerpt(said)}, choices)


def is_credit(line: int, said: str) -> Question:
    text = _("Is “%(text)s” the name of who made the picture?")
    choices = (Choice("credit", _("yes, a credit")), Choice("caption", _("no, it is the caption")))
    return Question("is_credit", (line,), text % {"text": excerpt(said)}, choices)


def caption_without_picture(line: int, said: str) -> Question:
    text = _("The caption “%(text)s” has no picture beside it.")
    choices = (
        Choice("no_picture", _("the picture is missing: keep the caption")),
        Choice("paragraph", _("ordinary text")),
    )
    return Question("caption_without_picture", (line,), text % {"text": excerpt(said)}, choices)


def one_or_all(lines: tuple[int, ...], said: str, count: int) -> Question:
    text = _("Is “%(text)s” the caption of all %(count)d pictures before it, or of the last?")
    choices = (Choice("all", _("of all")), Choice("last", _("of the last one")))
    said = excerpt(said)
    return Question("one_or_all", lines, text % {"text": said, "count": count}, choices)


def pictures_without_caption(lines: tuple[int, ...]) -> Question:
    text = ngettext(
        "A picture has neither caption nor credit.",
        "%(count)d pictures have neither caption nor credit.",
        len(lines),
    )
    choices = (
        Choice("write", _("write them afterwards")),
        Choice("leave_out", _("leave the pictures out")),
    )
    return Question("picture_without_caption", lines, text % {"count": len(lines)}, choices)


def pictures_to_place(lines: tuple[int, ...], count: int) -> Question:
    """The pictures came beside the text: in the order of the captions, or not."""
    text = _("%(pictures)d pictures came with the text, which has %(captions)d captions.")
    by_hand = Choice("by_hand", _("place them by hand"))
    in_order = Choice("in_order", _("they belong together in this order"))
    choices = (in_order, by_hand) if len(lines) == count else (by_hand,)
    said = {"pictures": count, "captions": len(lines)}
    return Question("pictures_to_place", lines, text % said, choices)


def ranks_or_numbers(lines: tuple[int, ...], count: int) -> Question:
    text = _("Are the numbers 1 to %(count)d of this list ranks, or do they only count the lines?")
    choices = (Choice("ranks", _("ranks")), Choice("numbers", _("they count the lines")))
    return Question("ranks_or_numbers", lines, text % {"count": count}, choices)


def whose_claim(line: int, sentence: str, codes: Iterable[tuple[str, str]]) -> Question:
    text = _("Of which town is this said: “%(text)s”")
    choices = (*(Choice(code, name) for code, name in codes), Choice("", _("none of these")))
    return Question("whose_claim", (line,), text % {"text": sentence}, choices, free="town")


def rank_of_what(line: int, sentence: str) -> Question:
    text = _("Is this a rank on the national list: “%(text)s”")
    choices = (Choice("national", _("yes")), Choice("other", _("no, on another list")))
    return Question("rank_of_what", (line,), text % {"text": sentence}, choices)


def rank_of_which_year(line: int, sentence: str) -> Question:
    text = _("Is this a rank of the same year's list: “%(text)s”")
    choices = (Choice("same", _("yes")), Choice("other", _("no, of another year")))
    return Question("rank_of_which_year", (line,), text % {"text": sentence}, choices)


def which_article(names: Iterable[str], chosen: int) -> Question:
    names = list(names)
    text = _("There are %(count)d articles in this file. Read now: number %(chosen)d.")
    choices = tuple(Choice(str(n), name or "–") for n, name in enumerate(names, start=1))
    said = {"count": len(names), "chosen": chosen}
    return Question("which_article", (), text % said, choices, key=WHICH_ARTICLE)


def no_title() -> Question:
    choices = (Choice("write", _("write it")),)
    return Question("no_title", (), _("No title was found."), choices, free="words")
