"""Sections of the notes about what stands in the position: their tables fill themselves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from canting.assets import selectors as assets
from canting.assets.rules import CLASSES, TREATMENTS
from canting.kernel.dates import format_month, format_short_date
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.papers import StatementTable, TableRow
from canting.ledger.selectors import account_name
from canting.reports.papers.notes.ground import Ground, table, there
from canting.sales import selectors as sales

AGE_DAYS = (30, 60, 90)
RECEIVABLES = (
    *("recv_member", "recv_member_on_sale", "recv_damage", "recv_buyer", "unbilled"),
    *("recv_retention", "loan_interest_recv", "advance_maker", "loan_member", "onlend"),
)
FUNDS = ("shu_payable", "fund_board", "fund_staff", "fund_education", "fund_social", "fund_area")
BORROWINGS = ("bank_loan", "partner_loan", "onlend_held")


def cash_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """Each place where money lies."""
    return there(ground.accounts("cash", _("Cash and bank")))


def receivable_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """Accounts of receivables, and how old what stands open is; both add up to the same."""
    return there(
        ground.accounts("receivables", _("Receivables")),
        ground.accounts("loans_out", _("Loans to members")),
        ground.accounts("advances", _("Advances paid")),
        ground.accounts("passed_on", _("Partner funds passed on to members")),
        _ages(ground),
    )


def _ages(ground: Ground) -> StatementTable | None:
    found = ledger.ages(
        cooperative=ground.cooperative,
        roles=RECEIVABLES,
        as_of=ground.period.until,
        days=AGE_DAYS,
    )
    names = {row.account_id: row.label for row in ground.now_rows}
    rows = [TableRow(names[one.account_id], (*one.parts, one.total)) for one in found if one.total]
    columns = (
        _("up to %(days)s days") % {"days": AGE_DAYS[0]},
        *(
            _("%(since)s–%(until)s days") % {"since": since + 1, "until": until}
            for since, until in pairwise(AGE_DAYS)
        ),
        _("older"),
        _("Together"),
    )
    return table(_("Age of what is owed to us, before the allowance"), columns, rows)


def inventory_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """Accounts of inventory with the allowance."""
    return there(ground.accounts("inventory", _("Inventory")))


def asset_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """Fixed assets by class: cost, added, gone, what they lost, what is left; and grants received."""
    rows = [row for key in CLASSES if (row := _asset_row(ground, key)) is not None]
    columns = (
        _("Cost before"),
        _("Added"),
        _("Gone"),
        _("Lost value"),
        _("Left"),
    )
    return there(table(_("Fixed assets"), columns, rows), _grants(ground))


def _asset_row(ground: Ground, key: str) -> TableRow | None:
    kind = CLASSES[key]
    now = {row.role: row for row in ground.now_rows}
    cost = now.get(kind.role)
    moved = ground.moved.get(kind.role)
    if cost is None and moved is None:
        return None
    after = cost.net if cost else 0
    added = gone = 0
    if moved is not None:
        opened = -ground.opened.get(moved.account_id, 0)
        added, gone = moved.debit - max(opened, 0), moved.credit
    lost = now[kind.accumulated].net if kind.accumulated in now else 0
    amounts = (after - added + gone, added, -gone, lost, after + lost)
    return TableRow(_(kind.label), amounts) if any(amounts) else None


def _grants(ground: Ground) -> StatementTable | None:
    found = assets.grants(cooperative=ground.cooperative).filter(
        on__range=(ground.period.since, ground.period.until), state="posted"
    )
    rows = [
        TableRow(
            f"{format_short_date(one.on)} {one.giver}: {_(TREATMENTS[one.treatment])}"
            + (f" ({one.deed})" if one.deed else ""),
            (one.amount,),
        )
        for one in found.order_by("on", "id")
    ]
    return table(_("Grants received"), (_("Amount or fair value"),), rows)


def payable_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """What is owed to suppliers, to makers and to others."""
    return there(
        ground.accounts("payable_suppliers", _("Payable to suppliers"), sign=-1),
        ground.accounts("payable_makers", _("Payable to makers"), sign=-1),
        ground.accounts("payable_other", _("Other payables"), sign=-1),
        _parties(ground, BORROWINGS, _("Borrowings by lender")),
    )


def _parties(ground: Ground, roles: Sequence[str], title: str) -> StatementTable | None:
    found = ledger.party_balances_at(
        cooperative=ground.cooperative, roles=roles, as_of=ground.period.until
    )
    rows = [
        TableRow(f"{row.name} ({row.number}): {account_name(role)}", (row.balance,))
        for role, row in found
    ]
    return table(title, (format_short_date(ground.period.until),), rows)


def tax_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """Taxes owed and prepaid, and the base of the final tax by month."""
    papers = sales.tax_papers(cooperative=ground.cooperative).filter(
        kind="booked",
        state="posted",
        month__range=(ground.period.since, ground.period.until),
    )
    rows = [
        TableRow(format_month(one.month), (one.base, one.amount))
        for one in papers.order_by("month", "id")
    ]
    return there(
        ground.accounts("payable_tax", _("Tax payable"), sign=-1),
        ground.accounts("prepaid_tax", _("Prepaid tax")),
        table(_("Final tax by month"), (_("Turnover"), _("Tax")), rows),
    )


def savings_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """Members' savings, and what is owed to each who left."""
    return there(
        ground.accounts("savings", _("Members' savings"), sign=-1),
        _parties(ground, ("exit_payable",), _("Owed to leavers")),
    )


def fund_tables(ground: Ground) -> tuple[StatementTable, ...]:
    """The funds of the surplus: before, what the meeting gave, what was spent, what is left."""
    now = {row.role: row for row in ground.now_rows}
    rows = []
    for role in FUNDS:
        moved = ground.moved.get(role)
        left = -now[role].net if role in now else 0
        opened = ground.opened.get(moved.account_id, 0) if moved else 0
        given = moved.credit - max(opened, 0) if moved else 0
        spent = moved.debit if moved else 0
        amounts = (left - given + spent, given, -spent, left)
        if any(amounts):
            rows.append(TableRow(account_name(role), amounts))
    columns = (_("Before"), _("Given by the meeting"), _("Paid or spent"), _("Left"))
    return there(table(_("Shared surplus and funds"), columns, rows))


def capital_words(ground: Ground) -> list[str]:
    """How many members have shares, and what all of them have."""
    found = ledger.party_balances_at(
        cooperative=ground.cooperative,
        roles=("share_principal", "share_mandatory"),
        as_of=ground.period.until,
    )
    count = len({row.party_id for _role, row in found})
    total = sum(row.balance for _role, row in found)
    return [
        _("%(count)s members have shares of %(amount)s together.")
        % {"count": count, "amount": format_rupiah(total)}
    ]
