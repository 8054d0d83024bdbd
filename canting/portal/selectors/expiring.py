"""Batches of material that expire soon, for whoever can still use them in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date
from canting.kernel.quantities import format_quantity
from canting.portal.selectors.rows import MOST_ROWS, Row, WorkList, page
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.selectors import Expiring


def expiring(*, cooperative: Cooperative, on: date, rights: Collection[str]) -> WorkList | None:
    """Batches that expire within the days the house has set, or have; nothing where none does."""
    if "stock.view_stock" not in rights:
        return None
    days = int(house.parameter(cooperative=cooperative, name="stock.expiry_days", on=on))
    found = stock.expiring(cooperative=cooperative, on=on, days=days)
    if not found:
        return None
    over = any(one.is_over for one in found)
    return WorkList(
        key="expiring",
        title=_("Expires within %(days)s days") % {"days": days},
        rows=[_row(one, cooperative) for one in found[:MOST_ROWS]],
        total=len(found),
        state="wrong" if over else "wait",
        url=page("stock:stock_page", cooperative.slug),
    )


def _row(one: Expiring, cooperative: Cooperative) -> Row:
    unit = one.batch.item.unit
    facts = {"day": format_date(one.expires_on)}
    return Row(
        what=one.batch.item.name,
        note=f"{one.batch.code} · {format_quantity(one.quantity, unit)}",
        why=_("expired on %(day)s") % facts if one.is_over else _("expires on %(day)s") % facts,
        why_kind="wrong" if one.is_over else "wait",
        act_label=_("Open"),
        act_url=page("stock:batch_detail", cooperative.slug, one.batch.pk),
    )
