"""What the cells of the opening may name: accounts, people and items, found as people write them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.catalogue import selectors as catalogue
from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.members.rules.people import folded
from canting.portal.errors import WhoSeveral, WhoUnknown
from canting.portal.rules.opening import DUE_ROLES, LICENSED
from canting.portal.selectors.opening_accounts import balance_choices, cash_choices
from canting.sales import selectors as sales

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account

Choice = tuple[str, str]


class Directory:
    """Things with numbers and names; found by number, by "number name", or by a name alone."""

    def __init__(self, kind: str, entries: Iterable[tuple[list[str], str, Any]]) -> None:
        self._kind = kind
        self._by_number: dict[str, Any] = {}
        self._by_name: dict[str, dict[str, Any]] = defaultdict(dict)
        self.labels: list[str] = []
        for numbers, name, thing in entries:
            for number in numbers:
                if number:
                    self._by_number.setdefault(number.casefold(), thing)
            self._by_name[folded(name)][numbers[0]] = thing
            self.labels.append(f"{numbers[0]} {name}")

    def by_number(self, typed: str) -> Any:
        """The thing with this number, or nothing."""
        return self._by_number.get(typed.strip().casefold())

    def find(self, typed: str) -> Any:
        """The one thing meant; raises WhoUnknown, or WhoSeveral with the numbers of all."""
        text = typed.strip()
        first, _space, rest = text.partition(" ")
        if found := self.by_number(text):
            return found
        named = self._by_name.get(folded(text), {})
        if len(named) == 1:
            return next(iter(named.values()))
        if named:
            raise WhoSeveral(typed=text, numbers=", ".join(sorted(named)))
        if rest and (found := self.by_number(first)):
            return found
        # A number of another book before a name that is known here.
        if len(named := self._by_name.get(folded(rest), {})) == 1:
            return next(iter(named.values()))
        raise WhoUnknown(typed=text, kind=self._kind)


class Known:
    """Everything that the grids of one cooperative's opening look up, each read once a page."""

    def __init__(self, cooperative: Cooperative) -> None:
        self.cooperative = cooperative
        self._parties: dict[str, Directory] = {}

    @cached_property
    def has_licence(self) -> bool:
        """Whether a savings-and-loan licence is entered."""
        on = self.cooperative.cutover_date
        return bool(
            cooperatives.parameter(cooperative=self.cooperative, name="savings_loan.licence", on=on)
        )

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """Every open account by its code."""
        found = ledger.accounts(cooperative=self.cooperative)
        return {account.code: account for account in found if account.active}

    def cash_choices(self) -> list[Choice]:
        """Where money lies."""
        return cash_choices(self.accounts.values())

    def due_choices(self) -> list[Choice]:
        """What is owed to us or by us, per person."""
        roles = set(DUE_ROLES) - (set() if self.has_licence else LICENSED)
        return [(a.code, _label(a)) for a in self.accounts.values() if a.role in roles]

    def balance_choices(self) -> list[Choice]:
        """Accounts without a person that no other step fills; results only in the middle of a year."""
        return balance_choices(cooperative=self.cooperative, accounts=self.accounts.values())

    @cached_property
    def members(self) -> Directory:
        """Members by number, old number and name."""
        found = members.members(cooperative=self.cooperative)
        return Directory(_("members"), [([m.number, m.old_number], m.full_name, m) for m in found])

    def parties(self, kind: str) -> Directory:
        """Parties of one kind; members also by their old number."""
        if kind not in self._parties:
            self._parties[kind] = (
                Directory(
                    _("members"),
                    [
                        ([m.number, m.old_number], m.full_name, m.party)
                        for m in members.members(cooperative=self.cooperative)
                    ],
                )
                if kind == PartyKind.MEMBER
                else Directory(
                    kind_name(kind),
                    [
                        ([p.number], p.name, p)
                        for p in cooperatives.parties(
                            cooperative=self.cooperative, kind=PartyKind(kind)
                        )
                    ],
                )
            )
        return self._parties[kind]

    @cached_property
    def buyers(self) -> Directory:
        """Buyers by number and name."""
        found = sales.buyers(cooperative=self.cooperative)
        return Directory(_("buyers"), [([b.party.number], b.name, b) for b in found])

    @cached_property
    def materials(self) -> Directory:
        """Items that are kept in one pool, by code, barcode and name."""
        found = catalogue.items(cooperative=self.cooperative)
        return Directory(
            _("materials"),
            [([i.code, i.barcode], i.name, i) for i in found if catalogue.is_pooled(i)],
        )

    @cached_property
    def products(self) -> Directory:
        """What makers make, by code and name."""
        found = catalogue.products(cooperative=self.cooperative)
        return Directory(_("products"), [([i.code], i.name, i) for i in found])


def kind_name(kind: str) -> str:
    """Whom a kind of party means, in the plural."""
    return {
        PartyKind.MEMBER: _("members"),
        PartyKind.SUPPLIER: _("suppliers"),
        PartyKind.BUYER: _("buyers"),
        PartyKind.FINANCIER: _("partners"),
        PartyKind.STAFF: _("staff"),
    }[PartyKind(kind)]


def _label(account: Account) -> str:
    return f"{account.code} {ledger.account_name(account.role, account.name)}"
