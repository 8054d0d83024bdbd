"""The rows of each step of the opening, and what they mean once they are valid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import GRADES
from canting.cooperatives.rules import PartyKind
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, RupiahField
from canting.kernel.money import format_rupiah, half_up
from canting.kernel.phones import parse_phone
from canting.ledger.rules import BusinessClass, Side
from canting.members.rules.people import folded
from canting.portal.errors import WhoDiffers, WhoUnknown
from canting.portal.forms.grid import PickField, QuantityField, RowForm, grid_class
from canting.portal.rules.opening import OpeningLine, Step
from canting.portal.services import Goods
from canting.savings.rules import SavingsKind
from canting.stock.rules import Basis, Origin

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
CONTRACTS: Mapping[str, tuple[str, str]] = {
    "putus": (Basis.PURCHASE, Origin.MEMBER),
    "makloon": (Basis.COMMISSION, Origin.MEMBER),
    "titip": (Basis.CONSIGNMENT, Origin.MEMBER),
    "luar": (Basis.NONE, Origin.OUTSIDE),
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

    def prepare(self) -> None:
        """Offer the accounts that are kept per person."""
        accounts = self.known.accounts
        codes = {account.role: code for code, account in accounts.items()}
        words = {word: codes[role] for word, role in DUE_WORDS.items() if role in codes}
        self.fields["account"].offer(self.known.due_choices(), words)  # type: ignore[attr-defined]
        self.fields["since"].today = self.known.cooperative.cutover_date  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the person among those whom the account is kept for."""
        account = self.known.accounts.get(self.cleaned_data.get("account", ""))
        if account and self.cleaned_data.get("who"):
            kind = PartyKind(account.party_kind)
            directory = self.known.parties(kind)
            if kind in MADE_HERE:
                self.cleaned_data["party"] = _found_or_none(directory, self.cleaned_data["who"])
            else:
                self.cleaned_data["party"] = self.found("who", directory.find)
        since = self.cleaned_data.get("since")
        if since and since > self.known.cooperative.cutover_date:
            self.add_error("since", _("This is after the books begin. Leave it empty."))
        return self.cleaned_data

    def line(self, partner: Partner) -> OpeningLine:
        """The balance of this row; a partner or staff name that is new is made first."""
        account = self.known.accounts[self.cleaned_data["account"]]
        party = self.cleaned_data["party"]
        if party is None:
            party = partner(PartyKind(account.party_kind), self.cleaned_data["who"])
        return _line(self, account.code, party, self.cleaned_data.get("since"))


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


class GoodsRow(RowForm):
    """What rows of materials and of cloth have in common: an item, how much, at what value."""

    content = ("item", "quantity", "value", "price")

    def clean_value_of(self, quantity: Any) -> None:
        """Take the value, or work it out from the price of one unit; both must agree."""
        price, value = self.cleaned_data.get("price"), self.cleaned_data.get("value")
        if self.errors:
            return
        if price is None and value is None:
            self.add_error("value", _("Type the price of one unit or the value of all."))
            return
        reckoned = half_up(price * quantity) if price is not None else value
        if value is not None and reckoned != value:
            text = _("%(quantity)s × %(price)s is %(reckoned)s. Put one right, or leave one empty.")
            facts = {
                "quantity": self.typed("quantity"),
                "price": format_rupiah(price or 0),
                "reckoned": format_rupiah(reckoned or 0),
            }
            self.add_error("value", text % facts)
        self.cleaned_data["worth"] = reckoned


class StockRow(GoodsRow):
    """Material in the store, or ours in the hands of a maker."""

    item = forms.CharField(
        label=gettext_lazy("Material"), widget=forms.TextInput(attrs={"list": "items"})
    )
    quantity = QuantityField(label=gettext_lazy("Quantity"), widget=forms.TextInput)
    unit = forms.CharField(
        label=gettext_lazy("Unit"), required=False, widget=forms.TextInput(attrs={"size": "5"})
    )
    price = RupiahField(label=gettext_lazy("Price of one"), required=False, least=0)
    value = RupiahField(label=gettext_lazy("Value"), required=False, least=0)
    holder = forms.CharField(
        label=gettext_lazy("In the hands of"),
        required=False,
        widget=forms.TextInput(attrs={"list": "who"}),
    )

    def clean(self) -> dict[str, Any]:
        """Find item and holder, turn the quantity into the item's own unit."""
        item = self.found("item", self.known.materials.find)
        quantity = self.cleaned_data.get("quantity")
        if item and quantity is not None:
            try:
                unit = self.cleaned_data.get("unit") or item.unit
                self.cleaned_data["base"] = catalogue.to_base(item, quantity, unit)
            except DomainError as refusal:
                self.add_error("unit", str(refusal))
        self.cleaned_data["thing"] = item
        self.cleaned_data["person"] = self.found(
            "holder", self.known.parties(PartyKind.MEMBER).find
        )
        self.clean_value_of(quantity)
        return self.cleaned_data

    def goods(self) -> Goods:
        """What this row brings into stock."""
        typed = self.cleaned_data
        return Goods(
            item=typed["thing"],
            quantity=typed["base"],
            value=typed["worth"],
            holder=typed["person"],
        )


class ClothRow(GoodsRow):
    """Finished cloth in the store, one lot a row."""

    item = forms.CharField(
        label=gettext_lazy("Product"), widget=forms.TextInput(attrs={"list": "items"})
    )
    quantity = QuantityField(
        label=gettext_lazy("Pieces"), widget=forms.TextInput(attrs={"size": "5"})
    )
    price = RupiahField(label=gettext_lazy("Cost of one"), required=False, least=0)
    value = RupiahField(label=gettext_lazy("Value"), required=False, least=0)
    grade = PickField(label=gettext_lazy("Grade"))
    contract = PickField(label=gettext_lazy("How we got it"))
    maker = forms.CharField(
        label=gettext_lazy("Maker"),
        required=False,
        widget=forms.TextInput(attrs={"list": "who"}),
    )
    label = forms.CharField(
        label=gettext_lazy("Cloth code"),
        required=False,
        widget=forms.TextInput(attrs={"size": "8"}),
    )

    def prepare(self) -> None:
        """Offer grades and contracts."""
        self.fields["grade"].offer([(grade, grade) for grade in GRADES])  # type: ignore[attr-defined]
        self.fields["contract"].offer(  # type: ignore[attr-defined]
            [
                ("putus", _("bought from a member")),
                ("makloon", _("made for a piece wage")),
                ("titip", _("left for sale by a member")),
                ("luar", _("bought outside")),
            ],
            {"titipan": "titip", "upah": "makloon", "beli": "putus"},
        )

    def clean(self) -> dict[str, Any]:
        """Find product and maker; cloth left for sale has an owner and no value of ours."""
        self.cleaned_data["thing"] = self.found("item", self.known.products.find)
        maker = self.found("maker", self.known.parties(PartyKind.MEMBER).find)
        self.cleaned_data["person"] = maker
        if self.cleaned_data.get("contract") != "titip":
            self.clean_value_of(self.cleaned_data.get("quantity"))
            return self.cleaned_data
        self.cleaned_data["worth"] = 0
        if not maker and "maker" not in self.errors:
            self.add_error("maker", _("Whose cloth is it? Type the owner's number or name."))
        if self.cleaned_data.get("value") or self.cleaned_data.get("price"):
            text = _("Cloth left for sale is its owner's and has no value in our books.")
            self.add_error("value", text)
        return self.cleaned_data

    def key(self) -> str:
        """Each label once."""
        return str(self.cleaned_data.get("label", "")).upper()

    def goods(self) -> Goods:
        """What this row brings into stock."""
        typed = self.cleaned_data
        basis, origin = CONTRACTS[typed["contract"]]
        return Goods(
            item=typed["thing"],
            quantity=typed["quantity"],
            value=typed["worth"],
            maker=typed["person"],
            basis=basis,
            origin=origin,
            grade=typed["grade"],
            label=typed["label"],
        )


class MemberRow(RowForm):
    """Somebody who is a member already."""

    content = ("full_name", "number", "phone")
    number = forms.CharField(
        label=gettext_lazy("Old number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"size": "10"}),
    )
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    called_name = forms.CharField(label=gettext_lazy("Called"), required=False, max_length=60)
    dusun = forms.CharField(label=gettext_lazy("Dusun"), required=False, max_length=60)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False)
    joined_on = DayField(label=gettext_lazy("Member since"), required=False, widget=forms.TextInput)

    def prepare(self) -> None:
        """Short days are read by the first day of the books."""
        self.fields["joined_on"].today = self.known.cooperative.cutover_date  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """The phone as it is stored."""
        typed = self.cleaned_data["phone"]
        try:
            return parse_phone(typed) if typed else ""
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_number(self) -> str:
        """A number that nobody has yet."""
        number: str = self.cleaned_data["number"]
        if number and (taken := self.known.members.by_number(number)):
            text = _("%(number)s already belongs to %(name)s.")
            raise forms.ValidationError(text % {"number": number, "name": taken.full_name})
        return number

    def key(self) -> str:
        """Each number once."""
        return str(self.cleaned_data.get("number", "")).casefold()

    def facts(self) -> dict[str, Any]:
        """What admission needs."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "row"}


ROWS: Mapping[Step, type[RowForm]] = {
    Step.CASH: CashRow,
    Step.SAVINGS: SavingsRow,
    Step.DUES: DueRow,
    Step.STOCK: StockRow,
    Step.CLOTH: ClothRow,
    Step.BALANCES: BalanceRow,
    Step.MEMBERS: MemberRow,
}
GRID_OF: Mapping[Step, Any] = {step: grid_class(row) for step, row in ROWS.items()}
# How the kit draws the columns: rupiah with dots, other figures at the right.
MONEY = ("amount", "entry_share", "regular_share", "voluntary", "price", "value")
NUMBERS = ("quantity",)


def once_each(make: Partner) -> Partner:
    """The same new name in two rows is one new partner."""
    made: dict[tuple[str, str], Any] = {}

    def partner(kind: PartyKind, name: str) -> Any:
        key = (kind, folded(name))
        if key not in made:
            made[key] = make(kind, name)
        return made[key]

    return partner


def lines_of(forms_: Iterable[Any], make: Partner) -> list[OpeningLine]:
    """The balances of valid rows."""
    partner = once_each(make)
    return [form.line(partner) for form in forms_]
