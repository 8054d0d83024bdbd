"""Partners' money that is due within a week or late, and contracts that wait for the board."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.lending import selectors as lending
from canting.portal.selectors.rows import MOST_ROWS, Row, WorkList, page

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.lending.selectors import DueRow


def partner_funds(
    *, cooperative: Cooperative, on: date, rights: Collection[str]
) -> WorkList | None:
    """Instalments to partners and from members due within a week; contracts to be approved."""
    if "lending.view_facilities" not in rights:
        return None
    found = lending.dues(cooperative=cooperative, until=lending.soon(on))
    rows = [*_waiting(cooperative, rights), *(_row(one, cooperative, on, rights) for one in found)]
    if not rows:
        return None
    return WorkList(
        key="partner_funds",
        title=_("Partner funds"),
        rows=rows[:MOST_ROWS],
        total=len(rows),
        state="wrong" if any(one.day < on for one in found) else "wait",
        url=page("lending:due_list", cooperative.slug),
    )


def _waiting(cooperative: Cooperative, rights: Collection[str]) -> list[Row]:
    if "lending.approve_contracts" not in rights:
        return []
    return [
        Row(
            what=name,
            note=number,
            why=_("waits for the board"),
            why_kind="wait",
            act_label=_("Look"),
            act_url=page(view, cooperative.slug, number),
        )
        for view, number, name in lending.waiting_contracts(cooperative=cooperative)
    ]


def _row(one: DueRow, cooperative: Cooperative, on: date, rights: Collection[str]) -> Row:
    late = one.day < on
    facts = {"day": format_date(one.day)}
    acts = "lending.record_money" in rights
    view = "lending:repayment_new" if one.goes_out else "lending:instalment_new"
    detail = "lending:facility_detail" if one.goes_out else "lending:onlend_detail"
    return Row(
        what=one.who,
        note=f"{_('we pay') if one.goes_out else _('we receive')} {format_rupiah(one.total)}",
        why=_("was due on %(day)s") % facts if late else _("by %(day)s") % facts,
        why_kind="wrong" if late else "wait",
        url=page(detail, cooperative.slug, one.number),
        act_label=(_("Pay an instalment") if one.goes_out else _("Receive an instalment"))
        if acts
        else "",
        act_url=page(view, cooperative.slug, one.number) if acts else "",
    )
