"""`canting verify [--cooperative NAME] [--from CHECKPOINT] [--json]`; exit 1 on a breach.

Checks every invariant; with an old checkpoint it proves instead that nothing before it was rewritten.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from canting.cooperatives import selectors as cooperatives
from canting.kernel.errors import DomainError
from canting.ledger import selectors as ledger
from canting.ledger.rules import read_checkpoint
from canting.portal import selectors
from canting.portal.management.commands import chosen_cooperatives


class Command(BaseCommand):
    help = "Check everything that must always hold; a sentence for each breach, exit 1."

    def add_arguments(self, parser: CommandParser) -> None:
        """The cooperative (default: all) and the shape of the answer."""
        parser.add_argument("--cooperative", default="")
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--from",
            dest="checkpoint",
            default="",
            metavar="CHECKPOINT",
            help="journal:digest, the digest alone, or the file that was kept",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and leave with 1 when anything is broken."""
        if options["checkpoint"]:
            self._compare(options)
            return
        answer: dict[str, Any] = {}
        broken = 0
        for cooperative in chosen_cooperatives(options["cooperative"], cooperatives.cooperatives()):
            found = list(selectors.verification(cooperative=cooperative))
            broken += sum(not one.holds for one in found)
            answer[cooperative.slug] = [
                {"name": one.name, "holds": one.holds, "breaches": list(one.breaches)}
                for one in found
            ]
            if not options["json"]:
                self._say(cooperative.name, found)
        if options["json"]:
            self.stdout.write(json.dumps({"clean": not broken, "cooperatives": answer}, indent=1))
        if broken:
            raise SystemExit(1)

    def _compare(self, options: dict[str, Any]) -> None:
        """Prove that nothing before a checkpoint was rewritten, or name what was; then leave with 1."""
        given = options["checkpoint"]
        path = Path(given)
        try:
            is_file = path.is_file()
        except OSError:  # a digest may be longer than a name can be
            is_file = False
        try:
            checkpoint = read_checkpoint(path.read_text("utf-8") if is_file else given)
        except DomainError as refused:
            raise CommandError(str(refused)) from refused
        chosen = list(chosen_cooperatives(options["cooperative"], cooperatives.cooperatives()))
        known = [c for c in chosen if ledger.knows_checkpoint(cooperative=c, checkpoint=checkpoint)]
        if not known and len(chosen) > 1:
            raise CommandError(_("No cooperative here knows this checkpoint; name one."))
        answer = {
            one.slug: list(ledger.checkpoint_faults(cooperative=one, checkpoint=checkpoint))
            for one in known or chosen
        }
        if options["json"]:
            clean = not any(answer.values())
            self.stdout.write(json.dumps({"clean": clean, "cooperatives": answer}, indent=1))
        else:
            for slug, faults in answer.items():
                self._tell(slug, faults)
        if any(answer.values()):
            raise SystemExit(1)

    def _tell(self, slug: str, faults: list[str]) -> None:
        if not faults:
            self.stdout.write(f"{slug}: " + _("Nothing before this checkpoint was rewritten."))
        for fault in faults:
            self.stdout.write(self.style.ERROR(f"{slug}: {fault}"))

    def _say(self, name: str, found: list[selectors.Finding]) -> None:
        broken = [one for one in found if not one.holds]
        self.stdout.write(f"{name}: {len(found) - len(broken)} / {len(found)} ✓")
        for one in broken:
            self.stdout.write(self.style.ERROR(f"  {one.name}: {one.says}"))
            for breach in one.breaches:
                self.stdout.write(f"    - {breach}")
