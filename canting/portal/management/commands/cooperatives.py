"""`canting cooperatives [--json]`: which cooperatives live in this installation."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from canting.cooperatives import selectors as cooperatives
from canting.ledger import selectors as ledger


class Command(BaseCommand):
    help = "List the cooperatives of this installation."

    def add_arguments(self, parser: CommandParser) -> None:
        """The shape of the answer."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line, or one object, for each."""
        rows = []
        for one in cooperatives.cooperatives():
            head = ledger.book(cooperative=one)
            rows.append(
                {
                    "slug": one.slug,
                    "name": one.name,
                    "kind": one.kind,
                    "place": one.place,
                    "cutover_date": one.cutover_date.isoformat(),
                    "provisional": one.signed_at is None,
                    "entries": head.position,
                    "closed_through": head.closed_through and head.closed_through.isoformat(),
                }
            )
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=1, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"{row['slug']:<24} {row['name']} ({row['entries']})")
