import json

import pytest

from tests.images.originals import SOURCE_TYPE
from towns.images.ai_labels import ai_label, source_type


def test_a_label_keeps_only_what_belongs_to_it():
    mixed = '{"Label": "1", "ProduceID": "7", "GPS": "23,112", "ReservedCode1": {"serial": 5}}'

    assert json.loads(ai_label(mixed)) == {"Label": "1", "ProduceID": "7"}
    assert ai_label(' {"Label": "2"}\n') == '{"Label": "2"}'


@pytest.mark.parametrize(
    "text", ["", "1", "[]", "null", '{"GPS": "23"}', '{"AIGC": 1}', "{" * 5000, "[" * 5000, "{"]
)
def test_what_is_no_label_is_not_kept(text):
    assert ai_label(text) == ""


def test_an_endless_label_is_not_kept():
    assert ai_label(json.dumps({"Label": "1" * 7000})) == ""


@pytest.mark.parametrize("text", [SOURCE_TYPE, "digsrctype:compositeSynthetic", "negativeFilm"])
def test_source_types_are_kept_as_written(text):
    assert source_type(text) == text


@pytest.mark.parametrize("text", ["", "at 23.02 N", "https://example.org/?at=23", "a" * 100])
def test_other_texts_are_no_source_types(text):
    assert source_type(text) == ""
