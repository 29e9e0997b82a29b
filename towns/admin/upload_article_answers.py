"""What a person ticked, chose and wrote beside a reading, as the answers of its upload."""

from typing import Any

from django.http import QueryDict

from towns.imports.article import Refused
from towns.imports.article.reading import wanted_key
from towns.imports.article.result import Question
from towns.imports.draft import Reading, read_upload
from towns.imports.draft.keeping import COLUMN, ORIGIN
from towns.imports.draft.lists import KEY as EDITION
from towns.imports.gazetteer import Gazetteer
from towns.models import ArticleUpload

LEFT_OPEN = "-"
_LONGEST = 500


def take_answers(upload: ArticleUpload, reading: Reading, posted: QueryDict) -> None:
    """Answers to what was not shown stay as they are."""
    answers: dict[str, Any] = dict(upload.answers)
    for question in reading.article.questions:
        _answer(question, answers, posted, reading.gazetteer)
    _ticked(reading, answers, posted)
    for key in (COLUMN, ORIGIN, EDITION):
        if key in posted:
            answers[key] = posted[key].strip()[:_LONGEST]
    for line in _numbers(posted.getlist("want")):
        answers[wanted_key(line)] = "1"
    for line in _numbers(posted.getlist("unwant")):
        answers.pop(wanted_key(line), None)
    upload.answers = answers
    upload.save(update_fields=["answers"])


def put_in_order(upload: ArticleUpload) -> None:
    """The screen asks for pictures in the order of their captions: as many as those, they are."""
    reading = read_upload(upload)
    if isinstance(reading, Refused):
        return
    for question in reading.article.questions:
        if question.kind == "pictures_to_place" and question.answer is None:
            answer = question.accepted("in_order")
            upload.answers |= {question.key: answer} if answer else {}
    upload.save(update_fields=["answers"])


def _ticked(reading: Reading, answers: dict[str, Any], posted: QueryDict) -> None:
    for new in reading.parties.values():
        _tick(new.key, answers, posted)
        for part in ("kind", "is"):
            answers[f"{new.key}-{part}"] = posted.get(f"{new.key}-{part}", "")[:_LONGEST]
    for fact in reading.facts:
        if fact.can_be_kept:
            _tick(fact.key, answers, posted)
        if fact.indicator:
            said = posted.get(f"{fact.key}-indicator", "").strip()
            answers[f"{fact.key}-indicator"] = said[:200]


def wanted_lines(upload: ArticleUpload) -> list[int]:
    """What a person took back from what was dropped."""
    keys = (key.removeprefix("wanted-") for key in upload.answers if key.startswith("wanted-"))
    return sorted(_numbers(list(keys)))


def _numbers(said: list[str]) -> list[int]:
    return [int(one) for one in said if one.isdecimal() and len(one) < 7]


def _tick(key: str, answers: dict[str, Any], posted: QueryDict) -> None:
    answers[key] = "1" if key in posted else "0"


def _answer(
    question: Question, answers: dict[str, Any], posted: QueryDict, gazetteer: Gazetteer
) -> None:
    free = posted.get(f"{question.key}-free", "").strip()[:_LONGEST]
    said = posted.get(question.key)
    if question.free and free:
        said = free if question.free == "words" else _town(free, question, gazetteer) or said
    if said is None:
        return
    if said == LEFT_OPEN:
        answers.pop(question.key, None)
    else:
        answers[question.key] = said


def _town(said: str, question: Question, gazetteer: Gazetteer) -> str:
    """The code of the one town that bears this name or code."""
    towns = gazetteer.towns_called(said)
    return towns[0].code if len(towns) == 1 else ""
