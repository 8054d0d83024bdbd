"""`canting backup [--daily] [--to FOLDER] [--json]`: one archive with data and files."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from canting.kernel.errors import DomainError
from canting.portal import services


class Command(BaseCommand):
    help = "Write one archive with the data and all files."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whether only once a day."""
        parser.add_argument("--to", type=Path, default=None)
        parser.add_argument(
            "--daily", action="store_true", help="Only when the newest is a day old."
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up and say where the archive lies."""
        now = timezone.now()
        try:
            made = (
                services.back_up_daily(now=now)
                if options["daily"]
                else services.back_up(now=now, folder=options["to"])
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(made and {"path": str(made.path), "facts": made.facts}))
        elif made:
            self.stdout.write(str(made.path))
