"""What a page weighs without its pictures: HTML, style sheets and script, compressed."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.views.test_site import PAGES

MOST = 60 * 1024
MOST_SCRIPT = 8 * 1024


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def parts(html: str, ending: str) -> list[bytes]:
    found = re.findall(rf'/static/(towns/[a-z-]+\.{ending})"', html)
    return [Path(finders.find(path)).read_bytes() for path in found]


@pytest.mark.parametrize("page", [*PAGES, "about/", "rankings/top-1000-towns/years/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_is_heavier_than_the_budget(client, demo, page, language):
    html = client.get(f"/{language}/{page}").content
    styles, scripts = parts(html.decode(), "css"), parts(html.decode(), "js")

    weights = [weight(html), *map(weight, styles), *map(weight, scripts)]

    assert styles
    assert sum(map(weight, scripts)) <= MOST_SCRIPT
    assert sum(weights) <= MOST, weights
