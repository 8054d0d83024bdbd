"""`canting import members FILE --cooperative NAME`: the same road as the page, from the shell."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from canting.cooperatives.selectors import cooperative_named, system_user
from canting.cooperatives.services import keep_sheet
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.tables_in import read_table
from canting.members.imports import (
    as_report,
    brought_sheet,
    mapping_for,
    review,
    sealed_text,
    take_in,
)

NOTHING_TAKEN, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit status: 0 all rows in (or they would be), 1 nothing taken in, 2 file or name not usable."""

    help = "Import members from an Excel, OpenDocument or CSV file, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is imported, from where, into which cooperative."""
        parser.add_argument("what", choices=["members"])
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--cooperative", required=True, help="short name (as in the address) or full name"
        )
        parser.add_argument("--sheet", help="name of the sheet; else the first that is not empty")
        parser.add_argument("--dry-run", action="store_true", help="look, but take nothing in")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument("--language", default="id", choices=["id", "en"])

    def handle(self, **options: Any) -> None:
        """Read, look through, take in, print."""
        with translation.override(options["language"]):
            self._run(options)

    def _run(self, options: dict[str, Any]) -> None:
        cooperative = cooperative_named(options["cooperative"])
        if cooperative is None:
            raise CommandError(
                _("There is no cooperative “%(name)s”.") % {"name": options["cooperative"]},
                returncode=UNREADABLE,
            )
        path: Path = options["file"]
        try:
            table = read_table(path.read_bytes(), filename=path.name, sheet=options["sheet"])
        except (OSError, DomainError) as refusal:
            raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
        on, actor = today(cooperative.zone), system_user()
        columns, _known = mapping_for(cooperative=cooperative, header=table.header)
        sheet = brought_sheet(table, columns)
        found = review(cooperative=cooperative, sheet=sheet, today=on)
        refusal_text = ""
        numbers: dict[int, str] = {}
        if not options["dry_run"]:
            try:
                with transaction.atomic():
                    kept = keep_sheet(
                        cooperative=cooperative,
                        kind="members",
                        name=path.name,
                        text=sealed_text(sheet),
                        actor=actor,
                    )
                    found, numbers = take_in(
                        cooperative=cooperative,
                        kept=kept,
                        on=on,
                        now=timezone.now(),
                        actor=actor,
                        unanswered_too=True,
                    )
            except DomainError as refusal:
                refusal_text = str(refusal)
        report = as_report(sheet=sheet, found=found, numbers=numbers)
        self._print(report, as_json=options["json"])
        if refusal_text or found.wrong_cells or not found.accepted:
            raise CommandError(
                refusal_text or _("Some rows are refused; nothing would be taken in."),
                returncode=NOTHING_TAKEN,
            )

    def _print(self, report: dict[str, list[dict[str, Any]]], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        lines = [(_("refused"), fact) for fact in report["refused"]] + [
            (_("note"), fact) for fact in report["warnings"]
        ]
        for word, fact in lines:
            self.stdout.write(
                f"{word} {fact['line']} {fact['column']} {fact['value']}: {fact['reason']}"
            )
        self.stdout.write(
            _("%(accepted)s rows accepted, %(refused)s refused.")
            % {
                "accepted": len(report["accepted"]),
                "refused": len({fact["line"] for fact in report["refused"]}),
            }
        )
