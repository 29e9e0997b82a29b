import pytest

from towns.language.credits import read_caption


@pytest.mark.parametrize(
    ("text", "caption", "credits"),
    [
        ("△黄布村村民活动中心。鼎湖发布供图", "黄布村村民活动中心。", [("courtesy", "鼎湖发布")]),
        ("△杏花镇九座屋村。图源封开发布", "杏花镇九座屋村。", [("source", "封开发布")]),
        ("△杏花镇建设办公室供图", "", [("courtesy", "杏花镇建设办公室")]),
        ("受访者 供图", "", [("courtesy", "受访者")]),
        ("图源：高要发布", "", [("source", "高要发布")]),
        ("图源/高要发布、四会发布", "", [("source", "高要发布"), ("source", "四会发布")]),
        ("图片来源：四会市融媒体中心", "", [("source", "四会市融媒体中心")]),
        ("摄影丨李四 王五", "", [("photographed", "李四"), ("photographed", "王五")]),
        ("▲施工现场 邓大荣 摄", "施工现场", [("photographed", "邓大荣")]),
        ("金利大道 邓大荣 摄", "金利大道", [("photographed", "邓大荣")]),
        ("▼采摘（梁亮 摄）", "采摘", [("photographed", "梁亮")]),
        ("↑俯瞰金利鎮。圖源：高要發布", "俯瞰金利鎮。", [("source", "高要發布")]),
        ("△村民在圖書館閱讀。", "村民在圖書館閱讀。", []),
        (
            "梁亮 摄 高要发布 供图",
            "",
            [("photographed", "梁亮"), ("courtesy", "高要发布")],
        ),
        ("图片由高要发布提供", "", [("courtesy", "高要发布")]),
        ("本次活动由区政府提供支持", "本次活动由区政府提供支持", []),
        ("△Photographed by Liang Liang", "", [("photographed", "Liang Liang")]),
        ("△Jinli. Photo by Chen Yancheng", "Jinli.", [("photographed", "Chen Yancheng")]),
        (
            "A street. Photos by Anna Li and Bo Wang",
            "A street.",
            [("photographed", "Anna Li"), ("photographed", "Bo Wang")],
        ),
        ("A street (Photo: Xinhua)", "A street", [("photographed", "Xinhua")]),
        ("Image source published by Gaoyao", "", [("source", "Gaoyao")]),
        (
            "Photo courtesy of City and Town Research Institute",
            "",
            [("courtesy", "City and Town Research Institute")],
        ),
        ("The source: Anna Li said so.", "The source: Anna Li said so.", []),
    ],
)
def test_caption_and_credits_are_taken_apart(text, caption, credits):
    said = read_caption(text)

    assert said.caption == caption
    assert [(credit.kind, credit.party) for credit in said.credits] == credits


def test_unit_stands_apart_from_the_name():
    (credit,) = read_caption("△仪式举行。肇庆市融媒体中心记者 刘春林 摄").credits

    assert (credit.unit, credit.party) == ("肇庆市融媒体中心记者", "刘春林")


def test_what_looks_like_no_name_is_not_sure():
    assert not read_caption("△她在摄影").is_sure
    assert read_caption("△梁亮 摄影").is_sure
