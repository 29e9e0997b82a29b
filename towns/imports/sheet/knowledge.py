"""What a sheet may refer to by name, fetched once for a sheet and only when it is asked for."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from towns.imports.sheet.describing import AskError, WrongError, with_id
from towns.imports.sheet.outcome import Choice, Question
from towns.imports.sheet.places import Place, Places, Said, known_places
from towns.language.bilingual import pick
from towns.language.script import fold, tidy
from towns.models import Project, Ranking, Region, Source

M = TypeVar("M", bound=Model)
_WITH_ID = re.compile(r"^(?P<name>.*?)\s*[(（](?P<id>[\w-]+)[)）]$", re.DOTALL)
NEW = "new"


class Knowledge:
    """`answers` are by the key of the question."""

    def __init__(self, answers: Mapping[str, str], *, title: str = "") -> None:
        self.answers = answers
        # What the file is called, which may say what it is a list of.
        self.title = title
        # Sources that are to be added, by title; they are stored when the sheet is kept.
        self.new_sources: dict[str, Source] = {}
        # Questions of the row that is being read that have their answer already.
        self.answered: list[Question] = []

    @cached_property
    def places(self) -> Places:
        return known_places()

    # Towns -----------------------------------------------------------------------------------

    def town(self, said: Said, *, with_near: bool = True) -> Place:
        """Raises WrongError, or AskError where several fit or one is nearly so called."""
        found = self.places.find(said, with_near=with_near)
        if len(found.towns) == 1:
            return found.towns[0]
        if found.towns:
            return self._asked(said, found.towns, _("Several towns are so called. Which one?"))
        if said.code:
            raise WrongError(_("No town has this code. It has nine digits."))
        if found.near:
            sentence = _("No town is so called there. Which one is it?")
            return self._asked(said, found.near, sentence, is_wrong=True)
        raise WrongError(_("No town is so called. Write its name and county, or its code."))

    def _asked(
        self, said: Said, towns: Iterable[Place], sentence: str, *, is_wrong: bool = False
    ) -> Place:
        language = get_language() or ""
        key = f"town:{said.key}"
        choices = tuple(Choice(town.code, town.label(language)) for town in towns)
        question = Question(key, sentence, choices, self._answer(key, choices))
        if not question.answer:
            raise AskError(question, is_wrong=is_wrong)
        self.answered.append(question)
        return self.places.by_code[question.answer]

    def _answer(self, key: str, choices: Iterable[Choice]) -> str:
        """Only what is still one of the choices."""
        answer = self.answers.get(key, "")
        return answer if any(choice.value == answer for choice in choices) else ""

    def chosen(self, key: str, sentence: str, choices: tuple[Choice, ...]) -> str:
        """What was answered. Raises AskError where nothing was."""
        question = Question(key, sentence, choices, self._answer(key, choices))
        if not question.answer:
            raise AskError(question)
        self.answered.append(question)
        return question.answer

    def town_named(self, text: str) -> Place:
        """金利镇（441204115）, 441204115, 高要区金利镇 or, where only one is so called, 金利镇."""
        name, code = parted(text)
        if not code and text.isascii() and text.isdigit():
            name, code = "", text
        place = self.town(Said(name=name, code=code))
        if name and code and not _is_named(place, name):
            said = _("%(code)s is %(town)s, not %(name)s.")
            raise WrongError(said % {"code": code, "town": place.name_zh, "name": name})
        return place

    def has_county(self, code: str) -> bool:
        return any(one.level == Region.Level.COUNTY for one in self._regions.get(code, ()))

    # Regions, projects, rankings, sources ------------------------------------------------------

    @cached_property
    def _regions(self) -> dict[str, list[Region]]:
        regions = list(Region.objects.all())
        return _by_words(regions, lambda one: (one.code, one.name_zh, one.name_en))

    def region(self, text: str) -> Region:
        name, code = parted(text)
        sentence = _("No region is so called. Write its name and, in brackets, its code.")
        found = self._regions.get(_key(code or name), [])
        return self._one(f"region:{text}", found, sentence, lambda one: with_id(one, one.code))

    @cached_property
    def _projects(self) -> dict[str, list[Project]]:
        projects = list(Project.objects.all())
        return _by_words(
            projects, lambda one: (one.slug, one.name_zh, one.name_en, *one.other_name_list)
        )

    def project(self, text: str) -> Project:
        name, slug = parted(text)
        found = self._projects.get(_key(slug), []) or self._projects.get(_key(text), [])
        sentence = _("No project is so called. Add it first, or write its address in brackets.")
        return self._one(
            f"project:{text}", found or self._projects.get(_key(name), []), sentence, _project_label
        )

    @cached_property
    def rankings(self) -> list[Ranking]:
        return list(Ranking.objects.select_related("publisher"))

    @cached_property
    def _rankings(self) -> dict[str, list[Ranking]]:
        return _by_words(
            self.rankings, lambda one: (one.slug, one.name_zh, one.name_en, *one.other_name_list)
        )

    def ranking(self, text: str) -> Ranking:
        sentence = _("No ranking is so called. Add it first, under Rankings.")
        _name, slug = parted(text)
        found = self._rankings.get(_key(slug), []) or self._rankings.get(_key(text), [])
        return self._one(f"ranking:{text}", found, sentence, lambda one: with_id(one, one.slug))

    @cached_property
    def sources(self) -> list[Source]:
        return list(Source.objects.select_related("publisher"))

    @cached_property
    def _sources(self) -> dict[str, list[Source]]:
        return _by_words(self.sources, lambda one: (str(one.uid), one.title_zh, one.title_en))

    def source(self, text: str) -> Source:
        _name, uid = parted(text)
        key = f"source:{text}"
        found = self._sources.get(_key(text), []) or self._sources.get(_key(uid), [])
        if found:
            return self._one(key, found, "", lambda one: with_id(one, str(one.uid)))
        question = self._about_source(key, text)
        if not question.answer:
            raise AskError(question)
        self.answered.append(question)
        if question.answer == NEW:
            return self._new_source(text)
        return self._sources[question.answer][0]

    def source_word(self, source: Source) -> str:
        """Its title, where no other source has the same."""
        title = pick(source.title_zh, source.title_en)
        is_one = len(self._sources.get(_key(title), [])) == 1
        return title if is_one else with_id(title, str(source.uid))

    def _about_source(self, key: str, text: str) -> Question:
        near = get_close_matches(_key(text), self._sources, n=3, cutoff=0.6)
        likely = {one.pk: one for word in near for one in self._sources[word]}
        choices = [Choice(NEW, _("Add it as a new source"))]
        choices += [Choice(str(one.uid), str(one)) for one in likely.values()]
        sentence = _("No source has this title.")
        return Question(key, sentence, tuple(choices), self._answer(key, choices))

    def _new_source(self, title: str) -> Source:
        name = "title_en" if title.isascii() else "title_zh"
        return self.new_sources.setdefault(title, Source(**{name: title[:300]}))

    def _one(self, key: str, found: list[M], sentence: str, label: Callable[[M], str]) -> M:
        if not found:
            raise WrongError(sentence)
        if len(found) == 1:
            return found[0]
        choices = tuple(Choice(str(one.pk), label(one)) for one in found)
        sentence = _("Several are so called. Which one?")
        question = Question(key, sentence, choices, self._answer(key, choices))
        if not question.answer:
            raise AskError(question)
        self.answered.append(question)
        return next(one for one in found if str(one.pk) == question.answer)


def _project_label(project: Project) -> str:
    return with_id(project, project.slug)


def parted(text: str) -> tuple[str, str]:
    """The name, and what stands in brackets behind it where that looks like an id."""
    found = _WITH_ID.match(text)
    return (found["name"], found["id"]) if found and found["id"].isascii() else (text, "")


def _is_named(place: Place, name: str) -> bool:
    plain = _key(name)
    names = {_key(one) for one in (place.name_zh, place.name_en, *place.other_names)}
    return plain in names or any(one and one in plain for one in names)


def _key(text: str) -> str:
    return fold(tidy(text)).casefold() if text else ""


def _by_words(records: list[M], words: Callable[[M], Iterable[Any]]) -> dict[str, list[M]]:
    index: dict[str, list[M]] = {}
    for record in records:
        for key in {_key(word) for word in words(record)} - {""}:
            index.setdefault(key, []).append(record)
    return index
