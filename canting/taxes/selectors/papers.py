"""What was withheld by us and from us, its slips, what was paid over, bills paid less tax."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from canting.kernel.dates import first_of_month, last_of_month
from canting.ledger import selectors as ledger
from canting.taxes.models import HeldByBuyer, InputVat, ServiceBill, TaxPayment, TaxSlip, Withheld

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party

WAITING = ("pph_final_withheld", "pph22_prepaid", "pph23_prepaid")


def withheld(*, cooperative: Cooperative, month: date) -> QuerySet[Withheld]:
    """What was withheld in a month and stands, by payee."""
    found = Withheld.objects.filter(
        cooperative=cooperative,
        active=True,
        on__gte=first_of_month(month),
        on__lte=last_of_month(month),
    )
    return found.select_related("party", "slip").order_by("kind", "party__number", "on", "id")


def held(*, cooperative: Cooperative) -> QuerySet[HeldByBuyer]:
    """What buyers withheld from us and stands, newest first."""
    found = HeldByBuyer.objects.filter(cooperative=cooperative, active=True)
    return found.select_related("party").order_by("-on", "-id")


def held_of_month(*, cooperative: Cooperative, month: date) -> QuerySet[HeldByBuyer]:
    """What buyers withheld from us in a month."""
    return held(cooperative=cooperative).filter(
        on__gte=first_of_month(month), on__lte=last_of_month(month)
    )


def slips_missing(*, cooperative: Cooperative) -> QuerySet[HeldByBuyer]:
    """What buyers withheld and gave no slip for yet, oldest first."""
    return held(cooperative=cooperative).filter(slip_number="").order_by("on", "id")


def held_sums(*, cooperative: Cooperative) -> dict[str, int]:
    """What still waits on the accounts of tax that buyers withheld, by role, in whole rupiah."""
    return ledger.balances_now(cooperative=cooperative, roles=WAITING)


def held_by_key(*, cooperative: Cooperative, key: int) -> HeldByBuyer | None:
    """One tax that a buyer withheld, or nothing."""
    return held(cooperative=cooperative).filter(pk=key).first()


def held_of(*, cooperative: Cooperative, source: str) -> list[HeldByBuyer]:
    """What a buyer withheld with one payment."""
    return list(held(cooperative=cooperative).filter(source=source).order_by("id"))


def lock_held(one: HeldByBuyer) -> HeldByBuyer:
    """The row again, held until the end of the transaction."""
    found = HeldByBuyer.objects.select_for_update(of=("self",))
    return found.select_related("cooperative", "party").get(pk=one.pk)


def slips(*, cooperative: Cooperative, month: date) -> QuerySet[TaxSlip]:
    """The slips of a month, also those that were put right."""
    found = TaxSlip.objects.filter(cooperative=cooperative, month=first_of_month(month))
    return found.select_related("party", "successor").order_by("number")


def slip_by_number(*, cooperative: Cooperative, number: str) -> TaxSlip | None:
    """One withholding slip, or nothing."""
    found = TaxSlip.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("cooperative", "party", "successor", "made_by").first()


def payments(*, cooperative: Cooperative, month: date) -> QuerySet[TaxPayment]:
    """What was paid over for a month, in the order it was written."""
    found = TaxPayment.objects.filter(cooperative=cooperative, month=first_of_month(month))
    return found.order_by("id")


def payment_by_number(*, cooperative: Cooperative, number: str) -> TaxPayment | None:
    """One payment to the state, or nothing."""
    found = TaxPayment.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("cooperative", "successor", "made_by").first()


def fakturs(*, cooperative: Cooperative, month: date) -> QuerySet[InputVat]:
    """The suppliers' tax invoices booked in a month, also those that were put right."""
    found = InputVat.objects.filter(
        cooperative=cooperative, on__gte=first_of_month(month), on__lte=last_of_month(month)
    )
    return found.select_related("party").order_by("id")


def faktur_by_number(*, cooperative: Cooperative, number: str) -> InputVat | None:
    """One tax invoice of a supplier by our number, or nothing."""
    found = InputVat.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("cooperative", "party", "successor", "made_by").first()


def faktur_by(*, cooperative: Cooperative, party: Party, faktur: str) -> InputVat | None:
    """The tax invoice of a supplier by his number, while it stands."""
    found = InputVat.objects.filter(cooperative=cooperative, party=party, faktur=faktur)
    return found.filter(state="posted").first()


def fakturs_of(*, cooperative: Cooperative, paper: str) -> list[str]:
    """Our numbers of the tax invoices that stand on a purchase or bill."""
    found = InputVat.objects.filter(cooperative=cooperative, bought=paper, state="posted")
    return list(found.order_by("id").values_list("number", flat=True))


def bills(*, cooperative: Cooperative) -> QuerySet[ServiceBill]:
    """Services and rents paid less their tax."""
    return ServiceBill.objects.filter(cooperative=cooperative).select_related("party")


def bill_by_number(*, cooperative: Cooperative, number: str) -> ServiceBill | None:
    """One service or rent paid less its tax, or nothing."""
    found = ServiceBill.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("cooperative", "party", "successor", "made_by").first()
