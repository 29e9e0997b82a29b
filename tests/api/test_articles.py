import hashlib
import json

OUTSIDE_THE_DIGEST = ("number", "published_at", "digest", "related")


def get(client, path):
    return client.get(f"/api/v1/{path}").json()


def test_a_partner_can_recompute_the_digest_of_an_article(client, demo):
    article = get(client, "articles/four-towns-2023/")

    own = {key: value for key, value in article.items() if key not in OUTSIDE_THE_DIGEST}
    envelope = {"schema": 1, "kind": "article", "content": own}
    text = json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == article["digest"]


def test_the_list_has_the_same_words_without_the_page(client, demo):
    detail = get(client, "articles/four-towns-2023/")

    results = get(client, "articles/")["results"]
    listed = next(one for one in results if one["slug"] == "four-towns-2023")

    del detail["related"]["html"]
    assert listed == detail


def test_articles_are_found_by_column_and_town(client, demo):
    column = get(client, "columns/")["results"][0]
    in_column = client.get(column["related"]["articles"]).json()["results"]
    of_lubu = get(client, "articles/?town=441204103")["results"]

    assert [one["slug"] for one in in_column] == ["twelve-towns-2025", "four-towns-2023"]
    assert {one["slug"] for one in of_lubu} == {
        "four-towns-2023",
        "lubu-three-plans",
        "village-accounts",
    }
    assert get(client, "articles/?column=nothing")["results"] == []


def test_addresses_are_whole(client, demo):
    photo = get(client, "photos/")["results"][0]
    article = get(client, "articles/four-towns-2023/")

    assert article["related"]["pages"] == {
        "zh-hans": "http://testserver/zh-hans/articles/four-towns-2023/",
        "en": "http://testserver/en/articles/four-towns-2023/",
    }
    for address in photo["related"]["sizes"].values():
        picture = client.get(address)
        assert b"".join(picture.streaming_content)
        assert picture.status_code == 200
