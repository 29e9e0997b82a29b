import pytest

from towns.search import Marker, Query


def marked(typed: str, text: str) -> str:
    marker = Marker.for_hits(Query.parse(typed), [])
    return "".join(f"[{p.text}]" if p.is_marked else p.text for p in marker.marked(text))


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("金利", "金利镇在肇庆", "[金利]镇在肇庆"),
        ("金利 金利镇", "金利镇", "[金利镇]"),
        ("hardware", "Hardware, hardwares, hardwarer", "[Hardware], [hardwares], hardwarer"),
        ("company", "companies and company", "[companies] and [company]"),
        ("金利镇", "Jinli Avenue", "[Jinli] Avenue"),
        (".*", "what .* is not a pattern", "what .* is not a pattern"),
        ("", "nothing", "nothing"),
    ],
)
def test_words_are_marked(typed, text, expected):
    assert marked(typed, text) == expected


def test_an_excerpt_is_the_line_of_the_word_in_the_language_that_has_it():
    marker = Marker.for_hits(Query.parse("五金"), [])
    texts = {"zh-hans": "第一行\n金利的五金走出去\n第三行", "en": "Nothing of it"}

    assert str(marker.excerpt(texts, "en")) == "金利的五金走出去"
    assert marker.excerpt(texts, "en").language == "zh-hans"


def test_a_long_line_is_cut_around_the_word_and_english_between_words():
    marker = Marker.for_hits(Query.parse("hardware"), [])

    text = str(marker.excerpt({"en": f"{'before ' * 40}hardware{' after' * 60}"}, "en"))

    assert text.startswith("…before")
    assert text.endswith("after…")
    assert "hardware" in text
    assert len(text) < 180


def test_an_excerpt_without_the_word_is_the_beginning():
    marker = Marker.for_hits(Query.parse("zzz"), [])

    assert str(marker.excerpt({"zh-hans": "开头\n第二行"}, "zh-hans")) == "开头"
    assert str(marker.excerpt({}, "zh-hans")) == ""
