"""`canting statement NAME --cooperative NAME --as-of DATE [--json]`: a statement as text or figures."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives import selectors as cooperatives
from canting.kernel.dates import BadDate, parse_date, today
from canting.ledger.papers import StatementTable
from canting.portal.management.commands import chosen_cooperatives
from canting.reports.papers import NAMES, Told, as_figures, statement_of
from canting.reports.statements import Period, year_to

# The names that a person abroad or a program would type for the same.
ENGLISH = {
    "position": "posisi-keuangan",
    "surplus": "hasil-usaha",
    "equity": "perubahan-ekuitas",
    "cash-flow": "arus-kas",
    "promotion": "promosi-ekonomi",
    "notes": "catatan",
}


class Command(BaseCommand):
    help = "Print one of the six statements: of the year up to a day, beside the year before."

    def add_arguments(self, parser: CommandParser) -> None:
        """The statement, the cooperative, the day, and the shape of the answer."""
        parser.add_argument("name", choices=[*NAMES, *ENGLISH])
        parser.add_argument("--cooperative", default="")
        parser.add_argument("--as-of", default="", help="the last day; empty: today")
        parser.add_argument("--from", dest="since", default="", help="empty: first of the year")
        parser.add_argument("--json", action="store_true")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Tell it as it stands in one moment, and leave with 1 where its figures do not tie."""
        chosen = chosen_cooperatives(options["cooperative"], cooperatives.cooperatives())
        if len(chosen) != 1:
            listed = ", ".join(one.slug for one in chosen) or "-"
            raise CommandError(_("Name one cooperative: %(known)s.") % {"known": listed})
        cooperative = chosen[0]
        now = today(cooperative.zone)
        until = self._day(options["as_of"], now, now)
        since = self._day(options["since"], year_to(until).since, now)
        period = Period(min(since, until), until)
        told = statement_of(
            cooperative=cooperative,
            name=ENGLISH.get(options["name"], options["name"]),
            period=period,
            earlier=period.earlier(12),
        )
        if options["json"]:
            self.stdout.write(as_figures(cooperative.slug, [told]))
        else:
            self._say(cooperative.name, told)
        if not all(tie.holds for tie in told.ties):
            raise SystemExit(1)

    def _day(self, typed: str, usual: date, now: date) -> date:
        try:
            return parse_date(typed, today=now) or usual
        except BadDate as bad:
            raise CommandError(str(bad)) from bad

    def _say(self, name: str, told: Told) -> None:
        self.stdout.write(f"{name}\n{told.printed.title}\n{told.printed.lead}\n")
        for table in told.printed.tables:
            self._table(table)
        for section in told.printed.sections:
            self.stdout.write(f"\n{section.number}. {section.title}")
            for text in (*section.words, *section.points):
                self.stdout.write(text)
            for table in section.tables:
                self._table(table)
        for text in told.printed.words:
            self.stdout.write(text)

    def _table(self, table: StatementTable) -> None:
        self.stdout.write(f"\n{table.title}".rstrip())
        self.stdout.write(f"{'':44}" + "".join(f"{column[:17]:>19}" for column in table.columns))
        for row in table.rows:
            self.stdout.write(f"{row.label[:44]:44}" + "".join(f"{one:>19}" for one in row.shown))
