"""What it costs to read the source article, beside merely splitting it into lines.

Both run in turn on one machine, so the ratio says more than the milliseconds. The gazetteer has
every town of China and is not part of the time: a process builds it once.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests/samples/valid/articles/source-article.en.txt"
ROUNDS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    import django

    os.environ.setdefault("SECRET_KEY", "for the benchmark only")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townsportal.settings")
    django.setup()
    from towns.imports.article import read_article

    started = time.perf_counter()
    known = _whole_country()
    building = time.perf_counter() - started
    data = FILE.read_bytes()
    first, reading = _times(lambda: read_article(FILE.name, data, known))
    _first, splitting = _times(lambda: data.decode().splitlines())
    measured = {
        "article_first_ms": round(first * 1000, 2),
        "article_median_ms": round(reading * 1000, 2),
        "split_lines_median_ms": round(splitting * 1000, 4),
        "ratio": round(reading / splitting),
        "characters_per_second": round(len(data.decode()) / reading),
        "gazetteer_names": known.size,
        "gazetteer_ms": round(building * 1000),
    }
    sys.stdout.write(json.dumps(measured, indent=2) + "\n")
    if asked.json:
        Path(asked.json).write_text(json.dumps(measured))


def _times(work: Callable[[], object]) -> tuple[float, float]:
    """Of the first round, and the median of the others."""
    times = []
    for _round in range(ROUNDS + 1):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return times[0], statistics.median(times[1:])


def _whole_country() -> object:
    """As `known` makes it from the records, but from the file of divisions: no database."""
    from towns.imports.gazetteer import Area, Gazetteer, KnownTown
    from towns.keeping.divisions import read_rows
    from towns.language.pinyin import romanise

    rows = [(row.code, row.name, romanise(row.name, code=row.code)) for row in read_rows()]
    areas = {code: Area(code, zh, en) for code, zh, en in rows if len(code) < 9}
    return Gazetteer.of(
        KnownTown(
            code,
            zh,
            en,
            tuple(areas[code[:length]] for length in (6, 4, 2) if code[:length] in areas),
        )
        for code, zh, en in rows
        if len(code) == 9
    )


if __name__ == "__main__":
    main()
