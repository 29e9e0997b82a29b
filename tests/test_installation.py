import subprocess
import sys

import pytest

from townsportal.installation import BASE_DIR, HOW_TO_BEGIN, database, email


def test_postgres_address_is_taken_apart():
    settings = database("postgres://staff:p%40ss@db.example:6543/portal?sslmode=require")

    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["NAME"], settings["USER"], settings["PASSWORD"]) == ("portal", "staff", "p@ss")
    assert (settings["HOST"], settings["PORT"]) == ("db.example", "6543")
    assert settings["OPTIONS"] == {"sslmode": "require"}


def test_sqlite_waits_for_other_writers():
    settings = database("sqlite:////srv/portal/db.sqlite3")

    assert settings["NAME"] == "/srv/portal/db.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_other_databases_are_refused():
    with pytest.raises(ValueError, match="DATABASE_URL begins with"):
        database("mysql://root@localhost/portal")


def test_without_a_key_every_command_says_how_to_begin(tmp_path):
    environment = {"DATA_DIR": str(tmp_path / "data"), "PATH": "/usr/bin"}

    ended = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr.strip()) == (1, HOW_TO_BEGIN)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://desk:p%40ss@mail.example.org", 587, True, False),
        ("smtps://mail.example.org:4650", 4650, False, True),
    ],
)
def test_notices_go_out_as_the_address_says(url, port, tls, ssl):
    settings = email(url)

    assert settings["EMAIL_HOST"] == "mail.example.org"
    assert settings["EMAIL_PORT"] == port
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (tls, ssl)
    assert settings["EMAIL_HOST_PASSWORD"] == ("p@ss" if "desk" in url else "")


def test_without_an_address_notices_are_printed():
    assert email("")["EMAIL_BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_another_kind_of_mail_address_is_refused(url):
    with pytest.raises(ValueError, match="EMAIL_URL begins with"):
        email(url)
