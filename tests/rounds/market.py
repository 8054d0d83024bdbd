"""A market to buy together in: a workshop with its makers, two suppliers, and a round's steps."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from canting.catalogue.services import set_price
from canting.cooperatives.models import Cooperative, User
from canting.ledger import selectors as ledger
from canting.purchasing import services as buying
from canting.rounds import selectors, services
from canting.rounds.models import Need, PlanLine, Round
from canting.rounds.rules import NeedSource
from canting.rounds.services import RoundTerms
from tests.production.workshop import Workshop

OPENED = date(2027, 3, 1)
DEADLINE = date(2027, 3, 8)
ORDERED = date(2027, 3, 9)
CAME = date(2027, 3, 15)
NEEDED = date(2027, 3, 20)
SHARED = date(2027, 3, 16)
CLOSED = date(2027, 3, 22)
MORNING = datetime(2027, 3, 1, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


class Market:
    """The makers M1 to M6 buy mori and wax together from Solo and Pekalongan."""

    def __init__(self, cooperative: Cooperative, actor: User) -> None:
        self.cooperative, self.actor = cooperative, actor
        self.shop = Workshop(cooperative, actor)
        self.mori, self.malam, self.dye = self.shop.mori, self.shop.malam, self.shop.dye
        self.makers = self.shop.makers
        self.shop.fund(50_000_000)
        self.shop.fund(5_000_000, "cash_main")
        make = {"cooperative": cooperative, "actor": actor}
        self.solo = buying.add_supplier(name="Toko Solo Mori", phone="081234567891", **make)
        self.pekalongan = buying.add_supplier(name="Pekalongan Jaya", **make)
        self._asked = 0

    def member(self, name: str):
        return self.makers[name]

    def open(self, **terms) -> Round:
        facts = {"title": "Mori Maret", "deadline": DEADLINE, "needed_by": NEEDED} | terms
        return services.open_round(
            cooperative=self.cooperative, terms=RoundTerms(**facts), on=OPENED, actor=self.actor
        )

    def need(self, found, maker, item, quantity, mode="credit", source=NeedSource.DESK, **facts):
        """What a maker (or the store: "") asks for, each a minute after the last."""
        self._asked += 1
        return Need.objects.create(
            round=found,
            cooperative=self.cooperative,
            member=self.makers[maker] if maker else None,
            item=item,
            quantity=Decimal(str(quantity)),
            unit=item.unit,
            base_quantity=Decimal(str(quantity)),
            source=source,
            mode=mode,
            basis="commission" if mode == "custody" else "purchase",
            asked_at=MORNING + timedelta(minutes=self._asked),
            made_by=self.actor,
            **facts,
        )

    def plan(self, found, rows) -> Round:
        """Agree a plan: rows of (supplier, item, packs, pack, price of a pack, freight)."""
        for place, (supplier, item, packs, pack, price, freight) in enumerate(rows):
            PlanLine.objects.create(
                round=found,
                supplier=supplier,
                item=item,
                offer_key=f"o{place}",
                packs=packs,
                unit="pak",
                pack=Decimal(str(pack)),
                price=price,
                goods=packs * price,
                freight=freight,
            )
        return services.mark_planned(found=found, on=DEADLINE, actor=self.actor)

    def ordered(self, found, rows):
        self.plan(found, rows)
        return services.order_round(found=found, on=ORDERED, actor=self.actor)

    def receive(self, order, quantities=None, *, freight=0, on=CAME):
        """What came of an order: base quantities by item, or all of it."""
        lines = {
            line: (quantities or {}).get(line.item, line.base_quantity if not quantities else 0)
            for line in order.lines.select_related("item")
        }
        return buying.receive_order(
            order=order,
            lines={line: Decimal(str(q)) for line, q in lines.items() if q},
            on=on,
            actor=self.actor,
            freight=freight,
        )

    def share(self, found, **facts):
        """Share out exactly what is shown now."""
        on = facts.pop("on", SHARED)
        shown = selectors.proposal(found=found, on=on, **facts)
        return services.share_out(
            found=found, digest=shown.digest, on=on, actor=self.actor, **facts
        )

    def got(self, found) -> dict[tuple[str, str], tuple[Decimal, int]]:
        """Quantity and amount by maker and item of the shares that stand."""
        names = {maker.pk: name for name, maker in self.makers.items()}
        return {
            (names[s.need.member_id], s.item.name): (s.base_quantity, s.amount)
            for s in selectors.shares_of(found)
        }

    def market_price(self, item, amount, place="Pasar Klewer", on=OPENED):
        set_price(
            cooperative=self.cooperative,
            item=item,
            price_list="market",
            amount=amount,
            valid_from=on,
            place=place,
            source="Dilihat di pasar",
            actor=self.actor,
        )

    def balance(self, role: str) -> int:
        return ledger.balance(cooperative=self.cooperative, role=role)

    def owes(self, maker: str, role: str = "recv_member") -> int:
        return ledger.party_balance(
            cooperative=self.cooperative, role=role, party=self.makers[maker].party
        )

    def again(self, found) -> Round:
        return Round.objects.get(pk=found.pk)
