"""What was understood, as plain values for JSON: the names of the keys are relied upon."""

from decimal import Decimal
from typing import Any

from towns.imports.article.result import Article, Claim, Figure, Question


def summary(article: Article) -> dict[str, Any]:
    at = article.published_at
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "publisher": article.publisher,
        "published_at": at.isoformat() if at else None,
        "place": article.place,
        "language": article.language,
        "sections": [
            {
                "heading": section.heading,
                "town_code": section.town_code,
                "subheadings": list(section.subheadings),
            }
            for section in article.sections
        ],
        "figures": [_figure(figure) for figure in article.figures],
        "claims": [_claim(claim) for claim in article.claims],
        "signoffs": [
            {"role": one.role, "names": list(one.names), "line": one.line}
            for one in article.signoffs
        ],
        "dropped": [
            {"line": one.line, "text": one.text, "reason": one.reason} for one in article.dropped
        ],
        "questions": [_question(question) for question in article.questions],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    credits = [
        {
            "kind": credit.kind,
            "party": credit.party,
            "unit": credit.unit,
            "known_as": credit.known_as,
        }
        for credit in figure.credits
    ]
    return {
        "caption": figure.caption,
        "credits": credits,
        "line": figure.line,
        "picture": figure.picture,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    """A sum is a text, so that no reader makes a float of it."""
    value = f"{claim.value:f}" if isinstance(claim.value, Decimal) else claim.value
    return {
        "kind": claim.kind,
        "town_code": claim.town_code,
        "value": value,
        "qualifier": claim.qualifier,
        "sentence": claim.sentence,
        "lines": list(claim.lines),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "lines": list(question.lines),
        "text": question.text,
        "choices": [{"value": choice.value, "label": choice.label} for choice in question.choices],
    }
