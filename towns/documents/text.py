"""A Document as plain text, one line per thing that is read."""

from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from towns.documents.shapes import Bilingual
from towns.language.bilingual import EN, speak


class _Lines(HTMLParser):
    """Collects the text of HTML, a line per paragraph, heading or list item."""

    _ENDS = frozenset({"p", "li", "br", "h2", "h3", "h4", "blockquote"})

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "br":
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._ENDS:
            self.lines.append("")


def html_lines(html: str) -> list[str]:
    parser = _Lines()
    parser.feed(html)
    parser.close()
    return [line.strip() for line in parser.lines if line.strip()]


def article_lines(content: dict[str, Any], language: str) -> list[str]:
    """The text of an article in one language, in reading order."""
    lines = head_lines(content, language)
    for block in content["blocks"]:
        lines.extend(block_lines(block, language))
    return [line for line in lines if line]


def head_lines(content: dict[str, Any], language: str) -> list[str]:
    """What stands above the text: title, standfirst, who issued it when, and a correction note."""
    publisher = content["publisher"]
    issued = [_name(publisher, language) if publisher else "", str(content["issued_at"] or "")]
    said = (content["title"], content["summary"], content["note"])
    title, summary, correction = (_say(text, language) for text in said)
    lines = (title, summary, " ".join(part for part in issued if part), correction)
    return [line for line in lines if line]


def block_lines(block: dict[str, Any], language: str) -> Iterable[str]:
    match block["type"]:
        case "heading":
            yield _say(block["text"], language)
        case "text":
            yield from html_lines(block["html"].get(language, ""))
        case "quotation":
            yield from (line.strip() for line in _say(block["text"], language).splitlines())
            yield said_by(block, language)
        case "photo":
            yield _say(block["photo"]["caption"], language)
            yield from (_name(credit["party"], language) for credit in block["photo"]["credits"])
        case _:
            yield from _quoted_lines(block, language)


def _quoted_lines(block: dict[str, Any], language: str) -> Iterable[str]:
    """What a block says of the records it quotes."""
    match block["type"]:
        case "statistics":
            for statistic in block["statistics"]:
                words = (
                    _say(statistic["about"], language),
                    _say(statistic["indicator"], language),
                    _say(statistic["scope"], language),
                    statistic["qualifier"],
                    statistic["value"],
                    statistic["unit"],
                )
                yield " ".join(str(word) for word in words if word)
        case "ranking":
            for entry in block["entries"]:
                yield f"{_name(entry['town'], language)} {entry['rank'] or '–'}"
        case "projects":
            for project in block["projects"]:
                words = (_name(project, language), project["status"], project["amount"] or "")
                yield " ".join(str(word) for word in words if word)


def said_by(block: dict[str, Any], language: str) -> str:
    """Who said a quotation: the party, the name or office, or both."""
    party = _name(block["party"], language) if block["party"] else ""
    said = (party, speak(block["speaker"], language).text)
    return (" · " if language == EN else "　").join(part for part in said if part)


def _say(said: Bilingual, language: str) -> str:
    return said.get(language, "")


def _name(named: dict[str, Any], language: str) -> str:
    return speak(named["name"], language).text
