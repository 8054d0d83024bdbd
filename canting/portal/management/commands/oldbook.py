"""`canting oldbook FILE`: what Canting reads of another program's file; nothing is booked."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from canting.kernel.errors import DomainError
from canting.kernel.money import format_rupiah
from canting.portal.old_books import Reading, read_old_book

UNCLEAR, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit status: 0 all clear and the totals agree, 1 something to ask, 2 file not usable."""

    help = "Read a book or list of another program and say what is unclear; nothing is booked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, and how the answer is printed."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the rows as JSON")
        parser.add_argument("--language", default="id", choices=["id", "en"])

    def handle(self, **options: Any) -> None:
        """Read, print, say by the exit status whether a person must look."""
        path: Path = options["file"]
        with translation.override(options["language"]):
            try:
                reading = read_old_book(path.read_bytes(), filename=path.name)
            except (OSError, DomainError) as refusal:
                raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
            if options["json"]:
                facts = {**asdict(reading), "differences": reading.differences}
                self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1, default=str))
            else:
                self._print(reading)
            if reading.questions or reading.differences:
                raise CommandError(_("Nothing is booked: look at these first."), returncode=UNCLEAR)

    def _print(self, reading: Reading) -> None:
        count = {"layout": reading.layout, "count": len(reading.rows)}
        self.stdout.write(_("Layout %(layout)s: %(count)s rows read.") % count)
        for name, amount in reading.totals.items():
            self.stdout.write(f"{name}: {format_rupiah(amount)}")
        for one in reading.questions:
            self.stdout.write(f"{one.row} {one.column} {one.value}: {one.doubt}")
        for name, (said, counted) in reading.differences.items():
            self.stdout.write(f"{name}: {format_rupiah(said)} ≠ {format_rupiah(counted)}")
