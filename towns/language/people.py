"""Names of persons and units as they stand in credits and sign-offs."""

import re

from towns.language.script import fold

# The surnames of nine in ten people, with those that are frequent in Guangdong.
_SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴"
    "莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岑关区招麦简霍冼植欧利阮邝甘翁詹柯柳骆纪欧赖游"
)
_DOUBLE = ("欧阳", "司徒", "上官", "司马", "诸葛", "皇甫", "尉迟", "夏侯", "东方")
_PLACE_ENDINGS = "镇乡村道路街区县市省园厂桥场站馆院校河江山湖库港景貌图"
_ROLES = r"(?:特约记者|首席记者|全媒体记者|见习记者|实习生|记者|通讯员|特约通讯员|摄影师|摄影)"
_UNIT = re.compile(rf"^(?P<unit>\S{{0,24}}{_ROLES})[:\s]*(?P<name>\S.*)$")
_EN_PERSON = re.compile(r"^(?:[A-Z][\w'.-]*)(?: [A-Z][\w'.-]*){1,3}$")
_EN_UNIT = re.compile(
    r"\b(?:Bureau|Network|Institute|Center|Centre|Office|Company|Daily|News|Committee|Zone|Town|"
    r"Government|Department|Release|Media|Group|University|School|Association|County|District)\b"
)


def is_person(name: str) -> bool:
    """Whether it looks like a person's name rather than a word or a place."""
    folded = fold(name.strip())
    if _EN_PERSON.match(folded):
        return not _EN_UNIT.search(folded)
    if not re.fullmatch(r"[\u3400-\u9fff·]{2,8}", folded) or folded[-1] in _PLACE_ENDINGS:
        return False
    if folded.startswith(_DOUBLE):
        return len(folded) in (3, 4)
    return "·" in folded or (folded[0] in _SURNAMES and len(folded) in (2, 3))


def split_unit(text: str) -> tuple[str, str]:
    """肇庆市融媒体中心记者 刘春林 → (肇庆市融媒体中心记者, 刘春林)."""
    found = _UNIT.match(text.strip())
    return (found["unit"].strip(), found["name"].strip()) if found else ("", text.strip())


def split_people(text: str) -> list[str]:
    """Several names apart; a unit with a comma or an "and" in its name stays whole."""
    parts = [part.strip() for part in re.split(r"[、;；/|]|(?<=[\u3400-\u9fff])[,，]", text)]
    names: list[str] = []
    for part in parts:
        names += _by_space(part) or _by_and(part) or [part]
    return [name for name in names if name]


def _by_space(text: str) -> list[str]:
    words = text.split()
    chinese = len(words) > 1 and all(is_person(word) and not word.isascii() for word in words)
    return words if chinese else []


def _by_and(text: str) -> list[str]:
    parts = re.split(r",? and |, | & |(?<=[\u3400-\u9fff])[和与](?=[\u3400-\u9fff])", text)
    return parts if len(parts) > 1 and all(is_person(part) for part in parts) else []
