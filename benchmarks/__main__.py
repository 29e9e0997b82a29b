"""Runs every benchmark in this folder; with --json, writes their figures by name to one file."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json")
    asked = parser.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for script in sorted(FOLDER.glob("[!_]*.py")):
            print(f"== {script.stem}", flush=True)  # noqa: T201 - this is what it is for
            out = Path(folder) / f"{script.stem}.json"
            subprocess.run([sys.executable, script, "--json", out], check=True)  # noqa: S603
            figures[script.stem] = json.loads(out.read_text())
    if asked.json:
        Path(asked.json).write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
