"""Kinds of tax papers and facts: what we keep from others, what buyers keep from us."""

from collections.abc import Mapping
from typing import NamedTuple

from canting.kernel.texts import gettext_noop as _

SLIP_SERIES, MONEY_SERIES = "BP", "BK"
FAKTUR_SERIES = "FPM"
PAYMENT, BILL, FAKTUR = "taxes.payment", "taxes.bill", "taxes.faktur"
PAPERS: Mapping[str, tuple[str, str]] = {
    PAYMENT: ("taxes:payment_detail", "number"),
    BILL: ("taxes:bill_detail", "number"),
    FAKTUR: ("taxes:faktur_detail", "number"),
}

NUMBERED, UNNUMBERED = "numbered", "unnumbered"
PAYEE_STATUSES: Mapping[str, str] = {
    NUMBERED: _("Has a tax number (NPWP or NIK)"),
    UNNUMBERED: _("Has no tax number"),
}
FINAL = _("Own final tax on turnover")
# The own final tax is booked by selling, under this source and its month: …:2026-11.1.
FINAL_SOURCE = "sales.final_tax"
START, PAYEE, PKP = "final_start", "payee", "pkp"
PKP_ON, PKP_OFF = "on", "off"
PKP_STATES: Mapping[str, str] = {
    PKP_ON: _("Registered as a VAT payer (PKP)"),
    PKP_OFF: _("No VAT payer any more"),
}


class Withholding(NamedTuple):
    """A tax we keep from others: its account, its words, the kind of its payment's entry."""

    key: str
    label: str
    role: str
    paid_kind: str


WITHHOLDINGS: Mapping[str, Withholding] = {
    one.key: one
    for one in (
        Withholding("pph21", _("PPh 21 on piece pay"), "pph21_payable", "pph21_paid"),
        Withholding("pph23", _("PPh 23 on services"), "pph23_payable", "pph23_paid"),
        Withholding("pph42", _("PPh 4(2) on rent and interest"), "pph42_withheld", "pph42_paid"),
    )
}

VAT = "vat"
# Everything that is paid to the state here; the own final tax has its own page in selling.
PAYABLE: Mapping[str, Withholding] = {
    **WITHHOLDINGS,
    VAT: Withholding(VAT, _("VAT of the month"), "ppn_out", "ppn_paid"),
}
VAT_IN = "ppn_in"
# Entries that settle a tax account; every other line on it makes or unmakes the tax itself.
SETTLING = frozenset(
    {
        *(one.paid_kind for one in PAYABLE.values()),
        "tax_paid",
        "payment_received",
        "pph22_no_certificate",
        "pph23_service",
    }
)


class Held(NamedTuple):
    """A tax that buyers keep from what they owe us: its words, the accounts it may go to."""

    key: str
    label: str
    roles: tuple[str, ...]


FINAL_TAX = "final"
HELD: Mapping[str, Held] = {
    one.key: one
    for one in (
        Held(FINAL_TAX, _("Final tax withheld"), ("pph_final_payable", "pph_final_withheld")),
        Held("pph22", _("PPh 22 withheld"), ("pph22_prepaid",)),
        Held("pph23", _("PPh 23 withheld"), ("pph23_prepaid",)),
        Held(VAT, _("VAT kept by a collecting buyer"), ("ppn_out",)),
    )
}


class BillKind(NamedTuple):
    """What a bill is for: its cost account, the tax kept from it, the kind of its entry."""

    key: str
    label: str
    role: str
    tax: str
    entry: str


BILL_KINDS: Mapping[str, BillKind] = {
    one.key: one
    for one in (
        BillKind("work", _("Work on cloth by a firm (dyeing and the like)"), "wip", "pph23",
                 "pph23_we_withhold"),
        BillKind("service", _("Another service of a firm"), "admin", "pph23",
                 "pph23_we_withhold"),
        BillKind("rent", _("Rent of land or a building"), "admin", "pph42",
                 "pph42_we_withhold"),
    )
}  # fmt: skip
