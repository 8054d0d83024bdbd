"""What the pages of a round show, put together from its reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from canting.kernel import addresses
from canting.kernel.charts import Chart, Part, Stop, both_sides, way
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.kernel.wa import wa_address
from canting.rounds import papers, selectors
from canting.rounds.rules import STEPS_OF_LIFE, RoundState, ShareState
from canting.rounds.views.timeline import timeline

if TYPE_CHECKING:
    from canting.members.models import Member
    from canting.purchasing.models import SupplierOrder
    from canting.purchasing.selectors import OrderRow
    from canting.rounds.models import Fund, Round, Share

STATE_KINDS = {
    RoundState.COLLECTING: "info",
    RoundState.PLANNED: "wait",
    RoundState.ORDERED: "wait",
    RoundState.RECEIVED: "wait",
    RoundState.SHARED: "done",
    RoundState.SETTLED: "done",
    RoundState.CANCELLED: "",
}
NAMES: dict[str, Any] = {
    "state_name": selectors.state_name,
    "share_rule_name": selectors.share_rule_name,
    "price_rule_name": selectors.price_rule_name,
    "source_name": selectors.source_name,
    "share_state_name": selectors.share_state_name,
    "why_text": selectors.why_text,
    "kind_name": selectors.fund_kind_name,
    "kinds": STATE_KINDS,
}


def share_message(found: Round, row: MemberShares) -> str:
    """The WhatsApp address with the text that tells a member what came for her."""
    return wa_address(row.member.phone, papers.share_text(found, row.member, row.shares))


NAMES["share_message"] = share_message


def address(view: str, *parts: object) -> str:
    """The address of a page, or "" where the house has no such page."""
    try:
        return addresses.address(view, *parts)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class Act:
    """The next act of a round: its button, where it leads, and why it is next."""

    label: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """One supplier order of a round with what was ordered and what has come."""

    order: SupplierOrder
    rows: Sequence[OrderRow]
    late: bool
    url: str
    waits: bool


@dataclass(frozen=True, slots=True)
class MemberShares:
    """What one member gets in a round, over all its sharings."""

    member: Member
    shares: tuple[Share, ...]

    @property
    def amount(self) -> int:
        """What she is charged; released shares are not."""
        return sum(s.amount for s in self.shares if s.state != ShareState.RELEASED)

    @property
    def waits(self) -> bool:
        """Whether something waits to be fetched and paid."""
        return any(s.state == ShareState.WAITING for s in self.shares)

    @property
    def hand_outs(self) -> tuple[str, ...]:
        """Her hand-outs that stand, in order."""
        numbers = {s.hand_out for s in self.shares if s.state == ShareState.HANDED and s.hand_out}
        return tuple(sorted(numbers))


@dataclass(frozen=True, slots=True)
class RoundView:
    """Everything on the page of one round."""

    stage: str
    chart: Chart
    act: Act | None
    by_item: Sequence[Any]
    by_member: Sequence[Any]
    orders: Sequence[OrderView]
    came: Sequence[Any]
    shares: Sequence[MemberShares]
    share_outs: Sequence[Any]
    money: Any
    held: Sequence[Any]
    proof: Any
    timeline: Sequence[tuple[str, str]]
    need_url: str
    plan_url: str


def round_page(*, found: Round, on: date, rights: Collection[str]) -> RoundView:
    """The page of one round for somebody with these rights."""
    orders = selectors.orders_of(found)
    came = selectors.came(found, orders=orders)
    stage = selectors.stage(found, came, orders)
    needs = list(selectors.standing_needs(found))
    shares = _by_member(list(selectors.shares_of(found)))
    manages = "rounds.manage_rounds" in rights
    return RoundView(
        stage=stage,
        chart=steps_chart(found, stage),
        act=_next_act(found, stage, orders, bool(needs), shares, on) if manages else None,
        by_item=selectors.needs_by_item(needs),
        by_member=selectors.needs_by_member(needs),
        orders=_orders(found, orders, on),
        came=came,
        shares=shares,
        share_outs=list(selectors.share_outs(found)),
        money=selectors.money_way(found),
        held=selectors.held_by_member(found),
        proof=selectors.proof_of_round(found),
        timeline=timeline(found),
        need_url=_page(found, "rounds:need_list"),
        plan_url=_page(found, "rounds:plan_page"),
    )


def _page(found: Round, view: str, *parts: object) -> str:
    return address(view, found.cooperative.slug, *parts, found.number)


def steps_chart(found: Round, stage: str) -> Chart:
    """The steps of a round as one bar, with the sentence of where it stands."""
    title = _("%(title)s: %(state)s") % {
        "title": found.title,
        "state": selectors.state_name(stage),
    }
    here = STEPS_OF_LIFE.index(RoundState(stage)) if stage in STEPS_OF_LIFE else -1
    over = stage == RoundState.SETTLED
    return way(
        title,
        [
            Stop(
                selectors.state_name(step),
                "done" if place < here or over else "now" if place == here else "later",
            )
            for place, step in enumerate(STEPS_OF_LIFE)
        ],
    )


def _next_act(
    found: Round,
    stage: str,
    orders: Sequence[SupplierOrder],
    has_needs: bool,
    shares: Sequence[MemberShares],
    on: date,
) -> Act | None:
    if stage == RoundState.COLLECTING:
        return _collecting(found, has_needs, on)
    waiting = selectors.waiting_orders(orders)
    if stage == RoundState.ORDERED and waiting:
        return _receiving(min(waiting, key=lambda order: order.promised_on))
    if stage == RoundState.SHARED and any(row.waits for row in shares):
        return Act(_("See who has not come"), "#bagian", _("Shares wait for their members."))
    steps = {
        RoundState.PLANNED: (_("Order it"), "rounds:round_order", _("The plan is agreed.")),
        RoundState.RECEIVED: (
            _("Share out what has come"),
            "rounds:share_new",
            _("Goods are here that nobody has got yet."),
        ),
        RoundState.SHARED: (
            _("Close the round"),
            "rounds:round_settle",
            _("Everything is handed out."),
        ),
    }
    if stage not in steps:
        return None
    label, view, why = steps[RoundState(stage)]
    return Act(label, _page(found, view), why)


def _receiving(order: SupplierOrder) -> Act:
    facts = {"name": order.supplier.name, "day": format_date(order.promised_on)}
    return Act(
        _("Receive goods"),
        order_url(order, "purchasing:order_receive"),
        _("%(name)s promised %(day)s.") % facts,
    )


def _collecting(found: Round, has_needs: bool, on: date) -> Act | None:
    need_url, plan_url = _page(found, "rounds:need_list"), _page(found, "rounds:plan_page")
    if has_needs and plan_url and (found.deadline < on or not need_url):
        return Act(_("Work out the plan"), plan_url, _("Asking has ended."))
    if need_url:
        day = format_date(found.deadline)
        return Act(
            _("Write down a need"), need_url, _("Members may ask until %(day)s.") % {"day": day}
        )
    return None


def order_url(order: SupplierOrder, view: str = "purchasing:order_detail") -> str:
    """The address of a supplier order's page, or of one act on it."""
    slug = order.cooperative.slug
    return address(view, slug, order.number) or address(
        "purchasing:order_detail", slug, order.number
    )


def _orders(found: Round, orders: list[SupplierOrder], on: date) -> list[OrderView]:
    rows = selectors.rows_by_order(orders)
    late = {order.pk for order in selectors.late_orders(orders, on)}
    waiting = {order.pk for order in selectors.waiting_orders(orders)}
    return [
        OrderView(
            order, rows.get(order.pk, []), order.pk in late, order_url(order), order.pk in waiting
        )
        for order in orders
    ]


def _by_member(shares: Sequence[Share]) -> list[MemberShares]:
    groups: dict[int, list[Share]] = {}
    for share in shares:
        if share.need.member is not None:
            groups.setdefault(share.need.member.pk, []).append(share)
    return [
        MemberShares(group[0].need.member, tuple(group))
        for group in groups.values()
        if group[0].need.member is not None
    ]


@dataclass(frozen=True, slots=True)
class SupplierPlan:
    """What the plan takes from one supplier."""

    name: str
    lines: Sequence[Any]
    goods: int
    freight: int
    at_once: bool


@dataclass(frozen=True, slots=True)
class OrderPage:
    """The plan as it is about to be ordered, and the money for it."""

    suppliers: Sequence[SupplierPlan]
    total: int
    due: int
    there: int
    lent: int


def order_page(*, found: Round, on: date) -> OrderPage:
    """What will be ordered from whom, and whether the money is there."""
    lines = list(selectors.plan_lines(found))
    groups: dict[int, list[Any]] = {}
    for line in lines:
        groups.setdefault(line.supplier_id, []).append(line)
    suppliers = [
        SupplierPlan(
            name=group[0].supplier.name,
            lines=group,
            goods=sum(line.goods for line in group),
            freight=sum(line.freight for line in group),
            at_once=bool(selectors.due_at_once(found, group, on)),
        )
        for group in groups.values()
    ]
    return OrderPage(
        suppliers=suppliers,
        total=sum(one.goods + one.freight for one in suppliers),
        due=selectors.due_at_once(found, lines, on),
        there=selectors.cash_there(found.cooperative),
        lent=selectors.money_ready(found),
    )


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """The money of a round: the picture, the table between both sides, every source."""

    way: Any
    chart: Chart | None
    funds: Sequence[Fund]
    held: Sequence[Any]
    vouchers: Sequence[str]
    kept: Sequence[tuple[str, str, int]]
    numbers: dict[int, str]


def money_page(*, found: Round) -> MoneyPage:
    """Where each rupiah of each source went, with the papers behind it."""
    money = selectors.money_way(found)
    held = selectors.held_by_member(found)
    return MoneyPage(
        way=money,
        chart=_money_chart(money),
        funds=list(selectors.funds(found)),
        held=held,
        vouchers=selectors.vouchers_of(found),
        kept=kept_rows(found),
        numbers={row.party.pk: row.party.number for row in held},
    )


def _money_chart(money: Any) -> Chart | None:
    if not money.total:
        return None
    title = _("%(total)s came together and is accounted for to the rupiah") % {
        "total": format_rupiah(money.total)
    }
    sources = [Part(pot.label, pot.amount, pot.ink) for pot in money.sources]
    uses = [Part(pot.label, pot.amount, pot.ink) for pot in money.uses]
    return both_sides(title, sources, uses)


def kept_rows(found: Round) -> list[tuple[str, str, int]]:
    """Members with money kept from earlier rounds, or from here before it was opened again."""
    sums: dict[str, tuple[str, int]] = {}
    for fund in selectors.kept_funds(cooperative=found.cooperative):
        if fund.party is None:
            continue
        name, before = sums.get(fund.party.number, (fund.party.name, 0))
        sums[fund.party.number] = (name, before + selectors.kept_free(fund))
    return [(number, name, amount) for number, (name, amount) in sums.items()]


def fund_facts(fund: Fund) -> list[tuple[str, str]]:
    """What a source of money says, for putting it right."""
    rows = [
        (_("What money"), selectors.fund_kind_name(fund.kind)),
        (_("Whose"), fund.party.name if fund.party else ""),
        (_("Amount"), format_rupiah(fund.amount)),
        (_("Receipt or contract"), fund.paper),
        (_("Date"), format_date(fund.on)),
        (_("Note"), fund.note),
    ]
    return [(label, value) for label, value in rows if value]
