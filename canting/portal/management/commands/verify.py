"""`canting verify [--cooperative NAME] [--json]`: check every invariant; exit 1 on a breach."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from canting.cooperatives import selectors as cooperatives
from canting.portal import selectors
from canting.portal.management.commands import chosen_cooperatives


class Command(BaseCommand):
    help = "Check everything that must always hold; a sentence for each breach, exit 1."

    def add_arguments(self, parser: CommandParser) -> None:
        """The cooperative (default: all) and the shape of the answer."""
        parser.add_argument("--cooperative", default="")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and leave with 1 when anything is broken."""
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

    def _say(self, name: str, found: list[selectors.Finding]) -> None:
        broken = [one for one in found if not one.holds]
        self.stdout.write(f"{name}: {len(found) - len(broken)} / {len(found)} ✓")
        for one in broken:
            self.stdout.write(self.style.ERROR(f"  {one.name}: {one.says}"))
            for breach in one.breaches:
                self.stdout.write(f"    - {breach}")
