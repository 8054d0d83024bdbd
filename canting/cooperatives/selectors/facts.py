"""The facts beside an act of the audit trail, in words: a label for each key, values as people read.

A domain writes what it likes; a key or a code that has no words here is shown plainly, so nothing
that was recorded is ever hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.kernel.texts import gettext_noop

LABELS: Mapping[str, str] = {
    "about": gettext_noop("About"),
    "absent": gettext_noop("Left out this time"),
    "accepted": gettext_noop("Accepted"),
    "account": gettext_noop("Account"),
    "active": gettext_noop("In use"),
    "address": gettext_noop("Address"),
    "addressed_to": gettext_noop("Who answers"),
    "after": gettext_noop("Now"),
    "again": gettext_noop("Once more"),
    "agrees": gettext_noop("Agrees"),
    "amount": gettext_noop("Amount"),
    "asset": gettext_noop("Asset"),
    "assets": gettext_noop("Assets"),
    "base": gettext_noop("Tax base"),
    "basis": gettext_noop("Basis"),
    "before": gettext_noop("Before"),
    "birth_date": gettext_noop("Date of birth"),
    "birth_place": gettext_noop("Place of birth"),
    "boiled": gettext_noop("Pieces boiled off"),
    "by": gettext_noop("By"),
    "by_buyer": gettext_noop("By the buyer"),
    "by_hand": gettext_noop("Changed by hand"),
    "called_name": gettext_noop("Called name"),
    "cash": gettext_noop("Cash"),
    "changes": gettext_noop("Changes"),
    "charge": gettext_noop("Bank charge"),
    "charged": gettext_noop("Charged to members"),
    "checkpoint": gettext_noop("Checkpoint"),
    "cloth": gettext_noop("Cloth"),
    "codes": gettext_noop("Codes"),
    "contract": gettext_noop("Contract"),
    "copy": gettext_noop("Copy"),
    "cost": gettext_noop("Cost"),
    "count": gettext_noop("How many"),
    "counted": gettext_noop("Counted"),
    "counts": gettext_noop("Pieces by grade"),
    "credit_days": gettext_noop("Credit, days"),
    "deadline": gettext_noop("Last day to ask"),
    "decision": gettext_noop("Decision"),
    "deducted": gettext_noop("Deducted"),
    "defects": gettext_noop("Defects"),
    "depth": gettext_noop("Depth of colour"),
    "devices": gettext_noop("Devices"),
    "difference": gettext_noop("Difference"),
    "differences": gettext_noop("Differences"),
    "digest": gettext_noop("Fingerprint"),
    "district": gettext_noop("District"),
    "document": gettext_noop("Document"),
    "drawn": gettext_noop("Papers drawn"),
    "due": gettext_noop("Due on"),
    "due_on": gettext_noop("Answer by"),
    "dusun": gettext_noop("Hamlet"),
    "dyed": gettext_noop("Pieces dyed"),
    "earned": gettext_noop("Earned"),
    "email": gettext_noop("Email"),
    "equity": gettext_noop("Equity"),
    "expected": gettext_noop("Expected"),
    "factor": gettext_noop("Factor"),
    "failed": gettext_noop("Counts against the supplier"),
    "fault": gettext_noop("Whose fault"),
    "fee": gettext_noop("Fee"),
    "file": gettext_noop("File"),
    "files": gettext_noop("Files"),
    "final_tax": gettext_noop("Final tax"),
    "freight": gettext_noop("Freight"),
    "freight_per_order": gettext_noop("Freight for each order"),
    "from": gettext_noop("From"),
    "full_name": gettext_noop("Full name"),
    "goods": gettext_noop("Goods"),
    "grade": gettext_noop("Grade"),
    "gross": gettext_noop("Gross"),
    "how": gettext_noop("How"),
    "instead": gettext_noop("Instead"),
    "invoice": gettext_noop("Number of the invoice"),
    "item": gettext_noop("Material"),
    "joined_on": gettext_noop("Joined on"),
    "kind": gettext_noop("Kind"),
    "landmark": gettext_noop("Landmark"),
    "lead_days": gettext_noop("Days until it is here"),
    "leaving": gettext_noop("Leaving"),
    "left": gettext_noop("Still left"),
    "lines": gettext_noop("Rows"),
    "list": gettext_noop("Price list"),
    "lost": gettext_noop("Lost"),
    "made_at": gettext_noop("Moment"),
    "material": gettext_noop("Material"),
    "measures": gettext_noop("Measures"),
    "media_type": gettext_noop("Kind of file"),
    "members": gettext_noop("Members"),
    "minimum_amount": gettext_noop("Smallest order"),
    "mode": gettext_noop("How it is paid"),
    "month": gettext_noop("Month"),
    "months": gettext_noop("Months"),
    "name": gettext_noop("Name"),
    "needs": gettext_noop("Needs"),
    "nik": gettext_noop("NIK"),
    "note": gettext_noop("Note"),
    "number": gettext_noop("Number"),
    "occupation": gettext_noop("Occupation"),
    "offers": gettext_noop("Offers"),
    "old_number": gettext_noop("Old number"),
    "old_totals": gettext_noop("Sums of the old book"),
    "on": gettext_noop("Day of the books"),
    "opened_on": gettext_noop("Opened on"),
    "order": gettext_noop("Order"),
    "orders": gettext_noop("Orders"),
    "other": gettext_noop("The other one"),
    "other_phone": gettext_noop("Other phone"),
    "over": gettext_noop("Too many"),
    "paid": gettext_noop("Was paid"),
    "paid_by": gettext_noop("Paid by"),
    "paper": gettext_noop("Paper"),
    "papers": gettext_noop("Papers"),
    "parts": gettext_noop("Parts"),
    "passed": gettext_noop("Let pass, with the reason"),
    "payment": gettext_noop("Payment"),
    "penalty": gettext_noop("Penalty"),
    "percent": gettext_noop("Percent"),
    "phone": gettext_noop("Phone"),
    "pieces": gettext_noop("Pieces"),
    "place": gettext_noop("Place"),
    "places": gettext_noop("Places"),
    "position": gettext_noop("Place in the row"),
    "postal_code": gettext_noop("Postal code"),
    "pph22": gettext_noop("PPh 22"),
    "prepared_by": gettext_noop("Prepared by"),
    "price": gettext_noop("Price"),
    "promised": gettext_noop("Promised"),
    "purchase": gettext_noop("Purchase"),
    "purpose": gettext_noop("Purpose"),
    "quantity": gettext_noop("How much"),
    "rates": gettext_noop("Wage by grade"),
    "reason": gettext_noop("Reason"),
    "recipe": gettext_noop("Recipe"),
    "reference": gettext_noop("Reference"),
    "regency": gettext_noop("Regency"),
    "rejected": gettext_noop("Refused"),
    "replacement": gettext_noop("The supplier sends others"),
    "result": gettext_noop("Result"),
    "retention": gettext_noop("Retention"),
    "role": gettext_noop("Role"),
    "rows": gettext_noop("Rows"),
    "rt": gettext_noop("RT"),
    "rw": gettext_noop("RW"),
    "seed": gettext_noop("Seed"),
    "set_off": gettext_noop("Set off"),
    "shape": gettext_noop("Shape of the sheet"),
    "share": gettext_noop("Share of the maker, percent"),
    "shown": gettext_noop("Shown as"),
    "signed_on": gettext_noop("Signed on"),
    "since": gettext_noop("Since"),
    "slips": gettext_noop("Slips"),
    "source": gettext_noop("Source"),
    "split": gettext_noop("Divided over"),
    "state": gettext_noop("State"),
    "struck": gettext_noop("Struck off this time"),
    "successor": gettext_noop("Replaced by"),
    "suppliers": gettext_noop("Suppliers"),
    "style": gettext_noop("Style"),
    "surplus": gettext_noop("Surplus"),
    "tax": gettext_noop("Tax"),
    "terms": gettext_noop("Terms"),
    "text": gettext_noop("Written text"),
    "title": gettext_noop("Title"),
    "title_after": gettext_noop("Title after the name"),
    "title_before": gettext_noop("Title before the name"),
    "to": gettext_noop("To"),
    "total": gettext_noop("Total"),
    "travellers": gettext_noop("Members who would have travelled"),
    "treatment": gettext_noop("Treatment"),
    "turn": gettext_noop("Turn"),
    "unit": gettext_noop("Unit"),
    "until": gettext_noop("Until"),
    "valid_from": gettext_noop("Valid from"),
    "value": gettext_noop("Value"),
    "version": gettext_noop("Version"),
    "village": gettext_noop("Village"),
    "village_code": gettext_noop("Code of the village"),
    "wage": gettext_noop("Wage"),
    "waxed": gettext_noop("Pieces waxed"),
    "why": gettext_noop("Why"),
    "way": gettext_noop("How it is paid"),
    "with_nik": gettext_noop("With NIK"),
    "withholds_tax": gettext_noop("Withholds tax"),
    "words": gettext_noop("Words"),
    "work_order": gettext_noop("Work order"),
    "workshop": gettext_noop("Workshop"),
    "year": gettext_noop("Year"),
}
MONEY = frozenset(
    {"amount", "assets", "base", "cash", "charge", "charged", "cost", "counted", "deducted",
     "difference", "earned", "equity", "expected", "fee", "final_tax", "freight",
     "freight_per_order", "goods", "gross", "lost", "minimum_amount", "paid", "penalty", "pph22",
     "price",
     "rates", "retention", "set_off", "surplus", "tax", "total", "wage"}
)  # fmt: skip
CODES: Mapping[str, str] = {
    "A": "A",
    "bank": gettext_noop("bank"),
    "board": gettext_noop("board"),
    "byproduct": gettext_noop("by-product"),
    "cash": gettext_noop("cash"),
    "cash_main": gettext_noop("cash in the office"),
    "cash_till": gettext_noop("drawer of the shop"),
    "cashier": gettext_noop("cashier"),
    "cloth": gettext_noop("cloth"),
    "commission": gettext_noop("commission work"),
    "consignment": gettext_noop("on consignment"),
    "credit": gettext_noop("on credit, next month"),
    "credit_on_sale": gettext_noop("on credit until her cloth is sold"),
    "custody": gettext_noop("in trust"),
    "delivered": gettext_noop("delivered"),
    "deposit": gettext_noop("deposit"),
    "down_payment": gettext_noop("down payment"),
    "dye": gettext_noop("dye"),
    "equity": gettext_noop("equity"),
    "extra_share": gettext_noop("extra share"),
    "facility": gettext_noop("a lender's money"),
    "held": gettext_noop("held"),
    "hers": gettext_noop("the maker's"),
    "manager": gettext_noop("manager"),
    "market": gettext_noop("market price"),
    "member": gettext_noop("member"),
    "mentor": gettext_noop("mentor"),
    "ours": gettext_noop("the cooperative's"),
    "own": gettext_noop("own cash"),
    "pass": gettext_noop("passed"),
    "piece_rate": gettext_noop("wage by piece"),
    "pledge": gettext_noop("promise"),
    "product": gettext_noop("product"),
    "public": gettext_noop("public"),
    "purchase": gettext_noop("purchase"),
    "reject": gettext_noop("refused"),
    "rework": gettext_noop("to be done again"),
    "sale": gettext_noop("sale"),
    "savings": gettext_noop("to voluntary savings"),
    "shares": gettext_noop("to regular shares"),
    "storekeeper": gettext_noop("storekeeper"),
    "supervisor": gettext_noop("supervisor"),
    "tool": gettext_noop("tool"),
    "transfer": gettext_noop("transfer"),
    "wax": gettext_noop("wax"),
}
# What names or describes something is never a code, though it may look like one.
WORDS = frozenset({"decision", "name", "note", "reason", "source", "text", "title", "why", "words"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FINGERPRINT = re.compile(r"[0-9a-f]{32,}")
SHOWN_OF_FINGERPRINT = 12


def fact_label(key: str) -> str:
    """What a key of the facts is called; one without words stands plainly."""
    known = LABELS.get(key)
    return gettext(known) if known else key.replace("_", " ")


def fact_lines(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The facts of an act as labels and values to read; what says nothing is left out."""
    rows = ((key, _value(key, value)) for key, value in facts.items())
    return [(fact_label(key), text) for key, text in rows if text]


def _value(key: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, Mapping):
        parts = ((fact_label(name), _value(key, one)) for name, one in value.items())
        return _joined(f"{name}: {text}" for name, text in parts if text)
    if isinstance(value, list | tuple):
        return _joined(text for text in (_value(key, one) for one in value) if text)
    if isinstance(value, int):
        return format_rupiah(value) if key in MONEY else str(value)
    return _text(key, str(value))


def _text(key: str, text: str) -> str:
    if key in WORDS:
        return text
    if _DAY.fullmatch(text):
        return format_date(date.fromisoformat(text))
    if _FINGERPRINT.fullmatch(text):
        return f"{text[:SHOWN_OF_FINGERPRINT]}…"
    return gettext(CODES[text]) if text in CODES else text


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
