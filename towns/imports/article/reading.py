"""From the lines of one article to what is understood of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from towns.imports.article import questions
from towns.imports.article.asking import Asked
from towns.imports.article.body import Body
from towns.imports.article.claims import Claims
from towns.imports.article.figures import Figures
from towns.imports.article.head import read_head
from towns.imports.article.lines import PICTURE, TEXT, Line, Picture, Received
from towns.imports.article.places import Places
from towns.imports.article.result import Article, Claim, Dropped, Question, Signature
from towns.imports.gazetteer import Gazetteer
from towns.language.bilingual import EN, ZH
from towns.language.credits import marker
from towns.language.furniture import COMMENTS, MORE, furniture
from towns.language.script import fold, is_chinese
from towns.language.sentences import is_closed
from towns.language.signoffs import read_signoffs

_LONGEST_LINK = 60


@dataclass
class _Sorted:
    """The lines of the article without what stands around it."""

    lines: list[Line] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    signoffs: list[Signature] = field(default_factory=list)


def understand(
    received: Received, gazetteer: Gazetteer, answers: Mapping[str, str] | None = None
) -> Article:
    """`answers` by the keys of the questions, and of the lines that a person wants back."""
    asked = Asked(answers or {})
    received = replace(received, lines=_wanted_back(received.lines, asked.answers))
    head = read_head(received)
    kept = _sort(head.rest)
    whole = "\n".join([head.title, head.publisher, *(line.text for line in kept.lines)])
    body, claims = _read_body(kept.lines, head.title, whole, gazetteer, asked)
    publisher = head.publisher or _source(kept.signoffs)
    known = gazetteer.party(publisher)
    unplaced = _unplaced(received, body.figures, asked)
    if not head.title and (said := asked(questions.no_title())) not in (None, "write"):
        head.title = said.strip()
    return Article(
        title=head.title,
        subtitle=head.subtitle,
        publisher=publisher,
        publisher_uid=known.uid if known else "",
        published_at=head.published_at,
        place=head.place,
        language=ZH if is_chinese(whole) else EN,
        blocks=tuple(body.blocks),
        claims=tuple(claims),
        signoffs=tuple(kept.signoffs),
        dropped=_in_order(head.dropped, kept.dropped, body.dropped),
        questions=tuple(asked.questions),
        unplaced=unplaced,
        pictures=received.pictures,
        lines=received.lines,
        title_lines=tuple(head.title_lines),
        dateline=head.dateline,
    )


def wanted_key(line: int) -> str:
    """The answer `wanted-162`: this line was dropped, and a person takes it back."""
    return f"wanted-{line}"


def _wanted_back(lines: tuple[Line, ...], answers: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(
        replace(line, is_wanted=True, is_outside=False)
        if answers.get(wanted_key(line.number))
        else line
        for line in lines
    )


def _read_body(
    lines: list[Line],
    title: str,
    whole: str,
    gazetteer: Gazetteer,
    ask: Callable[[Question], str | None],
) -> tuple[Body, list[Claim]]:
    places = Places(gazetteer, fold(whole), ask)
    in_place = any(line.kind == PICTURE for line in lines)
    body = Body(lines, places, Figures(gazetteer, ask, in_place, []), ask)
    body.read()
    claims = Claims(places, ask, title)
    claims.read(body.blocks)
    return body, claims.found


def _source(signoffs: list[Signature]) -> str:
    """来源：肇庆发布 under an article names its publisher where nothing else does."""
    sources = [one.names[0] for one in signoffs if one.role == "source" and one.names]
    return sources[0] if len(sources) == 1 else ""


def _unplaced(
    received: Received, figures: Figures, ask: Callable[[Question], str | None]
) -> tuple[Picture, ...]:
    """Pictures that came beside the article and stand nowhere in it."""
    used = {figure.picture for figure in figures.all()}
    unplaced = tuple(picture for picture in received.pictures if picture.name not in used)
    if unplaced:
        captions = tuple(one.line for one in figures.of_no_picture())
        if ask(questions.pictures_to_place(captions, len(unplaced))) == "in_order":
            figures.place(picture.name for picture in unplaced)
            return ()
    return unplaced


def _in_order(*dropped: list[Dropped]) -> tuple[Dropped, ...]:
    return tuple(sorted((one for some in dropped for one in some), key=lambda one: one.line))


def _sort(lines: list[Line]) -> _Sorted:
    kept = _Sorted()
    for index, line in enumerate(lines):
        if line.kind != TEXT or line.is_wanted or marker(line.text):
            kept.lines.append(line)
            continue
        reason = furniture(line.text)
        if reason == COMMENTS or (reason == MORE and _are_links(lines[index + 1 :])):
            _sort_rest(kept, lines[index:], reason)
            break
        if reason:
            kept.dropped.append(Dropped(line.number, line.text, reason))
        elif not _sign(kept, line):
            kept.lines.append(line)
    return kept


def _sort_rest(kept: _Sorted, lines: list[Line], reason: str) -> None:
    """After the comment form or the links to other posts nothing belongs to the article."""
    for line in lines:
        if line.is_wanted:
            kept.lines.append(line)
        elif not _sign(kept, line):
            said = furniture(line.text) or reason
            kept.dropped.append(Dropped(line.number, line.text or line.picture, said))


def _sign(kept: _Sorted, line: Line) -> bool:
    signed = read_signoffs(line.text)
    # 图源：高要发布 under a picture is its credit; the figures take it.
    if not signed or ([one.role for one in signed] == ["photographs"] and _follows_picture(kept)):
        return False
    kept.signoffs += [Signature(one.role, one.names, line.number, one.said) for one in signed]
    return True


def _follows_picture(kept: _Sorted) -> bool:
    before = kept.lines[-1] if kept.lines else None
    return before is not None and (before.kind == PICTURE or bool(marker(before.text)))


def _are_links(lines: list[Line]) -> bool:
    return all(len(line.text) <= _LONGEST_LINK and not is_closed(line.text) for line in lines)
