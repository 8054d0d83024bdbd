"""`canting demo [--if-empty] [--seed N] [--today DATE]`: the invented cooperative Rengganis."""

from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from canting.cooperatives import selectors as cooperatives
from canting.kernel.dates import today as day_of
from canting.portal import demo
from canting.portal.demo.stage import SLUG

ZONE = "Asia/Jakarta"


class Command(BaseCommand):
    help = "Build the demonstration: Koperasi Batik Rengganis and a small neighbour."

    def add_arguments(self, parser: CommandParser) -> None:
        """When to leave it, and what decides its figures."""
        parser.add_argument("--if-empty", action="store_true", help="only in an empty installation")
        parser.add_argument("--seed", type=int, default=demo.SEED)
        parser.add_argument("--today", type=date.fromisoformat, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it unless it is there, and say who can sign in."""
        present = cooperatives.cooperative_by_slug(SLUG)
        if present is None and not (options["if_empty"] and cooperatives.cooperatives().exists()):
            self.stdout.write("Koperasi Batik Rengganis …")
            with transaction.atomic():
                demo.build(today=options["today"] or day_of(ZONE), seed=options["seed"])
            if connection.vendor == "sqlite":
                # Its people see at once that backups are made, and what one looks like.
                call_command("backup", daily=True, stdout=self.stdout)
        elif present is not None and not options["if_empty"]:
            raise CommandError("Koperasi Batik Rengganis sudah ada di sini.")
        if cooperatives.cooperative_by_slug(SLUG):
            self.stdout.write("Masuk tanpa sandi (hanya contoh) / sign in without a password:")
            for username, whom in demo.sign_ins():
                self.stdout.write(f"  {username:<12} {whom}")
