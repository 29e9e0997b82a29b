import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.images.originals import XMP
from towns.images import xmp

LAUGHS = b"""<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/hostname">]>"""


@pytest.mark.parametrize(
    "packet",
    [
        LAUGHS + XMP.split(b"?>", 1)[1].replace("刘春林".encode(), b"&c;"),
        LAUGHS + XMP.split(b"?>", 1)[1].replace("刘春林".encode(), b"&d;"),
        b"<!DOCTYPE x>" + XMP.split(b"?>", 1)[1],
        XMP.replace("刘春林".encode(), b"&nowhere;"),
        XMP + b" " * 1024 * 1024 + b"x",
        XMP[:-200],
        XMP.replace(b"</dc:creator>", b""),
        XMP.replace(b"xmlns:dc=", b"xmlns:other="),
        XMP.replace("刘".encode(), b"\xff\xfe"),
        b'<?xml version="1.0" encoding="shift_jis"?><x/>',
        b'<?xml version="1.0" encoding="nowhere"?><x/>',
        b"<a>" * 300_000,
        b"<a>" * 140_000 + b"</a>" * 140_000,
        b"\0" * 1000,
        b"",
        b"\xef\xbb\xbf",
        "a text",
        None,
    ],
    ids=range(18),
)
def test_hostile_packets_say_nothing(packet):
    assert xmp.parse(packet) == []


@given(st.text(), st.text(), st.text())
def test_whatever_is_written_can_be_read_again(creator, notice, credit):
    packet = xmp.write(
        {"dc:creator": (creator,), "dc:rights": {"en": notice}, "TC260:AIGC": credit}
    )

    (description,) = xmp.parse(packet)

    assert len(description) == 2 + bool(credit)
