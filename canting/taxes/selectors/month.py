"""The taxes of a month: what each comes to, what of it is unpaid, by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from canting.kernel.dates import first_of_month, last_of_month
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.taxes.rules import (
    FINAL_SOURCE,
    FINAL_TAX,
    PAYABLE,
    SETTLING,
    VAT,
    VAT_IN,
    WITHHOLDINGS,
)
from canting.taxes.selectors.papers import withheld
from canting.taxes.selectors.rates import due_day, month_turnover, pkp, report_day

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

REVERSAL = "reversal"
OWED = ("pph_final_payable", *(one.role for one in PAYABLE.values()))
# What may still be owed to the state; a debit balance on input VAT lessens the VAT.
ROLES: Sequence[str] = (*OWED, VAT_IN)


@dataclass(frozen=True, slots=True)
class MonthDue:
    """One tax of a month: what it comes to, what is still to be paid, and by when.

    The own final tax is reckoned first and booked on its own page: until then it is `unbooked`.
    """

    key: str
    role: str
    base: int
    amount: int
    unpaid: int
    by: date
    report_by: date | None = None
    unbooked: int = 0


@dataclass(frozen=True, slots=True)
class VatMonth:
    """VAT of a month out of the books, whole rupiah: on what we sold, on what we bought."""

    output: int
    input: int

    @property
    def due(self) -> int:
        """What the month adds to what we owe; below zero it is carried on."""
        return self.output - self.input


def unpaid(*, cooperative: Cooperative, kind: str, on: date) -> int:
    """What a tax still owes the state, that day and later, never below nil; VAT less input VAT."""
    owed = [
        ledger.balance(cooperative=cooperative, role=PAYABLE[kind].role, as_of=day)
        - (ledger.balance(cooperative=cooperative, role=VAT_IN, as_of=day) if kind == VAT else 0)
        for day in (on, None)
    ]
    return max(min(owed), 0)


def input_vat(*, cooperative: Cooperative, month: date) -> int:
    """Input VAT up to the end of a month that no payment has set off yet, whole rupiah."""
    end = last_of_month(month)
    open_then = _open(cooperative, [VAT_IN], end)[VAT_IN]
    now = ledger.balance(cooperative=cooperative, role=VAT_IN)
    owed = ledger.balance(cooperative=cooperative, role=PAYABLE[VAT].role)
    return max(min(open_then, now, owed), 0)


def vat_month(*, cooperative: Cooperative, month: date) -> VatMonth:
    """What invoices, bills and goods back made of VAT in a month; payments aside."""
    month, end = first_of_month(month), last_of_month(month)
    moved = {PAYABLE[VAT].role: 0, VAT_IN: 0}
    lines = ledger.lines_of_roles(cooperative=cooperative, roles=list(moved), until=end)
    rows = lines.filter(entry_date__gte=month).values_list(
        "account__role", "side", "amount", "entry__kind", "entry__reverses__kind"
    )
    for role, side, amount, kind, undone in rows:
        if kind not in SETTLING and undone not in SETTLING:
            moved[role] += amount if side == Side.CREDIT else -amount
    return VatMonth(moved[PAYABLE[VAT].role], -moved[VAT_IN])


def month_dues(*, cooperative: Cooperative, month: date) -> list[MonthDue]:
    """Every tax of a month: base, amount, what of it and before is unpaid, and the due day.

    VAT stands there only while the cooperative is a VAT payer, or still owes some.
    """
    month, end = first_of_month(month), last_of_month(month)
    left = _open(cooperative, ROLES, end)
    turnover = month_turnover(cooperative=cooperative, month=month)
    rows = [(FINAL_TAX, "pph_final_payable", turnover.base, turnover.tax)]
    sums = _withheld_sums(cooperative, month)
    rows += [(one.key, one.role, *sums.get(one.key, (0, 0))) for one in WITHHOLDINGS.values()]
    owes_vat = bool(left[PAYABLE[VAT].role] or left[VAT_IN])
    if owes_vat or pkp(cooperative=cooperative, on=end):
        vat = vat_month(cooperative=cooperative, month=month)
        rows.append((VAT, PAYABLE[VAT].role, 0, vat.due))
    by = {kind: due_day(cooperative=cooperative, month=month, kind=kind) for kind in ("", VAT)}
    return [
        MonthDue(
            key,
            role,
            base,
            tax,
            max(left[role] - (left[VAT_IN] if key == VAT else 0), 0),
            by[VAT if key == VAT else ""],
            report_day(cooperative=cooperative, month=month, kind=key),
            tax - booked_final(cooperative=cooperative, month=month) if key == FINAL_TAX else 0,
        )
        for key, role, base, tax in rows
    ]


def may_owe_vat(*, cooperative: Cooperative, on: date) -> bool:
    """Whether VAT is a matter here: the cooperative is a VAT payer, or still has some open."""
    if pkp(cooperative=cooperative, on=on) is not None:
        return True
    open_now = ledger.balances_now(cooperative=cooperative, roles=[PAYABLE[VAT].role, VAT_IN])
    return any(open_now.values())


def booked_final(*, cooperative: Cooperative, month: date) -> int:
    """The own final tax of a month that is booked, on whatever day, in whole rupiah."""
    lines = ledger.lines_of_roles(cooperative=cooperative, roles=[OWED[0]])
    name = f"{FINAL_SOURCE}:{month:%Y-%m}."
    ours = Q(entry__source__startswith=name) | Q(entry__reverses__source__startswith=name)
    rows = lines.filter(ours).values_list("side", "amount")
    return sum(amount if side == Side.CREDIT else -amount for side, amount in rows)


def _withheld_sums(cooperative: Cooperative, month: date) -> Mapping[str, tuple[int, int]]:
    rows = withheld(cooperative=cooperative, month=month).order_by().values("kind")
    return {
        row["kind"]: (row["base"], row["tax"])
        for row in rows.annotate(base=Sum("base"), tax=Sum("tax"))
    }


def _open(cooperative: Cooperative, roles: Sequence[str], end: date) -> dict[str, int]:
    """What each account still had open at the end of a month, less what settled it since.

    A later payment settles the oldest first; a paper of then that was reversed later counts as
    never made, and the final tax of then counts though it was booked later.
    """
    then = ledger.balances(cooperative=cooperative, as_of=end)
    left = {role: then.get(role, 0) for role in roles}
    lines = ledger.lines_of_roles(cooperative=cooperative, roles=roles).filter(entry_date__gt=end)
    rows = lines.values_list(
        "account__role",
        "side",
        "amount",
        "entry__kind",
        "entry__reverses__kind",
        "entry__reverses__entry_date",
        "entry__source",
        "entry__reverses__source",
    )
    later = dict.fromkeys(roles, 0)
    for role, side, amount, kind, undone, undone_on, *sources in rows:
        less = side == (Side.CREDIT if role == VAT_IN else Side.DEBIT)
        signed = -amount if less else amount
        later[role] += signed
        then_undone = undone_on is not None and undone_on <= end
        settles = kind in SETTLING or undone in SETTLING
        if settles or then_undone or _booked_for(sources, end):
            left[role] += signed
    return {
        role: max(min(amount, then.get(role, 0) + later[role]), 0) for role, amount in left.items()
    }


def _booked_for(sources: Sequence[str | None], end: date) -> bool:
    """Whether an entry, or the one it reverses, books the own final tax of that month or before."""
    for source in sources:
        if source and source.startswith(f"{FINAL_SOURCE}:"):
            return source.partition(":")[2].partition(".")[0] <= f"{end:%Y-%m}"
    return False
