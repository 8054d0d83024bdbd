"""The page of a buying plan: suppliers with their lines, what is left out, why, and compared with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import PriceList
from canting.kernel.charts import Bar, Chart, compare_bars
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah, half_up
from canting.kernel.quantities import format_quantity
from canting.purchasing.rules import OfferFacts, SupplierFacts
from canting.rounds.models import Round
from canting.rounds.rules.plan import Costed, Plan, PlanLine, Reason, SinglePlan, Why
from canting.rounds.selectors.plan_words import reason_text, short_text, stopped_text
from canting.rounds.selectors.plans import Inputs


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is shown: packs in words, what it holds, its landed cost (whole rupiah)."""

    item: str
    packs: str
    holds: str
    price: int
    goods: int
    freight: int

    @property
    def landed(self) -> int:
        """Goods and freight."""
        return self.goods + self.freight


@dataclass(frozen=True, slots=True)
class ShownSupplier:
    """A supplier chosen: her lines, when they are here, when her bill is due, how she kept promises."""

    number: str
    name: str
    lines: tuple[ShownLine, ...]
    arrives: date
    due: date | None
    kept: str

    @property
    def total(self) -> int:
        """What her order costs with freight, whole rupiah."""
        return sum(line.landed for line in self.lines)

    @property
    def freight(self) -> int:
        """The freight of her order, whole rupiah."""
        return sum(line.freight for line in self.lines)


@dataclass(frozen=True, slots=True)
class ShownReasons:
    """Why an item comes from whom: the chosen by name, the others with their sentence."""

    item: str
    chosen: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan as its page shows it."""

    suppliers: tuple[ShownSupplier, ...]
    costed: Costed
    surplus: tuple[tuple[str, str, int], ...]
    unserved: tuple[tuple[str, str, str], ...]
    stand_ins: tuple[tuple[str, str, str], ...]
    reasons: tuple[ShownReasons, ...]
    chart: Chart | None
    single: str
    market: str
    ended: str
    gap: str


def shown_plan(
    *, found: Round, inputs: Inputs, made: Plan, reasons: Sequence[Reason], on: date
) -> ShownPlan:
    """Everything the page of a plan says."""
    market, market_note = _market(found, inputs, made.costed, on)
    return ShownPlan(
        suppliers=shown_suppliers(inputs, made.lines, on),
        costed=made.costed,
        surplus=tuple(
            (inputs.item_name(s.item), _quantity(inputs, s.item, s.quantity), s.value)
            for s in made.costed.surplus
        ),
        unserved=tuple(
            (inputs.item_name(u.item), _quantity(inputs, u.item, u.quantity), short_text(u))
            for u in made.unserved
        ),
        stand_ins=tuple(
            (inputs.item_name(s.item), inputs.item_name(s.by), _quantity(inputs, s.by, s.quantity))
            for s in made.costed.served
            if s.item != s.by
        ),
        reasons=_shown_reasons(inputs, reasons),
        chart=_chart(inputs, made, market),
        single=_single_text(inputs, made),
        market=market_note,
        ended=stopped_text(made.stopped),
        gap=_gap_text(made),
    )


def shown_suppliers(
    inputs: Inputs, lines: Sequence[PlanLine], on: date
) -> tuple[ShownSupplier, ...]:
    """Lines by supplier, with the days of delivery and payment by her terms."""
    offers = {offer.key: offer for offer in inputs.offers}
    facts = {one.supplier: one for one in inputs.suppliers}
    groups: dict[str, list[PlanLine]] = defaultdict(list)
    for line in lines:
        groups[line.supplier].append(line)
    return tuple(
        _shown_supplier(inputs, facts[number], group, offers, on)
        for number, group in groups.items()
        if number in facts
    )


def _shown_supplier(
    inputs: Inputs,
    facts: SupplierFacts,
    lines: Sequence[PlanLine],
    offers: Mapping[str, OfferFacts],
    on: date,
) -> ShownSupplier:
    arrives = on + timedelta(days=facts.lead_days)
    kept = _("%(on_time)s of %(delivered)s orders on time")
    return ShownSupplier(
        number=facts.supplier,
        name=facts.name,
        lines=tuple(_shown_line(inputs, line, offers.get(line.offer_key)) for line in lines),
        arrives=arrives,
        due=arrives + timedelta(days=facts.credit_days) if facts.credit_days else None,
        kept=kept % {"on_time": facts.on_time, "delivered": facts.delivered}
        if facts.delivered
        else "",
    )


def _shown_line(inputs: Inputs, line: PlanLine, offer: OfferFacts | None) -> ShownLine:
    unit = offer.unit if offer else ""
    return ShownLine(
        item=inputs.item_name(line.item),
        packs=f"{line.packs} × {pack_text(inputs, offer)}" if offer else f"{line.packs} {unit}",
        holds=_quantity(inputs, line.item, line.base_quantity),
        price=line.goods // line.packs,
        goods=line.goods,
        freight=line.freight,
    )


def pack_text(inputs: Inputs, offer: OfferFacts) -> str:
    """A pack by its unit and what it holds: "pis (30,2 m)"; the unit alone where it holds one."""
    unit = inputs.items[offer.item].unit if offer.item in inputs.items else ""
    if offer.pack == 1 and offer.unit == unit:
        return offer.unit
    return f"{offer.unit} ({format_quantity(offer.pack, unit)})"


def prices_text(offer: OfferFacts) -> str:
    """The price of a pack, and from how many packs it is another: "Rp550.000 · from 10: Rp540.000"."""
    first, *later = offer.breaks
    steps = [
        _("from %(packs)s: %(price)s") % {"packs": packs, "price": format_rupiah(price)}
        for packs, price in later
    ]
    return " · ".join([format_rupiah(first[1]), *steps])


def offer_label(inputs: Inputs, offer: OfferFacts) -> str:
    """What a field of packs is for, read aloud."""
    supplier = inputs.names.get(offer.supplier, offer.supplier)
    facts = {"item": inputs.item_name(offer.item), "supplier": supplier}
    return _("Packs of %(item)s from %(supplier)s") % facts


def quantity_of(inputs: Inputs, code: str, quantity: Decimal) -> str:
    """An item's name with a quantity of it: "Mori primissima 12 m"."""
    return f"{inputs.item_name(code)} {_quantity(inputs, code, quantity)}"


def _quantity(inputs: Inputs, code: str, quantity: Decimal) -> str:
    return format_quantity(quantity, inputs.items[code].unit if code in inputs.items else "")


def _shown_reasons(inputs: Inputs, reasons: Sequence[Reason]) -> tuple[ShownReasons, ...]:
    by_item: dict[str, list[Reason]] = defaultdict(list)
    for reason in reasons:
        by_item[reason.item].append(reason)
    names = inputs.names
    return tuple(
        ShownReasons(
            item=inputs.item_name(item),
            chosen=", ".join(names.get(r.supplier, r.supplier) for r in group if r.why == Why.CHOSEN),
            others=tuple(
                (names.get(r.supplier, r.supplier), reason_text(r, inputs.items, names))
                for r in group
                if r.why != Why.CHOSEN
            ),
        )
        for item, group in by_item.items()
    )  # fmt: skip


def _single_text(inputs: Inputs, made: Plan) -> str:
    single = made.best_single
    if single is None:
        return _("No supplier alone could serve this.")
    facts = {"name": inputs.names.get(single.supplier, single.supplier), **_both(made, single)}
    if single.missing:
        without = ", ".join(inputs.item_name(item) for item, _quantity in single.missing)
        said = _("From %(name)s alone it would come to %(alone)s, but without: %(without)s.")
        return said % (facts | {"without": without})
    if single.net == made.costed.net:
        return _("%(name)s alone is as good as any other choice.") % facts
    return _("From %(name)s alone it would cost %(alone)s: %(more)s more.") % facts


def _both(made: Plan, single: SinglePlan) -> dict[str, str]:
    more = format_rupiah(single.net - made.costed.net)
    return {"alone": format_rupiah(single.net), "more": more}


def _market(found: Round, inputs: Inputs, costed: Costed, on: date) -> tuple[int, str]:
    """What is served would cost on the market, where every price of it is known; and the sentence."""
    ids = [item.pk for item in inputs.items.values()]
    board = catalogue.price_board(cooperative=found.cooperative, on=on, item_ids=ids)
    total, unknown = Decimal(0), list[str]()
    seen: dict[str, None] = {}
    for served in costed.served:
        item = inputs.items.get(served.item)
        row = board.get((item.pk, PriceList.MARKET, "")) if item else None
        if row is None:
            unknown.append(inputs.item_name(served.item))
            continue
        total += row.amount * served.quantity
        seen[f"{row.place or row.source}, {format_date(row.valid_from)}"] = None
    if not costed.served:
        return 0, ""
    if unknown:
        said = _("No market price is known of: %(items)s.")
        return 0, said % {"items": ", ".join(dict.fromkeys(unknown))}
    return half_up(total), _market_text(half_up(total), costed.net) + f" ({'; '.join(seen)})"


def _market_text(market: int, net: int) -> str:
    told = {"market": format_rupiah(market), "much": format_rupiah(abs(market - net))}
    if market < net:
        return _("On the market it would cost %(market)s, which is %(much)s less.") % told
    return _("On the market it would cost %(market)s, which is %(much)s more.") % told


def _chart(inputs: Inputs, made: Plan, market: int) -> Chart | None:
    if not made.lines:
        return None
    bars = [Bar(_("This plan"), made.costed.net, 1)]
    single = made.best_single
    if single is not None:
        name = inputs.names.get(single.supplier, single.supplier)
        label = _("%(name)s alone, not everything") if single.missing else _("%(name)s alone")
        bars.append(Bar(label % {"name": name}, single.net, 2))
    if market:
        bars.append(Bar(_("On the market"), market, 3))
    return compare_bars(_("What the needs cost by this plan and otherwise"), bars)


def _gap_text(made: Plan) -> str:
    """How good the plan is proved to be: what another choice could save at most, in rupiah."""
    left = int(Decimal(str(made.gap)) * made.costed.net)
    if not left:
        return _("Proved: no other choice is cheaper.")
    told = {"amount": format_rupiah(left)}
    return _("Another choice could save %(amount)s at most.") % told
