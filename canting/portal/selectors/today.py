"""Hari ini: what each role needs to see in five seconds, put together from all domains."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.cash.rules import DRAWERS
from canting.cooperatives.rules import Role
from canting.kernel.charts import Chart
from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.portal.selectors.buying import nudges_for
from canting.portal.selectors.charts import (
    OrderPicture,
    cash_weeks,
    nearest_order,
    quality_lots,
    savings_growth,
)
from canting.portal.selectors.exceptions import exceptions
from canting.portal.selectors.expiring import expiring
from canting.portal.selectors.late import in_hands, late
from canting.portal.selectors.near import NearOrders, near_orders
from canting.portal.selectors.partner_funds import partner_funds
from canting.portal.selectors.rows import WorkList, only_open, page
from canting.portal.selectors.taxes import taxes_due
from canting.portal.selectors.thin import thin
from canting.portal.selectors.unpaid import MakerPay, maker_pays, unpaid
from canting.portal.selectors.waiting import waiting
from canting.portal.selectors.watching import asked_of, watching

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


SUSPENSE = "suspense"


@dataclass(frozen=True, slots=True)
class Today:
    """The page of today for one person; what her roles do not see is not in it."""

    is_new: bool
    lists: tuple[WorkList, ...]
    watched: tuple[WorkList, ...]
    order: OrderPicture | None
    charts: tuple[Chart, ...]
    drawer: int | None
    drawer_url: str = ""
    start_url: str = ""
    members_url: str = ""

    @property
    def busy(self) -> tuple[WorkList, ...]:
        """Lists with something in them."""
        return tuple(one for one in self.lists if one.total)

    @property
    def calm(self) -> tuple[WorkList, ...]:
        """Lists with nothing to do: told in a line, not in empty boxes."""
        return tuple(one for one in self.lists if not one.total)


def today_for(
    *,
    cooperative: Cooperative,
    on: date,
    roles: Collection[str],
    rights: Collection[str],
    user_id: int,
) -> Today:
    """Everything this person, with these roles and rights, finds on her first page."""
    slug = cooperative.slug
    start = page("portal:start_page", slug) if "portal.start" in rights else ""
    book = ledger.book(cooperative=cooperative)
    if book.position == 0 and not _has_work(cooperative):
        return Today(
            True,
            (),
            (),
            None,
            (),
            None,
            start_url=start,
            members_url=page("members:member_list", slug),
        )
    sells = "sales.view_orders" in rights
    near = near_orders(cooperative=cooperative) if sells else NearOrders()
    owed = maker_pays(cooperative=cooperative, on=on) if "settlement.view_slips" in rights else []
    now = ledger.balances_now(cooperative=cooperative, roles=[SUSPENSE, *sorted(DRAWERS)])
    nudges = nudges_for(cooperative=cooperative, on=on, rights=rights)
    lists = [
        late(cooperative=cooperative, on=on, rights=rights, near=near, nudges=nudges),
        waiting(
            cooperative=cooperative,
            on=on,
            rights=rights,
            book=book,
            suspense=now[SUSPENSE],
            nudges=nudges,
        ),
        unpaid(cooperative=cooperative, on=on, rights=rights, pays=owed),
        thin(cooperative=cooperative, on=on, rights=rights),
        expiring(cooperative=cooperative, on=on, rights=rights),
        taxes_due(cooperative=cooperative, on=on, rights=rights),
        partner_funds(cooperative=cooperative, on=on, rights=rights),
        asked_of(cooperative=cooperative, on=on, roles=roles, rights=rights),
    ]
    if Role.MENTOR in roles:
        lists.insert(2, in_hands(cooperative=cooperative, on=on))
    watches = Role.SUPERVISOR in roles
    return Today(
        is_new=False,
        lists=tuple(only_open(one, rights) for one in lists if one is not None),
        watched=_watched(cooperative, on, rights, user_id) if watches else (),
        order=nearest_order(cooperative=cooperative, on=on, near=near),
        charts=_charts(cooperative, on, owed) if Role.BOARD in roles else (),
        drawer=_drawer(now) if "cash.view_cash" in rights else None,
        drawer_url=page("cash:cash_page", slug),
        start_url=start,
    )


def _watched(
    cooperative: Cooperative, on: date, rights: Collection[str], user_id: int
) -> tuple[WorkList, ...]:
    found = [
        *watching(cooperative=cooperative, on=on, user_id=user_id),
        *exceptions(cooperative=cooperative, on=on),
    ]
    return tuple(only_open(one, rights) for one in found)


def _has_work(cooperative: Cooperative) -> bool:
    return members.active_members(cooperative=cooperative).exists()


def _charts(cooperative: Cooperative, on: date, pays: list[MakerPay]) -> tuple[Chart, ...]:
    owed = sum(one.amount for one in pays)
    drawn = (
        cash_weeks(cooperative=cooperative, on=on, floor=owed),
        quality_lots(cooperative=cooperative),
        savings_growth(cooperative=cooperative, on=on),
    )
    return tuple(one for one in drawn if one is not None)


def _drawer(now: Mapping[str, int]) -> int:
    """Notes and coins in the drawers now, whole rupiah; the bank is not cash in hand."""
    return sum(now[role] for role in DRAWERS)
