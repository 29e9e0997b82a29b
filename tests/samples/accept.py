"""Write down what the samples give now (`python -m tests.samples.accept`); read the difference."""

import json
import os
from pathlib import Path

import django

SAMPLES = Path(__file__).parent


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townsportal.settings")
    os.environ.setdefault("SECRET_KEY", "samples")
    django.setup()
    from django.utils import translation

    from tests.imports.places import gazetteer
    from towns.imports.article import read_article
    from towns.imports.article.summary import summary

    for file in sorted((SAMPLES / "valid/articles").iterdir()):
        with translation.override("en"):
            said = summary(read_article(file.name, file.read_bytes(), gazetteer()))
        text = json.dumps(said, ensure_ascii=False, indent=1, default=str)
        (SAMPLES / "expected/articles" / f"{file.name}.json").write_text(f"{text}\n")


if __name__ == "__main__":
    main()
