"""`canting upgrade [--json]`: bring the tables up to date; when a step fails, all is as before."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from canting.kernel.errors import DomainError
from canting.portal import services


class Command(BaseCommand):
    help = "Bring the tables up to date, after a copy of the data as they are."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """The shape of the answer."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Upgrade and say which steps were taken; a failing step is named, exit 1."""
        try:
            done = services.upgrade(now=timezone.now())
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            answer = {"steps": list(done.steps), "copy": str(done.copy or "")}
            self.stdout.write(json.dumps(answer))
        elif options["verbosity"]:
            for step in done.steps:
                self.stdout.write(f"{step} ✓")
            if done.copy:
                self.stdout.write(str(done.copy))
