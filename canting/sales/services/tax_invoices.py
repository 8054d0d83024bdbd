"""A month's tax invoices as the file that goes to the tax office."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives.services import record
from canting.kernel.dates import format_month, last_of_month
from canting.sales import selectors
from canting.sales.errors import BuyerLacksFact, NoTaxInvoices
from canting.taxes.rules import coretax_xml
from canting.taxes.selectors import pkp

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.sales.rules import TaxInvoiceFault


@transaction.atomic
def export_tax_invoices(*, cooperative: Cooperative, month: date, actor: User) -> bytes:
    """The Coretax file of a month's invoices with VAT; who took it out is noted, no number is.

    Raises NoTaxInvoices (also while we are no VAT payer), BuyerLacksFact naming buyer and field.
    """
    seller = pkp(cooperative=cooperative, on=last_of_month(month))
    invoices, faults = selectors.tax_invoices(cooperative=cooperative, month=month)
    if faults:
        raise BuyerLacksFact(facts="; ".join(_told(one) for one in faults))
    if seller is None or not invoices:
        raise NoTaxInvoices(month=format_month(month))
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.tax_invoices_exported",
        subject=f"{month:%Y-%m}",
        facts={"count": len(invoices)},
    )
    return coretax_xml(seller.tax_number, invoices)


def _told(fault: TaxInvoiceFault) -> str:
    names = {"tax_number": _("Tax number (NPWP)"), "address": _("Address")}
    return f"{fault.buyer} ({fault.invoice}): {names[fault.what]}"
