"""`canting export beancount|hledger --cooperative NAME FILE`: the whole books as plain text."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives import selectors as cooperatives
from canting.ledger.exports import plain_text
from canting.ledger.rules.plain_text import TextForm
from canting.portal.management.commands import chosen_cooperatives


class Command(BaseCommand):
    help = "Write the books of a cooperative as a journal of beancount or hledger."

    def add_arguments(self, parser: CommandParser) -> None:
        """The program, the cooperative and the file; - is the standard output."""
        parser.add_argument("form", choices=[form.value for form in TextForm])
        parser.add_argument("--cooperative", default="")
        parser.add_argument("file", help="where to write; - is the standard output")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Write all entries; a file that exists is replaced only when the new one is whole."""
        chosen = chosen_cooperatives(options["cooperative"], cooperatives.cooperatives())
        if len(chosen) != 1:
            listed = ", ".join(one.slug for one in chosen) or "-"
            raise CommandError(_("Name one cooperative: %(known)s.") % {"known": listed})
        pieces = plain_text(cooperative=chosen[0], form=TextForm(options["form"]))
        if options["file"] == "-":
            for piece in pieces:
                sys.stdout.write(piece)
            return
        target = Path(options["file"])
        beside = target.with_name(f".{target.name}.part")
        try:
            with beside.open("w", encoding="utf-8") as file:
                file.writelines(pieces)
            beside.replace(target)
        except OSError as fault:
            raise CommandError(
                _("%(file)s could not be written: %(why)s.")
                % {"file": target, "why": fault.strerror or fault}
            ) from fault
        finally:
            beside.unlink(missing_ok=True)
        self.stdout.write(_("%(file)s is written.") % {"file": target})
