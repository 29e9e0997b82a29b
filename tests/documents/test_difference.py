from hypothesis import given
from hypothesis import strategies as st

from towns.documents.difference import Mark, Piece, difference

WORDS = st.text("第位816,. 大沙镇rank\n", max_size=30)


@given(WORDS, WORDS)
def test_pieces_give_both_texts_back(old, new):
    pieces = difference(old, new)

    assert "".join(piece.text for piece in pieces if piece.mark != Mark.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.mark != Mark.REMOVED) == new


def test_a_number_is_one_word():
    pieces = difference("大沙镇列第 818 位", "大沙镇列第 816 位")

    assert pieces == [
        Piece(Mark.SAME, "大沙镇列第 "),
        Piece(Mark.REMOVED, "818"),
        Piece(Mark.ADDED, "816"),
        Piece(Mark.SAME, " 位"),
    ]
    assert [piece.has_number for piece in pieces] == [False, True, True, False]


def test_one_chinese_character_is_one_word():
    pieces = difference("下茆镇", "下峁镇")

    assert [piece.text for piece in pieces] == ["下", "茆", "峁", "镇"]
