"""Taxes that are due within a week or late, for whoever pays them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import first_of_month, format_date, next_month
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.portal.selectors.rows import Row, WorkList, page
from canting.taxes import selectors as taxes
from canting.taxes.rules import FINAL, PAYABLE

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.taxes.selectors import MonthDue

SOON = timedelta(days=7)


def taxes_due(*, cooperative: Cooperative, on: date, rights: Collection[str]) -> WorkList | None:
    """Taxes of last month not yet paid whose day comes within a week or has passed."""
    if "taxes.pay_taxes" not in rights:
        return None
    month = next_month(first_of_month(on), -1)
    if taxes.due_day(cooperative=cooperative, month=month) - on > SOON:
        return None
    now = ledger.balances_now(cooperative=cooperative, roles=taxes.ROLES)
    if not any(amount > 0 for amount in now.values()):
        return None
    dues = taxes.month_dues(cooperative=cooperative, month=month)
    found = [due for due in dues if due.unpaid and due.by - on <= SOON]
    if not found:
        return None
    return WorkList(
        key="taxes",
        title=_("Taxes due within a week"),
        rows=[_row(due, cooperative, month, on) for due in found],
        total=len(found),
        state="wrong" if any(due.by < on for due in found) else "wait",
        url=_month_page(cooperative, month),
    )


def _month_page(cooperative: Cooperative, month: date) -> str:
    return f"{page('taxes:month_page', cooperative.slug)}?bulan={month:%Y-%m}"


def _row(due: MonthDue, cooperative: Cooperative, month: date, on: date) -> Row:
    facts = {"day": format_date(due.by)}
    late = due.by < on
    words = PAYABLE[due.key].label if due.key in PAYABLE else FINAL
    return Row(
        what=_(words),
        note=format_rupiah(due.unpaid),
        why=_("was due on %(day)s") % facts if late else _("by %(day)s") % facts,
        why_kind="wrong" if late else "wait",
        act_label=_("Open"),
        act_url=_month_page(cooperative, month),
    )
