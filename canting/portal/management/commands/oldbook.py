"""`canting oldbook FILE`: what Canting reads of another program's file; with `--commit` it is booked."""

import json
from argparse import ArgumentParser
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from canting.cooperatives.selectors import Cooperative, cooperative_named, system_user
from canting.kernel.errors import DomainError
from canting.kernel.money import format_rupiah
from canting.portal import selectors, services
from canting.portal.old_books import (
    Answers,
    Plan,
    Reading,
    bring_old_book,
    control_of,
    plan_old_book,
    read_kept,
    read_old_book,
    take_in,
    waiting,
)
from canting.portal.old_books.words import effect_name, what_name

UNCLEAR, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit status: 0 all clear (and booked), 1 something to ask or refused, 2 file not usable."""

    help = "Read a book or list of another program and say what is unclear; --commit books it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, whose, what is answered about it, and how the answer is printed."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--cooperative", help="short name (as in the address) or full name")
        parser.add_argument("--commit", action="store_true", help="book it whole, or not at all")
        parser.add_argument("--answers", type=Path, help="JSON with answers, as --json prints them")
        parser.add_argument("--numbers", choices=["id", "en"], help="how the file writes figures")
        parser.add_argument("--year", type=int, help="the year of days that name none")
        parser.add_argument("--product", choices=["pokok", "wajib", "sukarela"])
        parser.add_argument("--place", help="account role of the cash place, such as cash_main")
        parser.add_argument("--control", type=int, help="total of the old book in whole rupiah")
        parser.add_argument(
            "--newcomers", action="store_true", help="take in unknown people as new"
        )
        parser.add_argument("--json", action="store_true", help="print the rows as JSON")
        parser.add_argument("--language", default="id", choices=["id", "en"])

    def handle(self, **options: Any) -> None:
        """Read, print, book when asked, say by the exit status whether a person must look."""
        with translation.override(options["language"]):
            if options["cooperative"]:
                self._for_cooperative(options)
            elif options["commit"]:
                raise CommandError(
                    _("Name the cooperative whose book it is with --cooperative."),
                    returncode=UNREADABLE,
                )
            else:
                self._only_read(options)

    def _only_read(self, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        try:
            reading = read_old_book(
                path.read_bytes(), filename=path.name, answers=_answers(Answers(), options)
            )
        except (OSError, DomainError) as refusal:
            raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
        self._show(reading, options)
        if reading.questions or reading.differences or reading.needs:
            raise CommandError(_("Nothing is booked: look at these first."), returncode=UNCLEAR)

    def _for_cooperative(self, options: dict[str, Any]) -> None:
        """Keep the file and its answers, show what would be booked, and book it with --commit."""
        path: Path = options["file"]
        cooperative = _named(options["cooperative"])
        actor = system_user()
        try:
            book, _reading = bring_old_book(
                cooperative=cooperative, data=path.read_bytes(), filename=path.name, actor=actor
            )
        except (OSError, DomainError) as refusal:
            raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
        before = Answers.from_json(selectors.answers_of(book))
        services.keep_answers(book=book, answers=_answers(before, options).as_json())
        plan = plan_old_book(cooperative=cooperative, reading=read_kept(book))
        self._show(plan.reading, options)
        if not options["json"]:
            self._show_plan(plan)
        if not options["commit"]:
            if waiting(plan) or plan.problems:
                raise CommandError(_("Nothing is booked: look at these first."), returncode=UNCLEAR)
            return
        try:
            booked = take_in(book=book, actor=actor, now=timezone.now())
        except DomainError as refusal:
            raise CommandError(str(refusal), returncode=UNCLEAR) from refusal
        done = _("Booked as old book %(number)s: %(total)s.")
        self.stdout.write(
            done % {"number": booked.number, "total": format_rupiah(booked.total or 0)}
        )

    def _show(self, reading: Reading, options: dict[str, Any]) -> None:
        if options["json"]:
            facts = {**asdict(reading), "differences": reading.differences}
            facts["answers"] = reading.answers.as_json()
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1, default=str))
        else:
            self._print(reading)

    def _print(self, reading: Reading) -> None:
        count = {"layout": reading.layout, "count": len(reading.rows)}
        self.stdout.write(_("Layout %(layout)s: %(count)s rows read.") % count)
        for name, amount in reading.totals.items():
            self.stdout.write(f"{name}: {format_rupiah(amount)}")
        for one in reading.questions:
            self.stdout.write(f"{one.row} {one.column} {one.value}: {one.doubt}")
        for name, (said, counted) in reading.differences.items():
            self.stdout.write(f"{name}: {format_rupiah(said)} ≠ {format_rupiah(counted)}")

    def _show_plan(self, plan: Plan) -> None:
        for what, effect, count, amount in plan.sums():
            self.stdout.write(
                f"{what_name(what)}, {effect_name(effect)}: {count}, {format_rupiah(amount)}"
            )
        for sentence in [*waiting(plan), *map(str, plan.problems)]:
            self.stdout.write(f"? {sentence}")
        control = control_of(plan)
        if control is not None:
            self.stdout.write(f"{format_rupiah(control)} / {format_rupiah(plan.booking.total)}")


def _named(name: str) -> Cooperative:
    cooperative = cooperative_named(name)
    if cooperative is None:
        raise CommandError(
            _("There is no cooperative “%(name)s”.") % {"name": name}, returncode=UNREADABLE
        )
    return cooperative


def _answers(before: Answers, options: dict[str, Any]) -> Answers:
    """What was answered before, then the file of answers, then what the command line says."""
    if options["answers"]:
        try:
            before = Answers.from_json(json.loads(options["answers"].read_text("utf-8")))
        except (OSError, ValueError, TypeError) as wrong:
            raise CommandError(str(wrong), returncode=UNREADABLE) from wrong
    names = ("numbers", "year", "product", "place", "control", "newcomers")
    return replace(before, **{name: options[name] for name in names if options[name]})
