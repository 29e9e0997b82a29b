"""English names of places from their Chinese ones, and the forms that searching compares.

`romanise` follows the customary display: the kind of place is dropped (金利镇 → Jinli) unless one
character would be left (礼县 → Lixian); an apostrophe stands before a, e, o (六安 → Lu'an). What
dictionaries read otherwise than the place does is in `romanisations.csv`: whole names, and single
characters, each for one region or everywhere.
"""

import csv
import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from pypinyin import Style, lazy_pinyin

_TABLE = Path(__file__).with_name("romanisations.csv")

# Units that are no towns: the kind is said in English, longest first.
_KINDS_IN_ENGLISH = (
    ("高新技术产业开发区", "High-tech Industrial Development Zone"),
    ("经济技术开发区", "Economic and Technological Development Zone"),
    ("经济开发区", "Economic Development Zone"),
    ("产业转移工业园", "Industrial Transfer Park"),
    ("旅游度假区", "Tourist Resort"),
    ("风景名胜区", "Scenic Area"),
    ("自然保护区", "Nature Reserve"),
    ("管理委员会", "Administrative Committee"),
    ("工业园区", "Industrial Park"),
    ("良种繁殖场", "Seed Farm"),
    ("综合保税区", "Bonded Zone"),
    ("开发区", "Development Zone"),
    ("示范区", "Demonstration Zone"),
    ("保税区", "Bonded Zone"),
    ("工业园", "Industrial Park"),
    ("产业园", "Industrial Park"),
    ("科技园", "Science Park"),
    ("管委会", "Administrative Committee"),
    ("办事处", "Office"),
    ("园艺场", "Horticultural Farm"),
    ("原种场", "Seed Farm"),
    ("良种场", "Seed Farm"),
    ("种畜场", "Stud Farm"),
    ("劳教所", "Detention Centre"),
    ("街道办", ""),
    ("农场", "Farm"),
    ("林场", "Forest Farm"),
    ("牧场", "Pasture"),
    ("茶场", "Tea Farm"),
    ("渔场", "Fishery"),
    ("盐场", "Saltworks"),
    ("监狱", "Prison"),
    ("水库", "Reservoir"),
    ("园区", "Park"),
)
_DROPPED = (
    "民族苏木", "街道", "地区", "林区", "苏木", "自治州", "自治县", "自治旗", "民族乡",
    "镇", "乡", "县", "区", "市", "省", "旗", "盟",
)  # fmt: skip
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|"
    "拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|"
    "怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})族?)+(?:各族)?(?=自治[州县旗]$|族?乡$|民族乡$)")


def romanise(name: str, *, code: str = "") -> str:
    """The English name of a place; its code decides between local readings."""
    if whole := _override(name, code):
        return whole
    stem, kind = _split(name)
    if whole := _override(stem, code):
        return f"{whole} {kind}".strip()
    return f"{_capitalised(_syllables(stem, code))} {kind}".strip()


def search_key(text: str) -> str:
    """What is compared when searching: lower case, no accents, spaces or apostrophes."""
    text = unicodedata.normalize("NFKD", text.replace("ü", "v").replace("Ü", "v")).lower()
    return "".join(character for character in text if character.isalnum())


def search_names(*, name_zh: str, name_en: str, other_names: str = "") -> str:
    """One line with every form a name may be looked for: 金利镇 jinlizhen jlz jinli jl."""
    forms = [search_key(name_zh), search_key(name_en)]
    for name in (name_zh, *other_names.splitlines()):
        forms.extend(_forms(name.strip()))
    return " ".join(dict.fromkeys(form for form in forms if form))


def stem(name: str) -> str:
    """The name without its kind: 金利镇 → 金利, 高要区 → 高要."""
    return _split(name)[0]


def read(chinese: str, *, code: str = "") -> list[str]:
    """How each character is read there, without tones and with v for ü; Chinese only."""
    return [syllable.replace("ü", "v") for syllable in _syllables(chinese, code)]


def _forms(name: str) -> list[str]:
    if not name:
        return []
    forms = [search_key(name)]
    if not name.isascii():
        syllables = lazy_pinyin(name, style=Style.NORMAL, errors="ignore")
        forms += ["".join(syllables), "".join(syllable[0] for syllable in syllables)]
        forms.append("".join(syllable[0] for syllable in syllables[:-1]))
    return forms


def _split(name: str) -> tuple[str, str]:
    for ending, english in _KINDS_IN_ENGLISH:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending), english
    short = _AUTONOMOUS.sub("", name)
    short = name if len(short) < 3 and short != name and short[0] in "自民" else short
    for ending in _DROPPED:
        if short.endswith(ending) and len(short) - len(ending) >= 2:
            return short.removesuffix(ending), ""
    return short, ""


def _syllables(name: str, code: str) -> list[str]:
    chinese = re.sub(r"[^\u3400-\u9fff]", "", name)
    if chinese != name:
        return lazy_pinyin(chinese or name, style=Style.NORMAL, v_to_u=True)
    read = lazy_pinyin(chinese, style=Style.NORMAL, v_to_u=True)
    return [
        (_override(f"*{character}", code) or syllable).lower()
        for character, syllable in zip(chinese, read, strict=True)
    ]


def _capitalised(syllables: list[str]) -> str:
    joined = syllables[:1]
    for before, syllable in pairwise(syllables):
        joined.append(f"'{syllable}" if before and syllable[:1] in "aeo" else syllable)
    text = "".join(joined)
    return text[:1].upper() + text[1:]


def _override(name: str, code: str) -> str:
    table = _overrides()
    for length in (*range(len(code), 1, -1), 0):
        if english := table.get((code[:length], name)):
            return english
    return ""


@cache
def _overrides() -> dict[tuple[str, str], str]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return {(row["scope"], row["chinese"]): row["english"] for row in csv.DictReader(lines)}
