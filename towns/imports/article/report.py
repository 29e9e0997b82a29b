"""What was understood, as lines for a person at a terminal."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from towns.imports.article.questions import excerpt
from towns.imports.article.result import Article, Figure


def report(article: Article) -> str:
    return "\n".join([*_head(article), *_sections(article), *_contents(article), *_asked(article)])


def _head(article: Article) -> Iterator[str]:
    at = f"{article.published_at:%Y-%m-%d %H:%M}" if article.published_at else ""
    said = (
        (_("Title"), article.title),
        (_("Publisher"), article.publisher),
        (_("Published"), at.removesuffix(" 00:00")),
        (_("Place"), article.place),
    )
    yield from (f"{label}: {value or '–'}" for label, value in said)


def _labels() -> dict[str, str]:
    return {
        "rank": _("rank"),
        "change": _("change of rank"),
        "streak": _("years running"),
        "first_time": _("first time"),
        "amount": _("yuan"),
        "photographed": _("photographed by"),
        "courtesy": _("courtesy of"),
        "source": _("picture source"),
    }


def _sections(article: Article) -> Iterator[str]:
    for section in article.sections:
        yield f"# {section.heading} ({section.town_code or '–'})"
        yield from (f"  ## {subheading}" for subheading in section.subheadings)


def _contents(article: Article) -> Iterator[str]:
    for figure in article.figures:
        yield f"△ {figure.line}: {figure.caption or '–'} [{_credits(figure)}]"
    labels = _labels()
    for claim in article.claims:
        value = "" if claim.value is None else f" {claim.value:,}"
        label = labels[claim.kind]
        yield f"= {claim.town_code or '–'} {label}{value}: {excerpt(claim.sentence)}"
    for signed in article.signoffs:
        yield f"✎ {signed.said}"
    for dropped in article.dropped:
        yield f"✗ {dropped.line}: {excerpt(dropped.text)}"


def _credits(figure: Figure) -> str:
    labels = _labels()
    return "; ".join(f"{labels[one.kind]} {one.party}" for one in figure.credits) or "–"


def _asked(article: Article) -> Iterator[str]:
    count = len(article.questions)
    yield ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}
    for question in article.questions:
        where = ", ".join(str(line) for line in question.lines)
        yield f"? {where} {question.text}"
        yield from (f"    - {choice.label}" for choice in question.choices)
