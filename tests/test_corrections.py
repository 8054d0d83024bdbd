"""Every kind of paper can be put right from its own page: with a reason, once, leaving no trace.

The worked year is played event by event. The first paper of each kind is opened the moment it is
there, before anything rests on it: Betulkan is found on its page, refused without a reason, only
cancelled, written anew as it was, and written anew with a change; every time the books must agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, override

from canting.catalogue.selectors import norms
from canting.catalogue.services import create_item
from canting.cooperatives.models import Cooperative, User
from canting.cooperatives.rules import PartyKind, Role
from canting.cooperatives.services import set_parameter
from canting.kernel.dates import next_month
from canting.ledger import selectors as ledger
from canting.ledger.models import JournalEntry
from canting.ledger.rules import credit, debit
from canting.ledger.services import post_manual
from canting.lending.services import accrue
from canting.portal import selectors as portal
from canting.production.rules import Part
from canting.production.selectors import assignment
from canting.production.services import open_work_order
from canting.purchasing import services as buying
from canting.purchasing.selectors import OutLine
from canting.purchasing.services import hand_out
from canting.quality.rules import Finding, Result
from canting.quality.services import delivery_of, inspect
from canting.savings.services import Decision as Minutes
from canting.savings.services import (
    approve_exit,
    ask_exit,
    book_interest,
    deposit,
    set_off,
    withdraw,
)
from canting.stock import selectors as stock
from canting.stock.rules import GoodsLine
from canting.stock.services import (
    FIRST,
    SECOND,
    Decision,
    blend_wax,
    book_count,
    enter_count,
    move_goods,
    open_count,
    open_store,
    pool_lot,
)
from canting.taxes.services import pay_bill, pay_over, state_fact, write_input_vat
from canting.treasury import services as daily
from tests import builders
from tests.builders import party
from tests.corrections import draft_on, link_on, open_page, send
from tests.portal.clock import stop_clock
from tests.stories.worked_year import DECISION, EVENTS, Year

pytestmark = pytest.mark.django_db
LATER, LAST_DAY = date(2099, 12, 31), date(2027, 12, 31)


class UndoneError(Exception):
    """Ends a savepoint without keeping it."""


def less(value: str) -> str:
    """An amount as it stands in a draft, a thousand less."""
    return str(int(value.replace(".", "")) - 1000)


@dataclass(frozen=True)
class Way:
    """How a kind is put right: what only cancels it, and one change of the new draft.

    Without a draft it is only taken back, and written anew where such papers are written.
    """

    cancel: Mapping[str, Any] = field(default_factory=dict)
    change: Mapping[str, str | Callable[[str], str]] = field(default_factory=dict)
    reason: str = "reason"
    draft: bool = True
    refused: str = ""


SIDE_BY_SIDE = re.compile(r'class="[^"]*\bcorrection\b')
ONLY = {"only_cancel": "on"}
NO_PIECES = {"code": None, "quantity": None, "price": None}
FIRST_LINE = {"b-0-quantity": "1"}
TAKEN_BACK = Way(draft=False)
CONFIRMED = Way(
    refused="What a buyer confirmed is not taken back here. "
    "Goods that return are put right by a credit note on the invoice."
)
WAYS: dict[str, Way] = {
    "assets.asset": Way(ONLY, {"cost": less}),
    "assets.run": TAKEN_BACK,
    "assets.disposal": Way(ONLY, {"received": less}),
    "assets.grant": Way(ONLY, {"deed": "Akta 9"}),
    "cash.paper": Way(ONLY, {"amount": less}),
    "cash.count": TAKEN_BACK,
    "lending.draw": Way(ONLY, {"amount": less}),
    "lending.repayment": Way(ONLY, {"interest": less}),
    "lending.accrual": TAKEN_BACK,
    "lending.onlend": Way(ONLY, {"amount": less}),
    "lending.instalment": Way(ONLY, {"fee": less}),
    "ledger.manual": Way({"only_reverse": "on"}, {"memo": "Sewa tenda"}),
    "production.advance": Way({"amount": ""}, {"amount": less}),
    "production.material": Way({"quantity": ""}, {"quantity": "0,1"}),
    "production.return": Way({"quantity": ""}, {"reason": "Cacat lain"}),
    "production.finish": TAKEN_BACK,
    "purchasing.purchase": Way(ONLY, FIRST_LINE),
    "purchasing.receipt": Way(ONLY, FIRST_LINE),
    "purchasing.change": TAKEN_BACK,
    "purchasing.payment": Way(ONLY, {"amount": less}),
    "purchasing.hand_out": Way(ONLY, FIRST_LINE),
    "purchasing.order_receipt": Way(ONLY, {"nota": "SJ-9"}),
    "purchasing.order_return": TAKEN_BACK,
    "purchasing.bill": Way(ONLY, {"nota": "F-9"}),
    "purchasing.material_return": Way(ONLY, FIRST_LINE),
    "quality.inspection": Way({"result": ""}, {"objection": "Isen kurang rapi"}, reason="why"),
    "quality.finished": Way({"result": ""}, {"objection": "Isen kurang rapi"}, reason="why"),
    "sales.delivery": Way(NO_PIECES, {"driver": "Pak Amat"}),
    "sales.handover": CONFIRMED,
    "sales.delivery_returned": CONFIRMED,
    "sales.invoice": Way({"again": "cancel"}, {"due_on": "31/12/2027"}),
    "sales.payment": Way({"amount": ""}, {"amount": less}),
    "sales.sale": Way(NO_PIECES, {"discount": "1.000"}),
    "sales.credit_note": Way({"quantity": ""}, {"cash_place": "bank"}),
    "sales.doubt": Way(ONLY, {"amount": less}),
    "sales.qris": Way({"gross": ""}, {"fee": "1.000"}),
    "sales.final_tax": Way({"again": "cancel"}),
    "sales.tax_paid": Way({"again": "cancel"}, {"amount": less}),
    "savings.deposit": Way(ONLY, {"amount": less}),
    "savings.interest": Way(ONLY),
    "savings.withdrawal": Way({"amount": ""}, {"amount": less}),
    "savings.exit": Way(ONLY, {"decision": "RP-9/2027"}),
    "savings.exit_payment": Way({"amount": ""}, {"amount": less}),
    "savings.exit_setoff": Way({"amount": ""}, {"amount": less}),
    "stock.transfer": Way(ONLY, {"g-0-quantity": "1"}),
    "stock.count": Way({"again": None}, draft=False),
    "stock.write_down": Way(ONLY, {"worth": less}),
    "stock.blend": Way(ONLY, {"quantity": "1"}),
    "taxes.payment": Way(ONLY, {"amount": less}),
    "taxes.bill": Way(ONLY, {"amount": less}),
    "treasury.accrual": Way(ONLY, {"amount": less}),
    "treasury.prepayment": Way(ONLY, {"amount": less}),
    "treasury.spread": TAKEN_BACK,
    "surplus.payout": Way(ONLY, {"amount": less}),
    "taxes.faktur": Way(ONLY, {"vat": less}),
    "settlement.slip": Way({"act": "cancel"}, {"cash_place": "bank"}),
}
# Kinds of one prefix that are only taken back: what they did is done anew on its own page.
ONLY_BACK = {"staff_advance_settled", "suspense_cleared"}
# What has a page among the papers and no Betulkan, and why.
NO_WAY = {
    "lending.facility": "a contract posts nothing; its own Betulkan: tests/lending/test_contracts",
    "surplus.sharing": "the board alone undoes what it signed: tests/surplus/test_pages",
    "assets.grant_met": "a further entry of a grant, put right with it",
    "assets.charged": "part of a disposal, put right with it",
    "treasury.accrual_turned": "part of an accrual, put right with it",
    "treasury.unspread": "itself the putting right of a prepaid cost",
    "assets.taken_back": "itself the putting right of an asset",
    "members.member": "a person, changed on her own page",
    "production.order": "a plan that posts nothing; its split is changed, or it is ended early",
    "rounds.deposit_used": "part of a hand-out, put right with it",
    "purchasing.order": "an order posts nothing; its own Betulkan: tests/purchasing/test_place_order",
    "portal.old_book": "the whole file is taken back on its page while its days are open",
    "oversight.finding": "never changed: it is answered, closed and asked again beneath",
    "oversight.sample": "a draw is repeated by its seed; a later tick rules over an earlier",
    "portal.opening": "taken back step by step until it is signed, then a journal entry by hand",
}


def declared() -> set[str]:
    """Every kind of paper that a domain declares and that has its page."""
    found = set()
    for config in apps.get_app_configs():
        if not config.name.startswith("canting."):
            continue
        try:
            papers = getattr(import_module(f"{config.name}.rules"), "PAPERS", {})
        except ModuleNotFoundError:
            continue
        found |= {
            prefix for prefix, (view, argument) in papers.items() if _is_there(view, argument)
        }
    return found


def _is_there(view: str, argument: str) -> bool:
    try:
        reverse(view, kwargs={"cooperative": "satu", argument: "A/1"})
    except NoReverseMatch:
        return False
    return True


def figures(cooperative: Cooperative) -> dict[str, int]:
    """Every account that is not nil."""
    rows = ledger.trial_balance(cooperative=cooperative, as_of=LATER)
    return {row.code: row.net for row in rows if row.net}


def without(now: dict[str, int], entries: list[JournalEntry]) -> dict[str, int]:
    """The same figures as if these entries had never been."""
    found = dict(now)
    for entry in entries:
        for line in entry.lines.select_related("account"):
            sign = 1 if str(line.side) == "D" else -1
            found[line.account.code] = found.get(line.account.code, 0) - sign * line.amount
    return {code: net for code, net in found.items() if net}


def broken(cooperative: Cooperative) -> list[Any]:
    """What verify finds."""
    found = portal.verification(cooperative=cooperative)
    return [(one.name, one.breaches) for one in found if one.breaches]


class Inspector:
    """Looks at every paper that comes up, and keeps what cannot be put right."""

    def __init__(self, cooperative: Cooperative, manager: User) -> None:
        self.cooperative, self.manager = cooperative, manager
        self.client = Client()
        self.seen: set[tuple[str, str]] = set()
        self.wrong: list[tuple[str, str, str]] = []
        self.position = 0

    def look(self) -> None:
        """Put right the first paper of each kind among what came since the last look."""
        # A session begun on another day of the story would have ended.
        self.client.force_login(self.manager)
        new = [
            entry
            for entry in ledger.journal(cooperative=self.cooperative)
            if entry.position > self.position
        ]
        for entry in new:
            prefix = entry.source.partition(":")[0]
            self.meet(prefix, entry.kind, entry.source, self.entries_with(entry))
        self.position = max([self.position, *(entry.position for entry in new)])

    def entries_with(self, entry: JournalEntry) -> list[JournalEntry]:
        """All that the paper of an entry posted; a paper without a number posted this one."""
        if not entry.paper:
            return [entry]
        return list(ledger.entries_of_paper(cooperative=self.cooperative, paper=entry.paper))

    def meet(self, prefix: str, kind: str, source: str, entries: list[JournalEntry]) -> None:
        """Put right the first of a kind; keep what goes wrong, so that one run tells of all."""
        if prefix not in WAYS or (prefix, kind) in self.seen:
            return
        self.seen.add((prefix, kind))
        try:
            with transaction.atomic():
                self.put_right(source, kind, WAYS[prefix], entries)
        except AssertionError as failed:
            self.wrong.append((source, kind, str(failed)[:700]))

    def put_right(self, source: str, kind: str, way: Way, entries: list[JournalEntry]) -> None:
        """Open the paper's page, find Betulkan on it, and go all its ways."""
        url = portal.paper_url(cooperative=self.cooperative, source=source)
        assert url, "no page"
        url, page = open_page(self.client, url)
        link = link_on(page)
        if way.refused:
            assert not link
            with override("id"):
                assert gettext(way.refused) in page
            return
        assert link, f"no Betulkan on {url}"
        if self.client.get(link).status_code != 405:
            link, page = open_page(self.client, link)
            assert SIDE_BY_SIDE.search(page), f"not side by side on {link}"
        typed = draft_on(page, link, way.reason).values
        answer = send(self.client, link, typed, **{**way.cancel, way.reason: ""})
        assert answer.status_code == 422, ("without a reason", answer.status_code)
        now = figures(self.cooperative)
        self.attempt(
            url, link, typed, {way.reason: "Salah tulis", **way.cancel}, without(now, entries)
        )
        if not way.draft or kind in ONLY_BACK:
            return
        self.attempt(url, link, typed, {way.reason: "Salah tulis"}, now)
        if way.change:
            self.attempt(url, link, typed, {way.reason: "Salah tulis", **way.change}, None)

    def attempt(
        self,
        url: str,
        link: str,
        typed: dict[str, list[str]],
        change: Mapping[str, Any],
        wanted: dict[str, int] | None,
    ) -> None:
        """Send the draft, compare the books with what they should be, and forget it all."""
        made = {
            name: value(typed[name][0]) if callable(value) else value
            for name, value in change.items()
            if not callable(value) or name in typed
        }
        try:
            with transaction.atomic():
                answer = send(self.client, link, typed, **made)
                assert answer.status_code == 302, (made, answer.status_code, said(answer))
                if wanted is not None:
                    found = figures(self.cooperative)
                    assert sorted(found.items() ^ wanted.items()) == [], made
                assert broken(self.cooperative) == [], made
                assert link not in self.client.get(url).text, "Betulkan stays on the old paper"
                raise UndoneError
        except UndoneError:
            pass


def said(answer: HttpResponse) -> list[str]:
    """The lines of a page that speak of something wrong."""
    lines = answer.content.decode().splitlines()
    return [line.strip()[:200] for line in lines if "error" in line or "wrong" in line][:6]


def more(year: Year, on: date) -> Iterator[None]:
    """Papers of the kinds that the worked year has none of, one after another."""
    facts: dict[str, Any] = {"member": year.members["M1"], "cash_place": "bank", "on": on}
    deposit(kind="voluntary", amount=100_000, **facts, **year.make)
    yield
    withdraw(kind="voluntary", amount=40_000, **facts, **year.make)
    lines = [debit("admin", 75_000), credit("other_income", 75_000)]
    post_manual(lines=lines, memo="Sewa tenda", on=on, **year.make)
    first = (_accept, _blend, _count, _on_savings, _taxes)
    for act in (*first, _other_months, _month_of_them, _interest, _leaves):
        act(year, on)
        yield
    yield from _ordered(year, on)


def _on_savings(year: Year, on: date) -> None:
    """A month's interest on voluntary savings."""
    set_parameter(
        name="savings.interest_percent",
        value="6",
        valid_from=date(2027, 1, 1),
        source=DECISION,
        **year.make,
    )
    book_interest(month=on, on=on, **year.make)


def _leaves(year: Year, on: date) -> None:
    """A member with a debt for material leaves, and the debt is set off."""
    who = year.members["M8"]
    lines = [OutLine(year.items["mori"], Decimal(2))]
    hand_out(member=who, lines=lines, mode="credit", basis="purchase", on=on, **year.make)
    leaving = ask_exit(member=who, cause="moved", on=on, **year.make)
    approve_exit(leaving=leaving, decision=Minutes("RP-20/2027", on), actor=year.second)
    set_off(leaving=leaving, amount=44_000, on=on, actor=year.actor)


def _taxes(year: Year, on: date) -> None:
    """A service paid less its tax, part of that tax paid over, a supplier's tax invoice."""
    firm = party(year.coop, PartyKind.SUPPLIER, "CV Celup", "P-9001")
    facts = {"place": "bank", "on": on, **year.make}
    pay_bill(kind="service", party=firm, memo="Celup", gross=1_000_000, **facts)
    pay_over(kind="pph23", month=on, amount=10_000, **facts)
    state_fact(
        kind="pkp", value="on", valid_from=on, document="SPPKP 1",
        tax_number="09.876.543.2-101.000", **year.make,
    )  # fmt: skip
    write_input_vat(
        party=firm, faktur="040.1", faktur_on=on, base=100_000, vat=11_000, on=on, **year.make
    )


def _other_months(year: Year, on: date) -> None:
    """A cost without its bill, and one paid ahead with the part of a month that is over."""
    before = next_month(on.replace(day=1), -1)
    facts = {"memo": "Listrik", "on": on, **year.make}
    daily.accrue(account="utilities", amount=90_000, month=before, **facts)
    daily.prepay(
        account="admin", amount=120_000, months=12, since=before, memo="Asuransi", on=before,
        place="bank", **year.make,
    )  # fmt: skip


def _month_of_them(year: Year, on: date) -> None:
    """The part of the month that is over."""
    daily.spread(month=next_month(on.replace(day=1), -1), on=on, **year.make)


def _interest(year: Year, on: date) -> None:
    """What the partner earned by the end of the year and is not due."""
    accrue(until=on, on=on, **year.make)


def _accept(year: Year, on: date) -> None:
    """A commission piece that is finished in the moment it is accepted."""
    set_parameter(
        name="production.finish_at_acceptance",
        value=True,
        valid_from=date(2027, 12, 1),
        source=DECISION,
        **year.make,
    )
    shirt, maker = year.items["wo1"], year.members["M4"]
    hand_out(
        member=maker,
        lines=[OutLine(item, quantity * 2) for item, quantity in norms(product=shirt)],
        mode="custody",
        basis="commission",
        on=on,
        **year.make,
    )
    order = open_work_order(
        product=shirt,
        basis="commission",
        quantity=2,
        parts=[Part(maker, 2)],
        due_date=on,
        on=on,
        **year.make,
    )
    found = assignment(cooperative=year.coop, number=order.number, party_id=maker.party_id)
    delivery = delivery_of(cooperative=year.coop, assignment=found)
    inspect(delivery=delivery, finding=Finding(Result.PASS, {"A": 2}), on=on, actor=year.actor)


def _blend(year: Year, on: date) -> None:
    """Recovered wax goes into the pan with new wax."""
    wax, again = year.items["malam"], year.items["malam_bekas"]
    item = create_item(name="Malam klowong", kind="wax", unit="kg", **year.make)
    parts = [GoodsLine(pool_lot(one), Decimal(1)) for one in (wax, again)]
    blend_wax(item=item, quantity=Decimal(2), ingredients=parts, on=on, **year.make)


def _ordered(year: Year, on: date) -> Iterator[None]:
    """Ten metres are ordered and come; one goes back; the rest is billed."""
    solo = buying.add_supplier(name="Toko Lain, Solo", **year.make)
    order = buying.place_order(
        supplier=solo,
        lines=[buying.OrderLine(year.items["mori"], 10, "m", Decimal(1), 20_000)],
        promised_on=on,
        on=on,
        **year.make,
    )
    (line,) = order.lines.all()
    buying.receive_order(order=order, lines={line: 10}, nota="SJ-1", on=on, actor=year.actor)
    yield
    buying.return_order(order=order, lines={line: 1}, on=on, actor=year.actor)
    yield
    draft = buying.BillDraft({line: buying.Billed(Decimal(9), 20_000)}, nota="F-1")
    buying.bill_order(order=order, draft=draft, on=on, actor=year.actor)
    yield


def _count(year: Year, on: date) -> None:
    """A metre of cloth is missing; two people found so."""
    store = stock.store(year.coop)
    count = open_count(place=store, kind="cloth", on=on, **year.make)
    found = {line.pk: stock.balance_of(store, line.lot).quantity for line in count.lines.all()}
    first = min(found)
    found[first] -= 1
    for turn, who in ((FIRST, year.actor), (SECOND, year.second)):
        enter_count(count=count, turn=turn, quantities=found, actor=who)
    book_count(count=count, decisions={first: Decision("Salah potong")}, actor=year.second)


def test_every_kind_of_paper_has_its_way_or_says_why_not():
    assert declared() == set(WAYS) | set(NO_WAY)


def test_every_paper_is_put_right_from_its_page(monkeypatch):
    year = Year()
    inspector = Inspector(year.coop, builders.person_with_role(year.coop, Role.MANAGER))
    acts = [(getattr(year, one["id"].lower(), year.raw), one) for one in EVENTS["events"]]
    for act, event in acts:
        on = date.fromisoformat(event["date"])
        act(event, on)
        stop_clock(monkeypatch, datetime(on.year, on.month, on.day, 5, tzinfo=UTC))
        inspector.look()
    for _done in more(year, LAST_DAY):
        inspector.look()
    place = open_store(name="Gudang Kraksaan", **year.make)
    goods = [GoodsLine(pool_lot(year.items["malam"]), Decimal(2))]
    home = stock.store(year.coop)
    moved = move_goods(from_place=home, to_place=place, lines=goods, on=LAST_DAY, **year.make)
    inspector.meet("stock.transfer", "", f"stock.transfer:{moved.number}", [])
    assert "\n".join(map(str, inspector.wrong)) == ""
    assert {prefix for prefix, _kind in inspector.seen} == set(WAYS)
