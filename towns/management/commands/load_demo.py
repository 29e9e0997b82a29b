from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from towns.accounts.demo import make_demo_accounts
from towns.accounts.stages import ensure_stages
from towns.keeping.demo.loading import DivisionsMissingError, load_content
from towns.models import Article, User
from towns.publishing.announcing import announce
from towns.publishing.article import publish_article
from towns.publishing.history import note_version
from towns.publishing.record import publish_records
from towns.publishing.review import lock, sign, submit
from towns.publishing.road import road_of, written_languages

ACCOUNTS_FILE = settings.DATA_DIR / "demo-accounts.txt"


class Command(BaseCommand):
    help = "Load the demo content and its sign-ins into an empty database; never twice."

    def handle(self, *args: Any, **options: Any) -> None:
        if ACCOUNTS_FILE.exists() and Article.objects.exists():
            self.stdout.write("The demo content is there; what was edited stays.")
            return
        if User.objects.exists() or Article.objects.exists():
            raise CommandError("This database is in use: the demo goes into an empty one only.")
        with transaction.atomic():
            self._load()

    def _load(self) -> None:
        accounts = make_demo_accounts()
        ensure_stages()
        writer, publisher = (User.objects.get(username=name) for name in ("writer", "publisher"))
        try:
            demo = load_content(lambda step: self.stdout.write(f"  · {step}"))
        except DivisionsMissingError as error:
            raise CommandError("Load the divisions first: manage.py load_divisions") from error
        self.stdout.write("  · publishing")
        publish_records(demo.records, by=publisher)
        for article in demo.articles:
            self._publish(article, writer=writer, publisher=publisher)
        announce([demo.site])
        self._write_down(accounts)

    def _publish(self, article: Article, *, writer: User, publisher: User) -> None:
        """The whole road, each step by the demo's person for it."""
        article.created_by = writer
        article.save()
        note_version(article, by=writer)
        submit(article, by=writer, languages=written_languages(article))
        for step in road_of(lock(article)).steps:
            road = road_of(lock(article))
            person = next(user for user in User.objects.all() if step.may_sign(user))
            sign(article, by=person, digest=road.text.digest, step=step.key)
        publish_article(article, by=publisher)

    def _write_down(self, accounts: list[tuple[str, str, str]]) -> None:
        lines = [f"{role}\t{name}\t{password}\n" for role, name, password in accounts]
        ACCOUNTS_FILE.parent.mkdir(parents=True, exist_ok=True)
        ACCOUNTS_FILE.touch(mode=0o600)
        ACCOUNTS_FILE.write_text("".join(lines))
