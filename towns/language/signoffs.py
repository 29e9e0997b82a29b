"""The block that says who wrote, edited and reviewed.

记者 张苑卉 通讯员 彭达明
编辑｜王五 校对｜赵六
By Anna Li
"""

import re
from dataclasses import dataclass

from towns.language.people import is_person, split_people
from towns.language.script import fold

_ROLES = {
    "source": "来源|稿源|稿件来源|信息来源|文章来源|source",
    "responsible_editor": "责任编辑|责编|executive editor|responsible editor",
    "duty_editor": "值班编委|值班主任|值班编辑|duty editor",
    "art_editor": "美术编辑|美编|排版|设计|layout|design",
    "editor": "本期编辑|编辑|editors?|edited by",
    "proofreader": "校对|校对人|校审|proofreaders?|proofread by",
    "first_review": "一审|初审|first review(?: by)?",
    "second_review": "二审|复审|second review(?: by)?",
    "final_review": "三审|终审|终审人|final review(?: by)?",
    "reviewer": "审核|审核人|审签|签发|reviewers?|reviewed by",
    "producer": "总监制|监制|producers?",
    "planner": "总策划|策划|统筹|planning|planned by",
    "contributor": "供稿|投稿|供稿单位|contributors?|contributed by",
    "reporter": "文字记者|全媒体记者|记者|reporters?|reported by",
    "correspondent": "通讯员|correspondents?",
    "text_and_photos": "文/图|图/文|图文|文图|text and photos?",
    "photographs": (
        "图片|摄影|供图|图源|图片来源|图片提供|图(?!/文)|photographers?|photos|photographs"
    ),
    "author": "撰文|撰稿|作者|文字|文(?!/图)|authors?|written by|words|by",
    "production": "制作|视频|剪辑|出品|production",
    "translator": "翻译|译者|translators?|translated by",
    "statement": "声明|版权声明|statement",
}
# The longest word first, so that 文/图 is not read as 文.
_ROLE = "|".join(sorted("|".join(_ROLES.values()).split("|"), key=len, reverse=True))
_WITH_MARK = re.compile(
    rf"(?:^|(?<=[\s,;、|]))[□■◎]?\s*(?P<role>{_ROLE})\s*[:|/]\s*", re.IGNORECASE
)
_WITH_SPACE = re.compile(
    r"(?:^|(?<=\s))[□■◎]?(?P<unit>[\u3400-\u9fff]{0,16}?)(?P<role>责任编辑|责编|编辑|校对|审核|初审|复审|终审|"
    r"监制|策划|供稿|全媒体记者|记者|通讯员|摄影|撰文|图文|文/图)(?P<gap>\s+)"
)
_BYLINE = re.compile(r"^(?:By|Written by|Text by|Reported by|Edited by) (?P<names>[A-Z].{1,80})$")
_LONGEST = 120


@dataclass(frozen=True)
class Signoff:
    role: str
    names: tuple[str, ...]
    said: str


def read_signoffs(text: str) -> tuple[Signoff, ...]:
    """What a whole line signs off; nothing where the line says anything else."""
    folded = fold(text)
    if len(text) > _LONGEST and not folded.startswith(("声明", "版权声明")):
        return ()
    if found := _BYLINE.match(folded):
        role = "editor" if folded.startswith("Edited") else "author"
        return (Signoff(role, tuple(split_people(text[found.start("names") :])), text),)
    return _pieces(text, folded, _WITH_MARK) or _of_people(text, folded)


def _pieces(text: str, folded: str, pattern: re.Pattern[str]) -> tuple[Signoff, ...]:
    marks = list(pattern.finditer(folded))
    if not marks or folded[: marks[0].start()].strip("【[( "):
        return ()
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return tuple(
        _signoff(mark["role"], text[mark.end() : end], text[mark.start() : end].strip())
        for mark, end in zip(marks, ends, strict=True)
        if text[mark.end() : end].strip(" ,;、|")
    )


def _of_people(text: str, folded: str) -> tuple[Signoff, ...]:
    """Without marks between, only where nothing but names of persons follows."""
    signed = _pieces(text, folded, _WITH_SPACE)
    sure = all(is_person(name) for piece in signed for name in piece.names)
    return signed if sure else ()


def _signoff(role: str, names: str, said: str) -> Signoff:
    names = names.strip(" \t,;、|】])。")
    kind = next(
        key for key, words in _ROLES.items() if re.fullmatch(words, fold(role), re.IGNORECASE)
    )
    if kind == "statement":
        return Signoff(kind, (names,), said)
    return Signoff(kind, tuple(split_people(names)), said)
