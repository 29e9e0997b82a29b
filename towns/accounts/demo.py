"""Sign-ins of a demo database, one for each role. A real installation has none of them."""

import secrets

from django.contrib.auth.models import Group

from towns.accounts.roles import (
    ADMINISTRATOR,
    FINAL_REVIEWER,
    FIRST_REVIEWER,
    PROOFREADER,
    PUBLISHER,
    SECOND_REVIEWER,
    WRITER,
    ensure_roles,
)
from towns.models import User

# Invented people.
_PEOPLE = (
    (WRITER, "writer", "陈", "桂芳"),
    (PROOFREADER, "proof", "莫", "晓彤"),
    (FIRST_REVIEWER, "first", "李", "志强"),
    (SECOND_REVIEWER, "second", "周", "敏"),
    (FINAL_REVIEWER, "final", "何", "建国"),
    (PUBLISHER, "publisher", "罗", "岚"),
    (ADMINISTRATOR, "admin", "黎", "小燕"),
)


def make_demo_accounts() -> list[tuple[str, str, str]]:
    """Create them with passwords of their own; return role, name and password of each."""
    ensure_roles()
    return [(role, name, _make(role, name, *person)) for role, name, *person in _PEOPLE]


def _make(role: str, username: str, last_name: str, first_name: str) -> str:
    password = secrets.token_urlsafe(9)
    user = User.objects.create_user(
        username,
        password=password,
        last_name=last_name,
        first_name=first_name,
        is_staff=True,
        is_superuser=False,
    )
    user.groups.add(Group.objects.get(name=role))
    return password
