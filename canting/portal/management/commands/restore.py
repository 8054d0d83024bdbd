"""`canting restore FILE [--json]`: put a backup into this empty installation and compare."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from canting.cooperatives import selectors as cooperatives
from canting.kernel.errors import DomainError
from canting.portal import selectors, services


class Command(BaseCommand):
    help = "Restore a backup into an empty installation."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """The archive."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, compare, verify; say how it went."""
        try:
            manifest = services.restore(path=options["file"])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        broken = [
            f"{one.slug}: {found.name}: {breach}"
            for one in cooperatives.cooperatives()
            for found in selectors.verification(cooperative=one)
            for breach in found.breaches
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"facts": manifest["facts"], "breaches": broken}))
        else:
            for name, value in manifest["facts"].items():
                self.stdout.write(f"{name}: {value}")
            self.stdout.write("verify: " + ("✓" if not broken else "\n".join(broken)))
        if broken:
            raise SystemExit(1)
