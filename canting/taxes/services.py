"""Writes of taxes: facts with their document, tax withheld and its slips, what is paid over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cash.selectors import require_cash
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import first_of_month, format_month
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.errors import ReasonNeeded
from canting.ledger.rules import Draft, credit, debit, nonzero
from canting.ledger.services import post_entries, reverse_source
from canting.taxes import selectors
from canting.taxes.errors import (
    BadTaxAmount,
    DocumentNeeded,
    MoreThanWithheld,
    NoLongerStands,
    NothingWithheld,
    SlipGivenOut,
)
from canting.taxes.models import ServiceBill, TaxFact, TaxPayment, TaxSlip, Withheld
from canting.taxes.rules import (
    BILL,
    BILL_KINDS,
    MONEY_SERIES,
    PAYMENT,
    SLIP_SERIES,
    WITHHOLDINGS,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User
    from canting.taxes.models import Paper

AnyPaper = TypeVar("AnyPaper", bound="Paper")


@dataclass(frozen=True, slots=True)
class Kept:
    """Tax that one entry keeps from one payee; whole rupiah."""

    kind: str
    party: Party
    on: date
    base: int
    tax: int
    source: str
    paper: str


@transaction.atomic
def state_fact(
    *,
    cooperative: Cooperative,
    kind: str,
    valid_from: date,
    document: str,
    actor: User,
    party: Party | None = None,
    value: str = "",
) -> TaxFact:
    """Write down, with its document, when the final tax began or whether a payee has a number.

    A later fact of the same kind (and payee) takes its place. Raises DocumentNeeded.
    """
    if not document.strip():
        raise DocumentNeeded()
    made = TaxFact.objects.create(
        cooperative=cooperative,
        kind=kind,
        party=party,
        value=value,
        valid_from=valid_from,
        document=document.strip()[:120],
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="taxes.fact_stated",
        subject=kind,
        facts={"from": valid_from.isoformat(), "value": value, "document": made.document},
        for_party=party,
    )
    return made


def note_withheld(*, cooperative: Cooperative, kept: Sequence[Kept]) -> None:
    """Keep from whom an entry withheld tax; rows without tax are left out. Inside the caller's act."""
    Withheld.objects.bulk_create(
        Withheld(
            cooperative=cooperative,
            kind=one.kind,
            party=one.party,
            on=one.on,
            base=one.base,
            tax=one.tax,
            source=one.source,
            paper=one.paper,
        )
        for one in kept
        if one.tax
    )


def forget_withheld(*, cooperative: Cooperative, source: str) -> None:
    """The entry is being reversed: its tax no longer counts. Raises SlipGivenOut."""
    found = Withheld.objects.filter(cooperative=cooperative, source=source, active=True)
    row = found.select_related("slip").first()
    if row is None:
        return
    if row.slip is not None:
        raise SlipGivenOut(number=row.slip.number)
    found.update(active=False)


@transaction.atomic
def issue_slips(*, cooperative: Cooperative, month: date, on: date, actor: User) -> list[TaxSlip]:
    """Give every payee of a month one numbered slip per tax, of what no slip shows yet.

    Raises NothingWithheld.
    """
    month = first_of_month(month)
    ledger.lock_account(cooperative=cooperative, role="pph21_payable")
    waiting: dict[tuple[str, int], list[Withheld]] = defaultdict(list)
    for row in selectors.withheld(cooperative=cooperative, month=month).filter(slip=None):
        waiting[row.kind, row.party_id].append(row)
    if not waiting:
        raise NothingWithheld(month=format_month(month))
    made = [
        _slip(cooperative, kind, month, on, rows, actor) for (kind, _p), rows in waiting.items()
    ]
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="taxes.slips_issued",
        subject=f"{month:%Y-%m}",
        facts={"slips": len(made), "tax": sum(slip.tax for slip in made)},
    )
    return made


def _slip(
    cooperative: Cooperative,
    kind: str,
    month: date,
    on: date,
    rows: Sequence[Withheld],
    actor: User,
) -> TaxSlip:
    slip = TaxSlip.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=SLIP_SERIES, on=on),
        on=on,
        kind=kind,
        party=rows[0].party,
        month=month,
        base=sum(row.base for row in rows),
        tax=sum(row.tax for row in rows),
        made_by=actor,
        made_at=timezone.now(),
    )
    Withheld.objects.filter(pk__in=[row.pk for row in rows]).update(slip=slip)
    return slip


@transaction.atomic
def correct_slip(
    *, slip: TaxSlip, reason: str, on: date, actor: User, again: bool = True
) -> TaxSlip | None:
    """Take a slip back and, with `again`, give one of what was withheld as it stands now.

    Raises ReasonNeeded, NoLongerStands, NothingWithheld.
    """
    slip = _locked(slip, reason)
    Withheld.objects.filter(slip=slip).update(slip=None)
    made = None
    if again:
        waiting = selectors.withheld(cooperative=slip.cooperative, month=slip.month)
        rows = list(waiting.filter(slip=None, kind=slip.kind, party=slip.party_id))
        if not rows:
            raise NothingWithheld(month=format_month(slip.month))
        made = _slip(slip.cooperative, slip.kind, slip.month, on, rows, actor)
    _mark(slip, made, reason, "taxes.slip_corrected", actor)
    return made


@transaction.atomic
def pay_over(
    *,
    cooperative: Cooperative,
    kind: str,
    month: date,
    amount: int,
    place: str,
    on: date,
    actor: User,
    reference: str = "",
) -> TaxPayment:
    """Pay withheld tax of a month to the state (D its payable, K money). Whole rupiah.

    Raises BadTaxAmount, MoreThanWithheld, NotEnoughCash.
    """
    tax = WITHHOLDINGS[kind]
    ledger.lock_account(cooperative=cooperative, role=tax.role)
    if amount <= 0:
        raise BadTaxAmount(amount=format_rupiah(amount))
    left = selectors.unpaid(cooperative=cooperative, role=tax.role, on=on)
    if amount > left:
        raise MoreThanWithheld(left=format_rupiah(left), amount=format_rupiah(amount))
    require_cash(cooperative=cooperative, place=place, amount=amount, on=on)
    paper = TaxPayment.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=MONEY_SERIES, on=on),
        on=on,
        kind=kind,
        month=first_of_month(month),
        amount=amount,
        place=place,
        reference=reference.strip()[:60],
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="taxes.paid_over",
        subject=paper.number,
        facts={"tax": kind, "month": f"{month:%Y-%m}", "amount": amount},
    )
    draft = Draft(
        source=f"{PAYMENT}:{paper.number}",
        entry_date=on,
        kind=tax.paid_kind,
        memo=f"{_(tax.label)}, {format_month(month)} {paper.reference}".strip(),
        lines=[debit(tax.role, amount), credit(place, amount)],
        paper=paper.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return paper


@transaction.atomic
def pay_bill(
    *,
    cooperative: Cooperative,
    kind: str,
    party: Party,
    memo: str,
    gross: int,
    place: str,
    on: date,
    actor: User,
) -> ServiceBill:
    """Pay a service or rent less the tax we must keep (D cost gross, K tax, K money the rest).

    Raises BadTaxAmount, NotEnoughCash.
    """
    bill = BILL_KINDS[kind]
    if gross <= 0:
        raise BadTaxAmount(amount=format_rupiah(gross))
    tax = selectors.bill_tax(cooperative=cooperative, kind=kind, party=party, gross=gross, on=on)
    require_cash(cooperative=cooperative, place=place, amount=gross - tax, on=on)
    paper = ServiceBill.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=MONEY_SERIES, on=on),
        on=on,
        kind=kind,
        party=party,
        memo=memo.strip()[:120],
        gross=gross,
        tax=tax,
        place=place,
        made_by=actor,
        made_at=timezone.now(),
    )
    source = f"{BILL}:{paper.number}"
    kept = Kept(bill.tax, party, on, gross, tax, source, paper.number)
    note_withheld(cooperative=cooperative, kept=[kept])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="taxes.bill_paid",
        subject=paper.number,
        facts={"gross": gross, "tax": tax},
        for_party=party,
    )
    draft = Draft(
        source=source,
        entry_date=on,
        kind=bill.entry,
        memo=f"{party.name}: {paper.memo}",
        lines=nonzero(
            debit(bill.role, gross),
            credit(WITHHOLDINGS[bill.tax].role, tax),
            credit(place, gross - tax),
        ),
        paper=paper.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return paper


@transaction.atomic
def correct_payment(
    *,
    payment: TaxPayment,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> TaxPayment | None:
    """Reverse a payment of withheld tax and, with a replacement, write it anew."""
    payment = _locked(payment, reason)
    _reverse(payment, PAYMENT, on, reason, actor)
    made = None
    if replacement is not None:
        made = pay_over(
            cooperative=payment.cooperative,
            kind=payment.kind,
            month=payment.month,
            on=on,
            actor=actor,
            **replacement,
        )
    _mark(payment, made, reason, "taxes.corrected", actor)
    return made


@transaction.atomic
def correct_bill(
    *,
    bill: ServiceBill,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> ServiceBill | None:
    """Reverse a paid service or rent with its tax and, with a replacement, write it anew.

    Raises SlipGivenOut while its tax stands on a slip.
    """
    bill = _locked(bill, reason)
    forget_withheld(cooperative=bill.cooperative, source=f"{BILL}:{bill.number}")
    _reverse(bill, BILL, on, reason, actor)
    made = None
    if replacement is not None:
        made = pay_bill(cooperative=bill.cooperative, on=on, actor=actor, **replacement)
    _mark(bill, made, reason, "taxes.corrected", actor)
    return made


def _locked(paper: AnyPaper, reason: str) -> AnyPaper:
    if not reason.strip():
        raise ReasonNeeded()
    manager = type(paper)._default_manager
    held = manager.select_for_update(of=("self",)).select_related("cooperative").get(pk=paper.pk)
    if held.state == "reversed":
        raise NoLongerStands(number=held.number)
    return held


def _reverse(paper: Paper, source: str, on: date, reason: str, actor: User) -> None:
    name = f"{source}:{paper.number}"
    reverse_source(cooperative=paper.cooperative, source=name, on=on, reason=reason, actor=actor)


def _mark(paper: Any, made: Any, reason: str, action: str, actor: User) -> None:
    paper.state, paper.successor, paper.reason = "reversed", made, reason.strip()[:120]
    paper.save(update_fields=["state", "successor", "reason"])
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action=action,
        subject=paper.number,
        facts={"reason": paper.reason, "successor": made.number if made else ""},
    )
