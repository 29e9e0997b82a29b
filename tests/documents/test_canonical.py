import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from towns.documents.canonical import canonical_bytes, digest_of, plain

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | TEXT
    | st.decimals(allow_nan=False, allow_infinity=False, places=4)
    | st.datetimes(timezones=st.just(dt.UTC)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
CONTENTS = st.dictionaries(TEXT, VALUES, max_size=5)


@given(CONTENTS)
def test_content_survives_its_own_bytes(content):
    body = canonical_bytes("thing", content)

    again = json.loads(body)["content"]

    assert canonical_bytes("thing", again) == body


@given(CONTENTS, st.randoms())
def test_order_of_keys_does_not_matter(content, random):
    keys = list(content)
    random.shuffle(keys)

    shuffled = {key: content[key] for key in keys}

    assert canonical_bytes("thing", shuffled) == canonical_bytes("thing", content)


@given(CONTENTS, CONTENTS)
def test_any_difference_gives_another_digest(one, other):
    assume(plain(one) != plain(other))

    digests = {digest_of(canonical_bytes("thing", content)) for content in (one, other)}

    assert len(digests) == 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("816.0000"), "816"),
        (Decimal("0E+3"), "0"),
        (Decimal("-0.00"), "0"),
        (Decimal("1E+9"), "1000000000"),
        (Decimal("16438000000.5000"), "16438000000.5"),
        ("e\u0301", "é"),
        (dt.date(2023, 10, 20), "2023-10-20"),
        (
            dt.datetime(2023, 10, 20, 19, 16, tzinfo=dt.timezone(dt.timedelta(hours=8))),
            "2023-10-20T11:16:00Z",
        ),
    ],
)
def test_values_have_one_form(value, expected):
    assert plain(value) == expected


@pytest.mark.parametrize(
    "value", [1.5, b"bytes", dt.datetime(2023, 10, 20), {1: "number"}, Decimal("NaN"), {1, 2}]
)
def test_values_without_one_form_are_refused(value):
    with pytest.raises(TypeError):
        plain({"value": value})
