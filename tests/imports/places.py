"""A gazetteer without a database: Guangdong, every 大沙镇, and a few parties."""

from functools import cache

from towns.imports.gazetteer import Area, Gazetteer, KnownParty, KnownTown
from towns.keeping.divisions import read_rows
from towns.language.pinyin import romanise

PARTIES = (
    ("肇庆发布", "Zhaoqing Release", "Released by Zhaoqing"),
    ("高要发布", "Gaoyao Release", "Gao Yao", "published by Gaoyao"),
    ("四会发布", "Sihui Release", "the Fourth Session"),
    ("中小城市指数网", "", "Small and Medium Cities Index Network"),
    ("梁亮", "Liang Liang"),
    ("陈彦成", "Chen Yancheng"),
)


@cache
def gazetteer() -> Gazetteer:
    rows = read_rows()
    towns = [row for row in rows if len(row.code) == 9 and _is_wanted(row.code, row.name)]
    wanted = {row.code[:length] for row in towns for length in (2, 4, 6)}
    areas = {
        row.code: Area(row.code, row.name, romanise(row.name, code=row.code))
        for row in rows
        if row.code in wanted
    }
    return Gazetteer.of(
        (
            KnownTown(
                row.code,
                row.name,
                romanise(row.name, code=row.code),
                tuple(areas[row.code[:length]] for length in (6, 4, 2)),
            )
            for row in towns
        ),
        (KnownParty(zh or en, zh, en, tuple(others)) for zh, en, *others in PARTIES),
    )


def _is_wanted(code: str, name: str) -> bool:
    return code.startswith("44") or name == "大沙镇"
