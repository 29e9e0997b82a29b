"""How long searching takes at 50,000 documents, beside a plain LIKE scan of the same texts.

    python benchmarks/search.py [--documents 50000] [--database URL] [--json FILE]

Makes its own SQLite database in a temporary folder, or works in the database of the URL, which is
to be an empty one: its tables are made and what is in it is replaced.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 7
AT_ONCE = 500
# What readers type, and how often it stands in the texts: a name of one town, a common word …
QUERIES = (
    *("金利", "金利镇", "jinli", "jl", "Jinli Town", "金利大道", "金利 五金", "金利镇五金"),
    *("五金", "制造业", "hardware", "development", "2023", "全国千强镇", "高要区金利镇"),
    *(
        "大沙",
        "dasha",
        "骑楼街",
        "资金利用率",
        "金力镇",
        "镇",
        "zhaoqing",
        "project park",
        "不存在的词",
    ),
)
TYPED = ("j", "ji", "jin", "jinl", "金", "金利", "hard", "dash", "全国")
SYLLABLES = "金利禄步大沙龙甫白土永安宾亨莲塘汝湖蛟长岗海门谷饶横沥渡下茆北滘西樵丹灶里水陈村乐从"
# Some words that are looked for, with the share of the texts that they stand in.
KNOWN = {
    "制造业": 0.3,
    "资金利用率": 0.1,
    "五金": 0.05,
    "骑楼街": 0.01,
    "全国千强镇": 0.02,
    "金利大道": 0.002,
}
KNOWN_IN_ENGLISH = {"development": 0.3, "hardware": 0.05, "project park": 0.02, "Zhaoqing": 0.2}
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
    "说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机"
    "当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心"
)


def main() -> None:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="townsportal-bench-") as folder:
        os.environ |= {"DATA_DIR": folder, "SECRET_KEY": "benchmark"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "townsportal.settings"
        if asked.database:
            os.environ["DATABASE_URL"] = asked.database
        sys.path.insert(0, str(ROOT))
        figures = _measure(asked.documents)
    for name, value in figures.items():
        print(f"{name:<44}{value:>12}")  # noqa: T201 - this is what it is for
    if asked.json:
        Path(asked.json).write_text(json.dumps(figures, indent=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--database", help="postgres://…; a temporary SQLite database if not given")
    parser.add_argument("--json", help="also write the figures to this file")
    return parser.parse_args()


def _measure(documents: int) -> dict[str, float | int | str]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from towns.search import overview, suggest
    from towns.search.backend import backend

    call_command("migrate", interactive=False, verbosity=0)
    started = time.perf_counter()
    _fill(documents)
    backend().tidy()
    filled = time.perf_counter() - started
    searching = _times(QUERIES, _ids)
    whole = _times(QUERIES, lambda query: overview(query, limit=6))
    typing = _times(TYPED, lambda query: suggest(query))
    scanning = _times(QUERIES, _scan)
    return {
        "database": connection.vendor,
        "documents": documents,
        "indexing, seconds": round(filled, 1),
        **_summary("a page of results, in the index", searching),
        **_summary("a page of results, with fetching", whole),
        **_summary("suggestions", typing),
        **_summary("LIKE scan", scanning),
        "scan / search, of the medians": round(_median(scanning) / _median(searching), 1),
        "slowest query": max(searching, key=lambda query: _median({query: searching[query]})),
    }


def _fill(documents: int) -> None:
    """One town in ten, an article of some 500 characters for each other number, all public."""
    from towns.models import SearchEntry

    texts = Texts()
    towns, articles = documents // 10, documents - documents // 10
    names = ["金利", "大沙", *(texts.name() for _number in range(towns - 2))]
    _publish(names, articles)
    SearchEntry.objects.all().delete()
    entries = _entries(texts, names, articles)
    while batch := list(islice(entries, AT_ONCE)):
        SearchEntry.objects.bulk_create(batch)


def _publish(names: list[str], articles: int) -> None:
    """The records that pages of results fetch. Nothing of it went through an act of publishing."""
    from django.utils import timezone

    from towns.models import Article, Column, Document, Publication, Region, Town, User

    for model in (Publication, Article, Town, Region, Column, Document, User):
        model.objects.all().delete()
    now, someone = timezone.now(), User.objects.create(username="benchmark")
    county = Region.objects.create(
        code="441204", name_zh="高要区", name_en="Gaoyao", level="county"
    )
    public = {"published_at": now, "published_by": someone}
    Town.objects.bulk_create(
        (
            Town(pk=n, code=f"{440000000 + n}", county=county, name_zh=f"{name}镇", **public)
            for n, name in enumerate(names, start=1)
        ),
        batch_size=AT_ONCE,
    )
    column = Column.objects.create(slug="benchmark", name_zh="栏目")
    document = Document.objects.create(digest="0" * 64, kind="article", body="{}")
    numbers = range(1, articles + 1)
    slugs = {n: f"article-{n}" for n in numbers}
    Article.objects.bulk_create(
        (Article(pk=n, slug=slugs[n], column=column, title_zh="文章") for n in numbers),
        batch_size=AT_ONCE,
    )
    Publication.objects.bulk_create(
        (
            Publication(
                article_id=n, number=1, document=document, slug=slugs[n], column=column,
                issued_at=now, title_zh="文章", **public,
            )
            for n in numbers
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip


def _entries(texts: "Texts", names: list[str], articles: int) -> Iterator[object]:
    from towns.search.contents import Content, Name
    from towns.search.entries import entry_from
    from towns.search.kinds import KINDS

    for number, name in enumerate(names, start=1):
        titles = {"zh-hans": f"{name}镇", "en": f"Town {number}"}
        content = Content(titles, texts.about(name, 40), code=f"{440000000 + number}")
        yield entry_from(KINDS[0].id_of(number), content.code, content)
    for number in range(1, articles + 1):
        name = names[0] if number % 250 == 0 else texts.chance.choice(names)
        titles = {"zh-hans": f"{name}{texts.chinese(4)}", "en": texts.english(5)}
        content = Content(titles, texts.about(name, 200), linked=[Name((f"{name}镇",))])
        yield entry_from(KINDS[1].id_of(number), f"article-{number}", content)


class Texts:
    """Words as frequent as words are: the second half as often as the first, and so on."""

    def __init__(self) -> None:
        self.chance = random.Random(20231020)  # noqa: S311 - the same documents in every run
        made = ("".join(self.chance.choices(CHARACTERS, k=2)) for _n in range(4000))
        self.words = list(dict.fromkeys(made))
        letters = "aeiou", "bcdfghklmnprstvw"
        self.english_words = [
            "".join(self.chance.choice(letters[place % 2]) for place in range(1, 8))
            for _n in range(4000)
        ]

    def name(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=2))

    def about(self, name: str, length: int) -> dict[str, str]:
        known = "".join(word for word in KNOWN if self.chance.random() < KNOWN[word])
        english = (w for w in KNOWN_IN_ENGLISH if self.chance.random() < KNOWN_IN_ENGLISH[w])
        return {
            "zh-hans": f"{name}镇{self.chinese(length)}，{known}。",
            "en": f"{self.english(length // 2)} {' '.join(english)}.",
        }

    def chinese(self, length: int) -> str:
        return "".join(self._drawn(self.words, length))

    def english(self, length: int) -> str:
        return " ".join(self._drawn(self.english_words, length))

    def _drawn(self, words: list[str], length: int) -> list[str]:
        return [words[int(len(words) ** self.chance.random()) - 1] for _n in range(length)]


def _ids(query: str) -> None:
    """What a page asks of the index: how much there is of each kind, and the best of each."""
    from towns.search import Query
    from towns.search.backend import backend
    from towns.search.kinds import KINDS, SPAN

    ranges = [kind.ids for kind in KINDS]
    parsed = Query.parse(query)
    for asked in (parsed, parsed.relaxed()):
        _ids_found, counts = backend().look(asked.tiers, ranges, limit=6, span=SPAN)
        if counts:
            break


def _scan(query: str) -> None:
    from django.db.models import Q

    from towns.models import SearchEntry

    rows = SearchEntry.objects.only("id")
    for word in query.split():
        fields = ("title_zh", "title_en", "text_zh", "text_en")
        either = Q()
        for field in fields:
            either |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(either)
    list(rows[:20])
    rows.count()


def _times(queries: Iterable[str], run: Callable[[str], object]) -> dict[str, list[float]]:
    """Milliseconds of each query in every round but the first, which fills the caches."""
    times: dict[str, list[float]] = {query: [] for query in queries}
    for _round in range(ROUNDS):
        for query in times:
            started = time.perf_counter()
            run(query)
            times[query].append(1000 * (time.perf_counter() - started))
    return {query: taken[1:] for query, taken in times.items()}


def _median(times: dict[str, list[float]]) -> float:
    return statistics.median(value for taken in times.values() for value in taken)


def _summary(name: str, times: dict[str, list[float]]) -> dict[str, float]:
    values = [value for taken in times.values() for value in taken]
    return {
        f"{name}, median ms": round(statistics.median(values), 2),
        f"{name}, p95 ms": round(statistics.quantiles(values, n=20)[-1], 2),
    }


if __name__ == "__main__":
    main()
