import io

import pytest
from django.core.management import CommandError, call_command

from towns.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_divisions(monkeypatch):
    monkeypatch.setattr("towns.keeping.divisions.read_rows", lambda: [])


def test_nobody_answering_is_said_and_can_be_mended_by_running_it_again(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="there is no administrator yet"):
        call_command("begin")

    monkeypatch.setenv("BEGIN_PASSWORD", "long and of no use")
    call_command("begin", username="head")

    assert User.objects.get().is_superuser
    assert "Serve it with" in capsys.readouterr().out


def test_a_weak_password_is_refused_in_words(monkeypatch):
    monkeypatch.setenv("BEGIN_PASSWORD", "12345678")

    with pytest.raises(CommandError, match="too common"):
        call_command("begin", username="head")

    assert not User.objects.exists()
