"""What checking a ranking against every town costs, beside merely reading the file.

    python benchmarks/sheets.py [--json FILE]

Merely reading is calamine opening the file and handing out its cells: no header found, nothing
refused, nothing compared. The index of towns is built once for a process and used by every request
until a town changes, so it is measured apart; asking whether it is still true is part of checking.
Each round measures both, one after the other, in time of the processor; what counts is the median.
Memory is a whole process at its largest that does nothing but check 50,000 rows, with the index.
"""

import argparse
import io
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = ("名次", "镇", "县（市、区）", "地市", "省")
SIZES = (1_000, 10_000, 50_000)
ROUNDS = {1_000: 31, 10_000: 7, 50_000: 1}
AT_MOST = {"check / calamine": 3.0, "10,000 / 1,000": 11.0, "memory, MB": 300.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json")
    parser.add_argument("--memory-of", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.memory_of:
        print(_memory(Path(asked.memory_of)))  # noqa: T201 - the process that waits reads it
        return
    with tempfile.TemporaryDirectory(prefix="townsportal-bench-") as folder:
        os.environ |= {"DATA_DIR": folder, "SECRET_KEY": "benchmark"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "townsportal.settings"
        os.environ.pop("DATABASE_URL", None)
        sys.path.insert(0, str(ROOT))
        figures = _measure()
    for name, value in figures.items():
        most = f"   at most {AT_MOST[name]:g}" if name in AT_MOST else ""
        print(f"{name:<52}{value:>12}{most}")  # noqa: T201 - this is what it is for
    if asked.json:
        Path(asked.json).write_text(json.dumps(figures, indent=2))


def _measure() -> dict[str, float]:
    import django

    django.setup()
    _prepare()
    from towns.imports.sheet.places import known_places

    started = time.process_time()
    known_places()
    indexing = time.process_time() - started
    times = {size: _times(size) for size in SIZES}
    merely, reading, checking = ({size: times[size][place] for size in SIZES} for place in range(3))
    return {
        "index of 41,352 towns, once for a process, ms": _ms(indexing),
        "1,000 rows: calamine alone, ms": _ms(merely[1_000]),
        "1,000 rows: read_table, which refuses what harms, ms": _ms(reading[1_000]),
        "1,000 rows: checked and matched, ms": _ms(checking[1_000]),
        "read_table / calamine": round(reading[1_000] / merely[1_000], 2),
        "check / calamine": round(checking[1_000] / merely[1_000], 2),
        "(read_table + check) / calamine": round(
            (reading[1_000] + checking[1_000]) / merely[1_000], 2
        ),
        "10,000 rows: read and checked, ms": _ms(reading[10_000] + checking[10_000]),
        "10,000 / 1,000": round(
            (reading[10_000] + checking[10_000]) / (reading[1_000] + checking[1_000]), 2
        ),
        "50,000 rows: read and checked, ms": _ms(reading[50_000] + checking[50_000]),
        "memory, MB": _memory_of_its_own(),
    }


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 2)


def _prepare() -> None:
    from django.core.management import call_command

    from towns.keeping.divisions import load_divisions
    from towns.models import Ranking, Source

    call_command("migrate", interactive=False, verbosity=0)
    load_divisions()
    Ranking.objects.create(slug="top", name_zh="全国综合实力千强镇")
    Source.objects.create(title_zh="公报")


def _times(size: int) -> tuple[float, float, float]:
    """Medians: calamine alone, `read_table`, and checking what it read."""
    from python_calamine import CalamineWorkbook

    from towns.imports.sheet.kinds import KINDS, read_as
    from towns.imports.sheet.knowledge import Knowledge

    data, kind = _book(size), KINDS["ranking-edition"]
    answers = _answers(size)

    def merely() -> object:
        return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()

    taken: list[tuple[float, float, float]] = []
    for _round in range(ROUNDS[size]):
        alone, _rows = _timed(merely)
        reading, table = _timed(lambda: read_as(kind, "a.xlsx", data))
        checking, checked = _timed(lambda table=table: kind.check(table, Knowledge(answers)))
        assert checked.is_clean, next(checked.all_faults(), checked.open_questions)  # noqa: S101
        taken.append((alone, reading, checking))
    return tuple(statistics.median(one[place] for one in taken) for place in range(3))


def _memory_of_its_own() -> float:
    file = Path(os.environ["DATA_DIR"]) / "a.xlsx"
    file.write_bytes(_book(50_000))
    asked = [sys.executable, __file__, "--memory-of", str(file)]
    return float(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)  # noqa: S603


def _memory(file: Path) -> float:
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from towns.imports.sheet.kinds import KINDS, read_as
    from towns.imports.sheet.knowledge import Knowledge

    kind = KINDS["ranking-edition"]
    checked = kind.check(read_as(kind, file.name, file.read_bytes()), Knowledge(_answers(50_000)))
    assert checked.is_clean  # noqa: S101
    # Not `ru_maxrss`: on Linux that begins with what the process that started this one held.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return round(int(peak[1]) / 1024, 1)


def _answers(size: int) -> dict[str, str]:
    answers = {"ranking": "top", "year": "2025"}
    for year in (2025, 2026):
        said = {"size": str(min(size, 25_000)), "coverage": "whole", "source": "公报"}
        answers |= {f"top-{year}:{key}": value for key, value in said.items()}
    return answers


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def _book(size: int) -> bytes:
    """A list over the whole country, in any order; a tenth of the names are written otherwise."""
    from towns.models import Town
    from towns.sheets.writing import Sheet, write

    chance = random.Random(2025)  # noqa: S311 - the same towns in every run
    towns = _towns_once(Town)
    if size > len(towns):
        return write(Sheet("名单", (*HEAD, "年份"), _two_years(towns, size, chance)), "xlsx")
    return write(Sheet("名单", HEAD, _rows(towns, size, chance)), "xlsx")


def _rows(towns: list, size: int, chance: random.Random) -> list[tuple]:
    return [
        (rank, *_names(town, chance, is_otherwise=rank % 10 == 0))
        for rank, town in enumerate(chance.sample(towns, size), start=1)
    ]


def _two_years(towns: list, size: int, chance: random.Random) -> list[tuple]:
    """More rows than the country has towns: half of them of another year."""
    half = size // 2
    return [(*row, year) for year in (2025, 2026) for row in _rows(towns, half, chance)]


def _towns_once(model: type) -> list:
    """Whose name and county name one town only."""
    seen: dict[tuple, list] = {}
    for town in model.objects.with_place().filter(name_zh__regex="..(镇|乡|街道)$"):
        path = [region.name_zh for region in town.county.path]
        stem = town.name_zh.rstrip("镇乡")
        seen.setdefault((stem, path[-1][:2]), []).append((town.name_zh, *reversed(path)))
    return [towns[0] for towns in seen.values() if len(towns) == 1]


def _names(town: tuple, chance: random.Random, *, is_otherwise: bool) -> tuple:
    name, county, city, province = town
    if not is_otherwise:
        return name, county, city, province
    return chance.choice(
        [
            (f" {name} ", county, city, province),
            (f"{province}{city}{county}{name}", "", "", ""),
            (name, county[:-1] if len(county) > 2 else county, city, province[:2]),
        ]
    )


if __name__ == "__main__":
    main()
