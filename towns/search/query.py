"""What a reader typed, as what is looked for: words that must all be there, each in several forms.

A query has tiers. What the first tier finds stands before what only the second finds, so that a
name goes before 资金利用率, in which 金利 happens to stand, however often it stands there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from towns.language.syllables import readings
from towns.search.tokens import (
    FIRST,
    LONGEST_TOKEN,
    SOUND,
    bigrams,
    fold,
    is_chinese,
    name_key,
    runs,
    syllables,
    word,
)

# The columns of the index, from the weightiest: the whole names of the record itself; the words
# of its names; names of the towns and parties it is linked to; everything else it says.
EXACT, NAMES, AROUND, WORDS = COLUMNS = "ABCD"
EVERYWHERE = "".join(COLUMNS)
NAMING = EXACT + NAMES + AROUND

LONGEST_QUERY = 100
_MOST_TERMS = 8
_SHORT = 3
_LITTLE_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)


@dataclass(frozen=True)
class Phrase:
    """Tokens that stand in this order in one of these columns; the last may be a beginning."""

    tokens: tuple[str, ...]
    columns: str = EVERYWHERE
    is_beginning: bool = False

    @property
    def is_name(self) -> bool:
        """Whether it is a whole name or its first letters, rather than words."""
        return EXACT in self.columns and NAMES not in self.columns

    def within(self, columns: str) -> Self:
        return replace(self, columns="".join(c for c in self.columns if c in columns))


# One of the phrases; all of the terms; one of the clauses.
Term = tuple[Phrase, ...]
Clause = tuple[Term, ...]
Tier = tuple[Clause, ...]


@dataclass(frozen=True)
class Query:
    """The first tier is that of whole names; the last holds what all the others find."""

    text: str
    runs: tuple[str, ...]
    tiers: tuple[Tier, ...]
    is_cut: bool = False
    is_typing: bool = False

    @classmethod
    def parse(cls, typed: str, *, is_typing: bool = False) -> Self:
        """While a reader is typing, the last word is the beginning of one."""
        text = " ".join(typed[:LONGEST_QUERY].split())
        words = _words(text)
        is_cut = len(typed) > LONGEST_QUERY
        if not words:
            return cls(text, (), (), is_cut)
        terms = [_term(run) for run in words[:-1]] + [_term(words[-1], is_typing=is_typing)]
        named = _named(text, terms, is_typing=is_typing)
        beginnings = (named, (_within(terms, NAMING),), (_anywhere(terms),))
        tiers = beginnings if is_typing else (named, *_narrowed(terms))
        return cls(text, tuple(words), tiers, is_cut, is_typing)

    @property
    def widest(self) -> Tier:
        return self.tiers[-1]

    def of_names(self) -> Self:
        """Without what only says so somewhere in its text: every text has words that begin so."""
        return replace(self, tiers=self.tiers[:-1])

    def relaxed(self) -> Self:
        """For when nothing matches exactly: some of the words; 金利镇五金 taken in two; a Latin
        word as the beginning of one."""
        if len(self.runs) > 1:
            any_of_them = tuple(phrase for term in self.widest[0] for phrase in term)
            return replace(self, tiers=((), ((any_of_them,),)))
        if self.runs and not is_chinese(self.runs[0]):
            return replace(type(self).parse(self.text, is_typing=True), is_cut=self.is_cut)
        return replace(self, tiers=((), tuple(_in_two(self.runs[0])) if self.runs else ()))

    def by_sound(self) -> Self:
        """For when a Chinese name is not known: those that are read the same, 金力 → 金利."""
        said = [syllables([run]) if is_chinese(run) else [] for run in self.runs]
        if not (said and all(said)):
            return replace(self, tiers=())
        clause = tuple((Phrase(tuple(run), NAMES),) for run in said)
        key = name_key("".join(one.removeprefix(SOUND) for run in said for one in run))
        either = (*(phrase for term in clause for phrase in term), Phrase((key,), EXACT))
        return replace(self, tiers=((((Phrase((key,), EXACT),),),), ((either,),)))


def _words(text: str) -> list[str]:
    found = runs(fold(text))
    meant = [run for run in found if run not in _LITTLE_WORDS] or found
    return [run[:LONGEST_QUERY] for run in meant[:_MOST_TERMS]]


def _term(run: str, *, is_typing: bool = False) -> Term:
    whole = Phrase((name_key(run),), EXACT + AROUND, is_typing)
    if is_chinese(run):
        return (Phrase(tuple(bigrams(run)), is_beginning=len(run) == 1), whole)
    forms = (
        Phrase((word(run),), is_beginning=is_typing),
        whole,
        *_as_pinyin(run, is_typing=is_typing),
    )
    if is_typing and len(run) < _SHORT:
        # Everything has a word that begins with j: only names that begin so are meant.
        return tuple(form.within(EXACT) for form in forms if form.is_name)
    return forms


def _as_pinyin(run: str, *, is_typing: bool) -> Iterable[Phrase]:
    """jinli as two syllables; jl, which is no syllable, as the first letters of a name."""
    found = readings(run[:LONGEST_TOKEN], unfinished=is_typing)
    for reading in found:
        yield Phrase(tuple(f"{SOUND}{syllable}" for syllable in reading), NAMES + AROUND, is_typing)
    if run.isalpha() and len(run) > 1 and not (found and not is_typing):
        yield Phrase((f"{FIRST}{run}",), EXACT + AROUND, is_typing)


def _named(text: str, terms: list[Term], *, is_typing: bool) -> Tier:
    """Called exactly so; or each word is one of its names: 金利 jinli."""
    whole = Phrase((name_key(text),), EXACT, is_typing)
    return (((whole,),), _within(_whole(terms), EXACT))


def _in_two(run: str) -> Iterable[Clause]:
    if is_chinese(run):
        for place in range(2, len(run) - 1):
            yield (_term(run[:place]), _term(run[place:]))


def _narrowed(terms: list[Term]) -> Iterable[Tier]:
    """What is linked to such names and is called after them; what is only linked to them; then
    the words in any names; then everywhere."""
    whole = _whole(terms)
    yield ((*whole, *_within(terms, NAMES)),)
    yield (whole,)
    yield (_within(terms, NAMING),)
    yield (_anywhere(terms),)


def _anywhere(terms: Iterable[Term]) -> Clause:
    """Marked tokens stand in names only: not to ask in which column they are is quicker."""
    return tuple(tuple(replace(phrase, columns=EVERYWHERE) for phrase in term) for term in terms)


def _whole(terms: Iterable[Term]) -> Clause:
    return tuple(tuple(phrase for phrase in term if phrase.is_name) for term in terms)


def _within(terms: Iterable[Term], columns: str) -> Clause:
    narrowed = ([phrase.within(columns) for phrase in term] for term in terms)
    return tuple(tuple(phrase for phrase in term if phrase.columns) for term in narrowed)
