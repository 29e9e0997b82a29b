import pytest
from hypothesis import given
from hypothesis import strategies as st

from towns.language.syllables import readings, sounds


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("jinli", ["jin li"]),
        ("zhongguo", ["zhong guo", "zhong gu o"]),
        ("lvliang", ["lv liang", "lv li ang"]),
        ("xian", ["xian", "xia n", "xi an"]),
        ("hardware", []),
        ("jl", []),
        ("", []),
    ],
)
def test_a_word_is_taken_apart_into_syllables(word, syllables):
    found = [" ".join(reading) for reading in readings(word)]

    assert found == [reading for reading in syllables if not reading.endswith(" n")]


def test_the_last_syllable_may_be_unfinished_while_typing():
    assert readings("jinl") == []
    assert readings("jinl", unfinished=True) == [("jin", "l")]


@given(st.text("aeioungxhr", max_size=200))
def test_readings_are_few_and_join_to_the_word(word):
    found = readings(word)

    assert len(found) <= 6
    assert all("".join(reading) == word for reading in found)


def test_sounds_are_those_of_the_place():
    assert sounds("北滘大道 2023 麻涌", code="4406") == [
        ["bei", "jiao", "da", "dao"],
        ["ma", "chong"],
    ]
