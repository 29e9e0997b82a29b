import json
from pathlib import Path

import pytest
from django.core.management import call_command

GOLDEN = Path(__file__).with_name("schema.yml")


def test_schema_is_the_accepted_one(tmp_path):
    made = tmp_path / "schema.yml"

    call_command("spectacular", "--lang", "en", "--validate", "--fail-on-warn", "--file", str(made))

    assert made.read_text() == GOLDEN.read_text(), (
        "The API's schema changed. If partners can live with it, accept it: "
        "SECRET_KEY=x python manage.py spectacular --lang en --file tests/api/schema.yml"
    )


@pytest.mark.parametrize(
    "path",
    [
        "regions",
        "towns",
        "parties",
        "sources",
        "rankings",
        "ranking-editions",
        "ranking-entries",
        "projects",
        "statistics",
        "photos",
        "columns",
        "articles",
    ],
)
def test_answers_have_the_keys_of_the_schema(client, demo, path):
    schema = json.loads(
        client.get(
            "/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"}
        ).content
    )
    operation = schema["paths"][f"/api/v1/{path}/"]["get"]
    shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
    page = schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[1]]
    reference = page["properties"]["results"]["items"]["$ref"]
    known = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]["properties"]

    record = client.get(f"/api/v1/{path}/").json()["results"][0]

    assert set(record) == set(known)
