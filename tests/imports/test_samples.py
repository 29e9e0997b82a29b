"""Every file of the samples is a case."""

import json
from pathlib import Path

import pytest

from tests.imports.places import gazetteer
from towns.imports.article import Article, Refused, read_article
from towns.imports.article.summary import summary

SAMPLES = Path(__file__).parents[1] / "samples"
VALID = sorted((SAMPLES / "valid/articles").iterdir())
INVALID = sorted((SAMPLES / "invalid/articles").iterdir())


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.name)
def test_valid_sample_gives_what_is_expected(file):
    expected = (SAMPLES / "expected/articles" / f"{file.name}.json").read_text(encoding="utf-8")

    article = read_article(file.name, file.read_bytes(), gazetteer())

    assert isinstance(article, Article)
    assert summary(article) == json.loads(expected)


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.name)
def test_invalid_sample_is_refused_with_a_sentence(file):
    refused = read_article(file.name, file.read_bytes(), gazetteer())

    assert isinstance(refused, Refused)
    assert refused.reason.endswith(".")


def test_expected_files_have_their_samples():
    expected = {file.stem for file in (SAMPLES / "expected/articles").iterdir()}

    assert expected == {file.name for file in VALID}
