"""`canting new`: a cooperative with its book and its first manager, asked or by options."""

from __future__ import annotations

import getpass
import json
import os
import sys
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.rules import CooperativeKind
from canting.kernel.dates import parse_date, today
from canting.kernel.errors import DomainError
from canting.portal import services

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

ZONE = "Asia/Jakarta"


class Command(BaseCommand):
    help = "Make a cooperative and its first manager; asks what is not given as an option."

    def add_arguments(self, parser: CommandParser) -> None:
        """Every answer as an option; the password comes from CANTING_PASSWORD or is asked hidden."""
        parser.add_argument("--name", default="", help="full name of the cooperative")
        parser.add_argument("--kind", default="", choices=["", *CooperativeKind])
        parser.add_argument("--slug", default="", help="short name, the word in its address")
        parser.add_argument("--cutover", default="", help="first day of the books, 2027-01-01")
        parser.add_argument("--place", default="")
        parser.add_argument("--region", default="", help="region code, such as 35.13")
        parser.add_argument("--manager", default="", help="full name of the first manager")
        parser.add_argument("--username", default="", help="what the manager signs in with")
        parser.add_argument("--json", action="store_true", help="ask nothing, answer as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, make, and say where to go on."""
        self._asks = not options["json"] and sys.stdin.isatty()
        reserved = import_module(settings.ROOT_URLCONF).RESERVED
        name = self._answer(options["name"], "--name", _("Name of the cooperative"), "")
        kind = self._answer(options["kind"], "--kind", _kinds(), CooperativeKind.PRODUCER)
        proposed = services.proposed_slug(name=name, reserved=reserved)
        try:
            made = services.found_cooperative(
                name=name,
                kind=_kind(kind),
                slug=self._answer(options["slug"], "--slug", _("Short name"), proposed),
                cutover_date=self._day(options["cutover"]),
                place=self._answer(options["place"], "--place", _("Place"), " ").strip(),
                region_code=options["region"],
                full_name=self._answer(options["manager"], "--manager", _("First manager"), ""),
                username=self._answer(options["username"], "--username", _("Signs in as"), ""),
                password=self._password(),
                reserved=reserved,
                actor=cooperatives.system_user(),
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self._say(made, as_json=options["json"])

    def _answer(self, given: str, option: str, question: str, proposal: str) -> str:
        """The option, else what is typed, else the proposal; without any of them, a sentence."""
        if given:
            return given
        if self._asks:
            shown = f" [{proposal}]" if proposal.strip() else ""
            typed = input(f"{question}{shown}: ").strip()
            if typed:
                return typed
        if proposal:
            return proposal
        raise CommandError(_("%(option)s is missing.") % {"option": option})

    def _day(self, given: str) -> date:
        now = today(ZONE)
        first = date(now.year, 1, 1)
        question = _("First day of the books here")
        typed = self._answer(given, "--cutover", question, first.isoformat())
        try:
            return parse_date(typed, today=now) or first
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _password(self) -> str:
        """Never an option: other users of the machine could read it there."""
        if given := os.environ.get("CANTING_PASSWORD", ""):
            return given
        if not self._asks:
            raise CommandError(_("%(option)s is missing.") % {"option": "CANTING_PASSWORD"})
        first = getpass.getpass(_("Password, a sentence that you remember") + ": ")
        if getpass.getpass(_("The same once more") + ": ") != first:
            raise CommandError(_("The two passwords are not the same. Run the command again."))
        return first

    def _say(self, made: Cooperative, *, as_json: bool) -> None:
        address = f"{settings.PUBLIC_URL}/{made.slug}/mulai/"
        if as_json:
            answer = {"slug": made.slug, "name": made.name, "address": address}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(_("%(name)s is ready.") % {"name": made.name})
        if settings.PUBLIC_URL:
            self.stdout.write(_("Open %(address)s") % {"address": address})
        else:
            self.stdout.write(
                _("Start it with: canting run. Then open %(address)s there.") % {"address": address}
            )


def _kinds() -> str:
    return _("Kind (%(kinds)s)") % {"kinds": ", ".join(CooperativeKind)}


def _kind(typed: str) -> str:
    text = typed.strip().lower().replace(" ", "_")
    if text not in set(CooperativeKind):
        known = ", ".join(CooperativeKind)
        sentence = _("“%(typed)s” is no kind of cooperative. Known are: %(known)s.")
        raise CommandError(sentence % {"typed": typed, "known": known})
    return text
