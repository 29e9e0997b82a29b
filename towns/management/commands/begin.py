import os
from getpass import getpass
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from towns.accounts.roles import ADMINISTRATOR
from towns.models import User


class Command(BaseCommand):
    help = "Begin a real installation: database, divisions, roles and the first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help="name of the first administrator")

    def handle(self, *args: Any, username: str | None, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        if User.objects.exists():
            raise CommandError("This installation has begun already: people can sign in.")
        call_command("load_divisions", stdout=self.stdout)
        call_command("load_roles", stdout=self.stdout)
        try:
            username = username or input("用户名 / user name: ").strip()
            password = os.environ.get("BEGIN_PASSWORD") or self._ask()
        except (EOFError, KeyboardInterrupt) as error:
            raise CommandError(
                "Nobody answered: there is no administrator yet. Run it again, "
                "or give --username and BEGIN_PASSWORD."
            ) from error
        self._make(username, password)
        self.stdout.write("Begun. Serve it with: python manage.py serve")

    def _make(self, username: str, password: str) -> None:
        user = User(username=username, is_staff=True, is_superuser=True)
        try:
            user.full_clean(exclude=["password"])
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.set_password(password)
        user.save()
        user.groups.add(Group.objects.get(name=ADMINISTRATOR))

    def _ask(self) -> str:
        password = getpass("密码 / password: ")
        if password != getpass("再输一次 / again: "):
            raise CommandError("The two passwords differ.")
        return password
