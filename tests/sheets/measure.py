"""Run by a test in a process of its own: what each file of a folder takes of memory, in MB.

Each file is read in a child, so that the memory of one is not that of the next.
"""

import os
import resource
import sys
import time
from pathlib import Path


def main(folder: str) -> None:
    os.environ.setdefault("SECRET_KEY", "for a test only")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townsportal.settings")
    import django

    django.setup()
    for path in sorted(Path(folder).iterdir()):
        child = os.fork()
        if not child:
            _read(path)
            os._exit(0)
        _child, status = os.waitpid(child, 0)
        if status:
            raise SystemExit(f"{path.name} ended with {status}")


def _read(path: Path) -> None:
    from django.utils import translation

    from tests.sheets.workbooks import HEADERS
    from towns.sheets.reading import RefusedError, read_table

    data = path.read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    with translation.override("en"):
        try:
            said = f"{sum(1 for _row in read_table(path.name, data, HEADERS).rows)} rows"
        except RefusedError as refused:
            said = str(refused)
    seconds = time.process_time() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = (most - before) // 1024
    sys.stderr.write(f"{path.name}: {seconds:.2f} s, {grown} MB\n")
    sys.stdout.write(f"{path.name}\t{grown}\t{most // 1024}\t{said}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
