"""Forty queries on the demo content, each with the answer that a reader expects first."""

import pytest

from towns.search import likely, search

JINLI, LUBU, DASHA, LONGFU = "441204115", "441204103", "441284105", "441284100"
FIRST = [
    # The town itself, whatever way its name is typed.
    ("金利", f"town {JINLI}"),
    ("金利镇", f"town {JINLI}"),
    ("jinli", f"town {JINLI}"),
    ("JINLI", f"town {JINLI}"),
    ("ｊｉｎｌｉ", f"town {JINLI}"),
    ("jin li", f"town {JINLI}"),
    ("jinlizhen", f"town {JINLI}"),
    ("jinli zhen", f"town {JINLI}"),
    ("Jinli Town", f"town {JINLI}"),
    ("jl", f"town {JINLI}"),
    ("jlz", f"town {JINLI}"),
    ("高要区金利镇", f"town {JINLI}"),
    ("金利 高要", f"town {JINLI}"),
    ("金利 jinli", f"town {JINLI}"),
    ("  金利　", f"town {JINLI}"),
    ("大沙", f"town {DASHA}"),
    ("Dasha", f"town {DASHA}"),
    ("大沙镇 四会", f"town {DASHA}"),
    ("lubu", f"town {LUBU}"),
    ("龙甫", f"town {LONGFU}"),
    ("longfu", f"town {LONGFU}"),
    ("西樵", "town 440605122"),
    ("北滘", "town 440606102"),
    ("beijiao", "town 440606102"),
    # What a town is known for.
    ("全国重点镇", f"town {DASHA}"),
    # Projects.
    ("金利大道", "project jinli-avenue"),
    ("jinlidadao", "project jinli-avenue"),
    ("Jinli Avenue", "project jinli-avenue"),
    ("金利大道东延线", "project jinli-avenue-east"),
    ("骑楼街", "project lubu-qilou-street"),
    ("江滨堤路", "project jiangbindi-road"),
    ("wyndham", "project daoxi-wyndham"),
    # Lists.
    ("千强镇 2025", "ranking-edition top-1000-towns-2025"),
    ("2023 全国综合实力千强镇", "ranking-edition top-1000-towns-2023"),
    # Articles.
    ("肇庆这四个镇入选", "article four-towns-2023"),
    ("Four Zhaoqing towns", "article four-towns-2023"),
    ("广交会", "article four-towns-2023"),
    ("Canton Fair", "article four-towns-2023"),
    # Numbers and pictures.
    ("hotel height", "statistic"),
    ("金利汽车零部件产业园", "photo"),
]


@pytest.mark.parametrize(("query", "expected"), FIRST)
def test_first_answer(demo, query, expected):
    [group] = search(query, limit=3).groups

    answers = [f"{hit.kind} {hit.entry.permanent_id}" for hit in group.hits]
    assert answers[0].startswith(expected), answers


def test_there_are_forty():
    assert len({query for query, _expected in FIRST}) == 40


@pytest.mark.parametrize(
    ("typed", "meant", "same_sound"),
    [
        ("金力镇", JINLI, True),
        ("金力", JINLI, True),
        ("大砂镇", DASHA, True),
        ("龙埔镇", LONGFU, False),
        ("jinlli", JINLI, False),
        ("dasa", DASHA, False),
    ],
)
def test_who_finds_nothing_is_offered_the_likely_name(demo, typed, meant, same_sound):
    found = search(typed)

    guess = likely(found.query)

    assert found.count == 0
    assert (guess.hit.entry.permanent_id, guess.same_sound) == (meant, same_sound)


def test_nothing_is_offered_for_what_is_like_nothing(demo):
    assert likely(search("zzzyyyxxx").query) is None
    assert likely(search("！！").query) is None
