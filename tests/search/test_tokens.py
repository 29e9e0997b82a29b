import pytest

from towns.search.tokens import fold, initials, name_keys, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("金利镇", "金利 利镇 镇"),
        ("金利", "金利 利"),
        ("镇", "镇"),
        ("ＪＩＮＬＩ　Ｔｏｗｎｓ", "jinli town"),
        ("2023年", "2023 年"),
        ("Lu'an, LU’AN", "luan luan"),
        ("companies' class café", "company class cafe"),
        ("！？ … —", ""),
        ("x" * 3000, "x" * 40),
    ],
)
def test_tokens(text, expected):
    assert " ".join(tokens(text)) == expected


def test_fold_forgets_width_case_and_accents():
    assert fold("Ｌüliàng　金利") == "lvliang 金利"


def test_a_name_is_known_in_full_in_short_and_by_its_sound():
    assert name_keys(["金利镇", "Jinli"]) == ["ㄇ金利镇", "ㄇ金利", "ㄇjinlizhen", "ㄇjinli"]
    assert initials(["金利镇", "Jinli"]) == ["ㄕjlz", "ㄕjl"]
