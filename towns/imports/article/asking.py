"""Questions as they come up while an article is read, each with the answer a person gave to it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from towns.imports.article.result import Question


@dataclass
class Asked:
    """`answers` are by the key of the question; what none of its choices allows is no answer."""

    answers: Mapping[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    _keys: Counter[str] = field(default_factory=Counter)

    def __call__(self, question: Question) -> str | None:
        """The answer; None where there is none yet, so that nothing is decided silently."""
        question = replace(question, key=self._key(question))
        answer = question.accepted(self.answers.get(question.key))
        self.questions.append(replace(question, answer=answer))
        return answer

    def _key(self, question: Question) -> str:
        """The same in every reading of the file: the kind and the line, counted where needed."""
        key = f"{question.kind}-{question.lines[0] if question.lines else 0}"
        self._keys[key] += 1
        return key if self._keys[key] == 1 else f"{key}-{self._keys[key]}"
