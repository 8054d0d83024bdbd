"""Rows that become opening balances: cash, accounts, people who owe or are owed, savings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives.rules import PartyKind
from canting.kernel.inputs import DayField, RupiahField
from canting.ledger.rules import BusinessClass, Side
from canting.members.rules.people import folded
from canting.portal.errors import ALONE, WhoDiffers, WhoUnknown
from canting.portal.forms.grid import PickField, RowForm
from canting.portal.rules.opening import BUYER_CLAIMS, OpeningLine
from canting.portal.services import Claim
from canting.savings.rules import SavingsKind

Partner = Callable[[PartyKind, str], Any]

# Partners and staff have no page of their own yet: a new name makes a new one.
MADE_HERE = frozenset({PartyKind.FINANCIER, PartyKind.STAFF})
DUE_WORDS: Mapping[str, str] = {
    "piutang": "recv_member",
    "piutang anggota": "recv_member",
    "piutang bahan": "recv_member",
    "piutang bahan saat laku": "recv_member_on_sale",
    "uang muka produksi": "advance_maker",
    "ganti rugi": "recv_damage",
    "piutang pembeli": "recv_buyer",
    "piutang bukan anggota": "recv_buyer",
    "uang muka pembelian": "prepay_supplier",
    "kas bon": "staff_advance",
    "utang pemasok": "pay_supplier",
    "hutang pemasok": "pay_supplier",
    "utang usaha": "pay_supplier",
    "hutang usaha": "pay_supplier",
    "utang supplier": "pay_supplier",
    "utang anggota": "pay_maker",
    "utang setoran batik": "pay_maker",
    "utang upah": "wages_payable",
    "upah": "wages_payable",
    "uang muka pembeli": "down_payment",
    "uang muka penjualan": "down_payment",
    "utang bank": "bank_loan",
    "kur": "bank_loan",
    "utang mitra": "partner_loan",
    "pinjaman mitra": "partner_loan",
    "shu belum diambil": "shu_payable",
    "utang titip jual": "consign_payable",
}


class CashRow(RowForm):
    """What lies in one cash place."""

    content = ("amount",)
    account = PickField(label=gettext_lazy("Where"))
    amount = RupiahField(label=gettext_lazy("Amount"), required=False)

    def prepare(self) -> None:
        """Offer the cash places."""
        self.fields["account"].offer(self.known.cash_choices())  # type: ignore[attr-defined]

    def key(self) -> str:
        """Each place once."""
        return str(self.cleaned_data.get("account", ""))

    def line(self, partner: Partner) -> OpeningLine:
        """The balance of this row."""
        return _line(self, self.cleaned_data["account"])


class BalanceRow(CashRow):
    """The balance of one account that nobody's name stands on; below zero: on its other side."""

    account = PickField(label=gettext_lazy("Account"))
    amount = RupiahField(label=gettext_lazy("Balance"), required=False, least=None)

    def prepare(self) -> None:
        """Offer the accounts that no other step fills."""
        self.fields["account"].offer(self.known.balance_choices())  # type: ignore[attr-defined]


class DueRow(RowForm):
    """What somebody owes us or we owe them."""

    content = ("who", "amount")
    account = PickField(label=gettext_lazy("What"))
    who = forms.CharField(label=gettext_lazy("Who"), widget=forms.TextInput(attrs={"list": "who"}))
    amount = RupiahField(label=gettext_lazy("Amount"))
    since = DayField(label=gettext_lazy("Since"), required=False, widget=forms.TextInput)
    paper = forms.CharField(label=gettext_lazy("Invoice number"), required=False, max_length=30)
    due_on = DayField(label=gettext_lazy("Due on"), required=False, widget=forms.TextInput)

    def prepare(self) -> None:
        """Offer the accounts that are kept per person."""
        accounts = self.known.accounts
        codes = {account.role: code for code, account in accounts.items()}
        words = {word: codes[role] for word, role in DUE_WORDS.items() if role in codes}
        self.fields["account"].offer(self.known.due_choices(), words)  # type: ignore[attr-defined]
        for name in ("since", "due_on"):
            self.fields[name].today = self.known.cooperative.cutover_date  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the person among those whom the account is kept for."""
        account = self.known.accounts.get(self.cleaned_data.get("account", ""))
        if account and account.role in ALONE:
            self.add_error("account", str(ALONE[account.role]()))
        elif account and self.cleaned_data.get("who"):
            if account.role in BUYER_CLAIMS:
                self._find_buyer()
            else:
                self._find_party(PartyKind(account.party_kind))
        since = self.cleaned_data.get("since")
        if since and since > self.known.cooperative.cutover_date:
            self.add_error("since", _("This is after the books begin. Leave it empty."))
        return self.cleaned_data

    def _find_buyer(self) -> None:
        buyer = self.found("who", self.known.buyers.find)
        self.cleaned_data["buyer"] = buyer
        self.cleaned_data["party"] = buyer.party if buyer else None
        if not self.cleaned_data.get("paper"):
            text = _("Which invoice is it? Buyers pay invoice by invoice, so type its number.")
            self.add_error("paper", text)

    def _find_party(self, kind: PartyKind) -> None:
        directory = self.known.parties(kind)
        if kind in MADE_HERE:
            self.cleaned_data["party"] = _found_or_none(directory, self.cleaned_data["who"])
        else:
            self.cleaned_data["party"] = self.found("who", directory.find)
        if self.cleaned_data.get("paper"):
            text = _("Only a claim on a buyer has an invoice here. Leave it empty.")
            self.add_error("paper", text)

    def line(self, partner: Partner) -> OpeningLine:
        """The balance of this row; a partner or staff name that is new is made first."""
        account = self.known.accounts[self.cleaned_data["account"]]
        party = self.cleaned_data["party"]
        if party is None:
            party = partner(PartyKind(account.party_kind), self.cleaned_data["who"])
        return _line(self, account.code, party, self.cleaned_data.get("since"))

    def claim(self) -> Claim | None:
        """The unpaid invoice of this row, or nothing."""
        typed = self.cleaned_data
        if not typed.get("buyer"):
            return None
        begins = self.known.cooperative.cutover_date
        account = self.known.accounts[typed["account"]]
        return Claim(
            buyer=typed["buyer"],
            number=typed["paper"],
            amount=typed["amount"],
            is_retention=account.role == "recv_retention",
            issued_on=typed.get("since") or begins,
            due_on=typed.get("due_on") or begins,
        )


def _found_or_none(directory: Any, typed: str) -> Any:
    try:
        return directory.find(typed)
    except WhoUnknown:
        return None


def _line(form: RowForm, choice: str, party: Any = None, since: Any = None) -> OpeningLine:
    code, _colon, business = choice.partition(":")
    account = form.known.accounts[code]
    return OpeningLine(
        account=account.role or account.code,
        amount=form.cleaned_data.get("amount") or 0,
        normal=Side(account.normal),
        party=party,
        since=since,
        business=BusinessClass(business),
    )


class SavingsRow(RowForm):
    """What one member had: pokok and wajib, and sukarela where the licence is entered."""

    content = ("entry_share", "regular_share", "voluntary")
    number = forms.CharField(
        label=gettext_lazy("Member number"),
        required=False,
        widget=forms.TextInput(attrs={"size": "10"}),
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False)
    entry_share = RupiahField(label=gettext_lazy("Entry share"), required=False)
    regular_share = RupiahField(label=gettext_lazy("Regular shares"), required=False)
    voluntary = RupiahField(label=gettext_lazy("Voluntary savings"), required=False)

    def prepare(self) -> None:
        """Hide voluntary savings without the licence."""
        if not self.known.has_licence:
            del self.fields["voluntary"]

    def clean(self) -> dict[str, Any]:
        """Find the member by number, and see that the name is hers."""
        number, name = self.cleaned_data.get("number"), self.cleaned_data.get("name")
        member = self.found("number" if number else "name", self.known.members.find)
        if not number and not name:
            self.add_error("number", _("Whose is this? Type the member number or the name."))
        elif member and number and name and folded(name) != folded(member.full_name):
            refusal = WhoDiffers(number=member.number, name=member.full_name, typed=name)
            self.add_error("name", str(refusal))
        self.cleaned_data["member"] = member
        return self.cleaned_data

    def key(self) -> str:
        """Each member once, however she is named."""
        member = self.cleaned_data.get("member")
        return member.number if member else ""

    def canonical(self) -> dict[str, str]:
        """With the member's own number and name, so that both are seen."""
        member = self.cleaned_data["member"]
        return {**super().canonical(), "number": member.number, "name": member.full_name}

    def balances(self) -> list[tuple[Any, str, int]]:
        """(member, kind, whole rupiah) of each kind she had."""
        return [
            (self.cleaned_data["member"], str(kind), self.cleaned_data[name])
            for name, kind in (
                ("entry_share", SavingsKind.ENTRY_SHARE),
                ("regular_share", SavingsKind.REGULAR_SHARE),
                ("voluntary", SavingsKind.VOLUNTARY),
            )
            if self.cleaned_data.get(name)
        ]
