"""VAT of what is sold, while the cooperative is a VAT payer, and a month's tax invoices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.kernel.dates import first_of_month, last_of_month
from canting.kernel.sealed import unseal
from canting.sales.models import DeliveryLine, Invoice, SaleLine
from canting.sales.rules import PaperState, TaxInvoiceFault
from canting.sales.selectors.claims import invoice_goods
from canting.taxes import selectors as taxes
from canting.taxes.rules import TaxBuyer, TaxGood, TaxInvoice, vat_total

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Buyer, Delivery

ZERO = Decimal(0)


def tax_goods(lines: Iterable[DeliveryLine | SaleLine]) -> tuple[TaxGood, ...]:
    """Sold lines as a tax invoice tells them: those of one product, grade and price together."""
    sums: dict[tuple[str, str, int], tuple[Decimal, int]] = {}
    for line in lines:
        item = line.lot.item
        key = (f"{item.name} {line.lot.grade}".strip(), item.unit, line.price)
        pieces, off = sums.get(key, (ZERO, 0))
        more = line.quantity if isinstance(line, SaleLine) else line.accepted or ZERO
        less = line.discount if isinstance(line, SaleLine) else 0
        sums[key] = (pieces + more, off + less)
    return tuple(
        TaxGood(name, unit, price, pieces, off)
        for (name, unit, price), (pieces, off) in sums.items()
    )


def vat_of(*, cooperative: Cooperative, lines: Iterable[DeliveryLine | SaleLine], on: date) -> int:
    """The VAT of sold lines on a day, whole rupiah; 0 while the cooperative is no VAT payer."""
    rule = taxes.vat_rule(cooperative=cooperative, on=on)
    if rule is None:
        return 0
    return vat_total(good.reckoned(rule) for good in tax_goods(lines))


def vat_of_deliveries(deliveries: Sequence[Delivery], *, on: date) -> int:
    """The VAT of what was accepted of these deliveries, whole rupiah."""
    if not deliveries:
        return 0
    lines = DeliveryLine.objects.filter(delivery__in=deliveries, accepted__gt=0)
    found = lines.select_related("lot__item").order_by("delivery_id", "id")
    return vat_of(cooperative=deliveries[0].cooperative, lines=found, on=on)


def invoices_with_vat(*, cooperative: Cooperative, month: date) -> list[Invoice]:
    """The invoices of a month that stand and bear VAT, by number."""
    found = Invoice.objects.filter(
        cooperative=cooperative,
        state=PaperState.POSTED,
        vat__gt=0,
        issued_on__gte=first_of_month(month),
        issued_on__lte=last_of_month(month),
    )
    return list(found.select_related("buyer__party", "cooperative").order_by("number"))


def tax_invoices(
    *, cooperative: Cooperative, month: date
) -> tuple[list[TaxInvoice], list[TaxInvoiceFault]]:
    """A month's tax invoices for the tax office, and what buyers still lack for them."""
    made: list[TaxInvoice] = []
    faults: list[TaxInvoiceFault] = []
    for invoice in invoices_with_vat(cooperative=cooperative, month=month):
        rule = taxes.vat_rule(cooperative=cooperative, on=invoice.issued_on)
        missing = missing_for_vat(invoice.buyer)
        faults += [TaxInvoiceFault(invoice.number, invoice.buyer.name, name) for name in missing]
        if rule is None or missing:
            continue
        goods = tax_goods(invoice_goods(invoice))
        buyer = tax_buyer(invoice.buyer)
        made.append(TaxInvoice(invoice.issued_on, invoice.number, buyer, goods, rule))
    return made, faults


def missing_for_vat(buyer: Buyer) -> list[str]:
    """Which facts a tax invoice asks for are not known of a buyer: `tax_number`, `address`."""
    known = {"tax_number": buyer.tax_number, "address": buyer.address.strip()}
    return [name for name, value in known.items() if not value]


def tax_buyer(buyer: Buyer) -> TaxBuyer:
    """A buyer as a tax invoice tells him; his number is opened for the file alone."""
    return TaxBuyer(
        buyer.name, buyer.address.strip(), unseal(buyer.tax_number), buyer.email, buyer.vat_code
    )
