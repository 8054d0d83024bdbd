"""`canting import stock FILE --cooperative NAME`: the opening's step of materials, from the shell."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from canting.cooperatives.selectors import cooperative_named, system_user
from canting.kernel.errors import DomainError
from canting.portal import forms, imports, selectors, services
from canting.portal.errors import StepSaved
from canting.portal.rules.opening import Step

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

NOTHING_TAKEN, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit status: 0 all rows booked (or they would be), 1 nothing booked, 2 not usable."""

    help = "Bring the opening stock of materials from a sheet, such as a list of batches."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where, into which cooperative, how figures are written, what becomes of it."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--cooperative", required=True, help="short name (as in the address) or full name"
        )
        parser.add_argument("--numbers", default="id", choices=["id", "en"])
        parser.add_argument("--dry-run", action="store_true", help="look, but book nothing")
        parser.add_argument(
            "--draft", action="store_true", help="keep the rows on the page, to be completed there"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument("--language", default="id", choices=["id", "en"])

    def handle(self, **options: Any) -> None:
        """Read, look through, book or keep, print."""
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
            sheet = imports.sheet_of_file(
                step=Step.STOCK,
                data=path.read_bytes(),
                filename=path.name,
                convention=options["numbers"],
            )
        except (OSError, DomainError) as refusal:
            raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
        grid = forms.GRID_OF[Step.STOCK](
            forms.grid_data(sheet.rows),
            prefix=forms.PREFIX,
            form_kwargs={"known": forms.Known(cooperative)},
        )
        errors = [] if grid.is_valid() else grid.cell_errors()
        self._print(sheet, errors, as_json=options["json"])
        try:
            self._take_in(cooperative, grid, sheet, path.name, options, bad=bool(errors))
        except DomainError as refusal:
            raise CommandError(str(refusal), returncode=NOTHING_TAKEN) from refusal
        if errors and not options["draft"]:
            raise CommandError(
                _("Some rows are refused; nothing is booked. --draft keeps them on the page."),
                returncode=NOTHING_TAKEN,
            )

    def _take_in(
        self,
        cooperative: Cooperative,
        grid: Any,
        sheet: imports.Sheet,
        name: str,
        options: dict[str, Any],
        *,
        bad: bool,
    ) -> None:
        """Keep the rows as a draft, or book them when every one is good."""
        if options["dry_run"]:
            return
        facts = {
            "name": name, "columns": sheet.columns, "left_out": sheet.left_out,
            "numbers": options["numbers"], "samples": sheet.samples, "read": len(sheet.rows),
        }  # fmt: skip
        common: dict[str, Any] = {
            "cooperative": cooperative, "step": Step.STOCK, "actor": system_user()
        }  # fmt: skip
        if options["draft"]:
            services.keep_draft(rows=sheet.rows, facts=facts, **common)
        elif not bad:
            if selectors.part(cooperative=cooperative, step=Step.STOCK):
                raise StepSaved(step=selectors.step_name(Step.STOCK))
            goods = [form.goods() for form in grid.filled()]
            services.put_goods(goods=goods, rows=grid.rows(), **common)

    def _print(self, sheet: imports.Sheet, errors: list[forms.CellError], *, as_json: bool) -> None:
        refused = {one.row for one in errors}
        accepted = [int(row[imports.ROW]) for row in sheet.rows if row[imports.ROW] not in refused]
        if as_json:
            report = {
                "accepted": accepted,
                "refused": [
                    {"row": int(one.row), "column": one.column, "reason": one.text}
                    for one in errors
                ],
                "left_out": sheet.left_out,
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        for one in errors:
            self.stdout.write(f"{_('refused')} {one.row} {one.column}: {one.text}")
        said = _("%(accepted)s rows accepted, %(refused)s refused, %(left)s left out.")
        counts = (len(accepted), len(refused), len(sheet.left_out))
        self.stdout.write(said % dict(zip(("accepted", "refused", "left"), counts, strict=True)))
