from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from towns.accounts.roles import ROLES, ensure_roles
from towns.accounts.stages import PRESETS, ensure_stages, set_up_stages
from towns.models import Stage


class Command(BaseCommand):
    help = "Create the roles with their rights, and the stages of review."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stages",
            choices=sorted(PRESETS),
            help="replace the stages of review by these; without it, stages that exist stay",
        )

    def handle(self, *args: Any, stages: str | None, **options: Any) -> None:
        ensure_roles()
        if stages:
            set_up_stages(stages)
        else:
            ensure_stages()
        names = ", ".join(str(stage) for stage in Stage.objects.in_order())
        self.stdout.write(f"{len(ROLES)} roles: {', '.join(ROLES)}; stages: {names}")
