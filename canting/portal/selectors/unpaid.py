"""What makers brought, was accepted and is not paid yet: a row a maker, one sum, one button."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.portal.selectors.rows import MOST_ROWS, Row, WorkList, page
from canting.settlement import selectors as settlement
from canting.settlement.rules import PAYABLES

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class MakerPay:
    """What one maker is owed, whole rupiah, before deductions; `held` lines wait for a sale."""

    party_id: int
    name: str
    number: str
    amount: int
    held: frozenset[int] = frozenset()


def maker_pays(*, cooperative: Cooperative, on: date) -> list[MakerPay]:
    """Everyone who may be paid for cloth or work, by number; from kept sums.

    A share of a buy-back that waits for the sale is no pay yet and is left out.
    """
    found: dict[int, MakerPay] = {}
    held: dict[int, dict[int, int]] = defaultdict(dict)
    for line in settlement.held_lines(cooperative=cooperative, on=on):
        held[line.party.pk][line.id] = line.amount
    for _role, row in ledger.party_balances_of_roles(cooperative=cooperative, roles=PAYABLES):
        before = found.get(row.party_id)
        amount = row.balance + (before.amount if before else 0)
        found[row.party_id] = MakerPay(row.party_id, row.name, row.number, amount)
    free = [_without(one, held[one.party_id]) for one in found.values()]
    owed = [one for one in free if one.amount > 0]
    return sorted(owed, key=lambda one: one.number)


def _without(pay: MakerPay, held: Mapping[int, int]) -> MakerPay:
    return replace(pay, amount=pay.amount - sum(held.values()), held=frozenset(held))


def _papers_of(cooperative: Cooperative, on: date, shown: list[MakerPay]) -> dict[int, list[str]]:
    """The papers that wait to be paid, of these makers; one query."""
    papers: dict[int, list[str]] = defaultdict(list)
    if shown:
        ids = [one.party_id for one in shown]
        held = frozenset[int]().union(*(one.held for one in shown))
        for line in settlement.open_lines(cooperative=cooperative, until=on, party_ids=ids):
            if line.id not in held and line.paper and line.paper not in papers[line.party.pk]:
                papers[line.party.pk].append(line.paper)
    return papers


def unpaid(
    *, cooperative: Cooperative, on: date, rights: Collection[str], pays: list[MakerPay]
) -> WorkList | None:
    """Accepted and not yet paid, for those who see slips."""
    if "settlement.view_slips" not in rights:
        return None
    papers = _papers_of(cooperative, on, pays[:MOST_ROWS])
    may_pay = "settlement.pay_makers" in rights
    slug = cooperative.slug
    return WorkList(
        key="unpaid",
        title=_("Accepted, not paid yet"),
        rows=[
            Row(
                what=one.name,
                note=one.number,
                why=_told(papers[one.party_id]),
                sum=format_rupiah(one.amount),
                url=page("members:member_detail", slug, one.number),
            )
            for one in pays[:MOST_ROWS]
        ],
        total=len(pays),
        aside=_("%(count)s makers") % {"count": len(pays)},
        nothing=_("All accepted cloth is paid."),
        foot=_("Before deductions"),
        foot_sum=format_rupiah(sum(one.amount for one in pays)),
        act_label=_("Pay %(count)s") % {"count": len(pays)} if may_pay else _("See slips"),
        act_url=page("settlement:pay_page" if may_pay else "settlement:slip_list", slug),
    )


def _told(papers: list[str]) -> str:
    if len(papers) <= 1:
        return "".join(papers)
    return _("%(paper)s and %(count)s more") % {"paper": papers[0], "count": len(papers) - 1}
