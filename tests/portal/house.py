"""A cooperative at work, for its first pages: orders, makers, cloth, money owed, thin material."""

from datetime import date
from decimal import Decimal

from canting.cooperatives.models import Cooperative, User
from canting.production.services import report_finished
from canting.sales import services as sales
from canting.sales.rules import OrderItem, Piece
from canting.savings.services import deposit
from tests.production.workshop import FEB_3, FEB_25, Workshop

ON = date(2027, 3, 20)
DUE = date(2027, 3, 10)


class House(Workshop):
    """The workshop with a buyer's order that is late, and cloth at every station of its way."""

    def __init__(self, cooperative: Cooperative, actor: User) -> None:
        super().__init__(cooperative, actor)
        self.fund()
        self.fund(2_000_000, "cash_main")
        self.stock_store()
        self.buyer = sales.create_buyer(
            cooperative=cooperative,
            name="Galeri Panjalu",
            on=FEB_3,
            actor=actor,
            phone="081298765432",
        )
        self.sale = sales.take_order(
            cooperative=cooperative,
            buyer=self.buyer,
            promised_date=date(2027, 3, 15),
            lines=[OrderItem(self.shirt, Decimal(40), 300_000)],
            on=FEB_3,
            actor=actor,
        )

    def work(self, split=None) -> None:
        """M4 and M5 hold our material and twenty pieces each; M4 brings five, two are accepted."""
        for maker in ("M4", "M5"):
            self.hand_out(maker)
        line = self.sale.lines.get()
        self.spk = self.order(split, due=DUE, order_line=line)
        part = self.part(self.spk, "M4")
        report_finished(assignment=part, count=5, on=FEB_25, actor=self.actor)
        self.tk = self.inspect(
            assignment=part, counts={"A": 2}, on=FEB_25, reason="Isen daun sudah rapi."
        )

    def sell(self) -> None:
        """One accepted piece is sent and waits for the buyer; one is accepted and not invoiced."""
        codes = [line.code for line in self.tk.lines.order_by("id")]
        first = sales.deliver(
            order=self.sale, pieces=[Piece(codes[0])], on=date(2027, 3, 1), actor=self.actor
        )
        sales.confirm_delivery(
            delivery=first, on=date(2027, 3, 2), actor=self.actor, confirmed_by="Pak Hadi"
        )

    def save(self, maker="M4", amount=25_000) -> None:
        """A maker pays a regular share."""
        deposit(
            cooperative=self.cooperative,
            member=self.makers[maker],
            kind="regular_share",
            amount=amount,
            cash_place="cash_main",
            on=date(2027, 3, 3),
            actor=self.actor,
        )
