"""Large type (大字版): one bit in a cookie, switched by a plain link."""

import pytest


def test_large_type_is_kept_and_leads_back(client, demo):
    answer = client.get("/en/type/large/", {"next": "/en/towns/?kind=town"})

    assert answer.headers["Location"] == "/en/towns/?kind=town"
    page = client.get("/en/towns/")
    assert '<html lang="en" class="large">' in page.content.decode()
    assert "Large type is on." in page.content.decode()
    assert "Cookie" in page.headers["Vary"]


def test_the_way_back_is_as_short(client, demo):
    client.get("/en/type/large/")

    client.get("/en/type/normal/")

    assert 'class="large"' not in client.get("/en/").content.decode()


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "\\\\evil", "x"])
def test_the_switch_leads_nowhere_else(client, db, address):
    answer = client.get("/en/type/large/", {"next": address})

    assert answer.headers["Location"] == "/en/"


def test_there_are_two_sizes(client, demo):
    assert client.get("/en/type/huge/").status_code == 404
