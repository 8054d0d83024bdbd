"""A workshop to test in: makers, cloth, wax and dye at the makers, prices; entries that balance."""

from datetime import date
from decimal import Decimal

from canting.catalogue.services import create_item, set_norm, set_price
from canting.cooperatives.models import Cooperative, User
from canting.ledger import selectors as ledger
from canting.ledger.models import JournalEntry
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.members.services import admit_member
from canting.production import selectors, services
from canting.production.rules import Part
from canting.quality.rules import Finding, Result
from canting.quality.services import delivery_of, inspect
from canting.stock import selectors as stock
from canting.stock.rules import PlaceKind
from canting.stock.services import pool_lot, receive, transfer

JAN_1 = date(2027, 1, 1)
FEB_3 = date(2027, 2, 3)
FEB_25 = date(2027, 2, 25)


def D(text: str | int) -> Decimal:
    return Decimal(str(text))


class Workshop:
    """The worked year's makers M1 to M6, its three materials, one shirt and one scarf."""

    def __init__(self, cooperative: Cooperative, actor: User, technique: str = "cap") -> None:
        self.cooperative, self.actor = cooperative, actor
        names = ["Aminah", "Buriyah", "Cicik", "Darmi", "Endang", "Fatonah"]
        self.makers = {
            f"M{nth}": admit_member(
                cooperative=cooperative, full_name=name, on=JAN_1, actor=actor, phone="081234567890"
            )
            for nth, name in enumerate(names, 1)
        }
        self.mori = self._item("Mori primissima", "cloth", "m")
        self.malam = self._item("Malam", "wax", "kg")
        self.dye = self._item("Naftol", "dye", "kg")
        self.wax_again = self._item("Malam bekas", "byproduct", "kg")
        self.shirt = self._item("Kemeja Anggur", "product", "pcs", technique=technique)
        for material, norm in ((self.mori, "2.25"), (self.malam, "0.5"), (self.dye, "0.1")):
            set_norm(product=self.shirt, material=material, quantity=D(norm), actor=actor)
        for price_list, prices in (
            ("piece_rate", {"A": 50_000, "B": 45_000}),
            ("purchase", {"A": 210_000, "B": 180_000}),
        ):
            for grade, amount in prices.items():
                set_price(
                    cooperative=cooperative,
                    item=self.shirt,
                    price_list=price_list,
                    grade=grade,
                    amount=amount,
                    valid_from=JAN_1,
                    actor=actor,
                )

    def _item(self, name, kind, unit, **facts):
        return create_item(
            cooperative=self.cooperative, name=name, kind=kind, unit=unit, actor=self.actor, **facts
        )

    def fund(self, amount=10_000_000, place="bank", on=JAN_1) -> None:
        """Money in a cash place."""
        self._post(
            f"test.fund:{place}:{on}", on, debit(place, amount), credit("other_income", amount)
        )

    def _post(self, source, on, *lines) -> None:
        post_entry(
            cooperative=self.cooperative,
            draft=Draft(source, on, "test", "Percobaan", list(lines)),
            actor=self.actor,
        )

    def stock_store(self, rows=None, on=JAN_1) -> None:
        """Material in the store, as it lies there on 3 February 2027 of the worked year."""
        rows = rows or [
            (self.mori, "570", 11_053_929),
            (self.malam, "90", 2_948_400),
            (self.dye, "20", 3_000_000),
        ]
        place = stock.store(self.cooperative)
        for item, quantity, value in rows:
            source = f"test.store:{item.code}:{on}"
            moved = receive(
                cooperative=self.cooperative,
                place=place,
                lot=pool_lot(item),
                quantity=D(quantity),
                value=value,
                on=on,
                source=source,
                actor=self.actor,
            )
            self._post(source, on, debit(moved.role, value), credit("other_income", value))

    def hand_out(self, maker: str, rows=None, on=FEB_3, tag="1") -> None:
        """Material of ours into a maker's custody (E015, E016)."""
        rows = rows or [(self.mori, "50"), (self.malam, "10"), (self.dye, "2")]
        party = self.makers[maker].party
        source = f"test.custody:{maker}:{tag}"
        lines = []
        for item, quantity in rows:
            out, into = transfer(
                cooperative=self.cooperative,
                lot=pool_lot(item),
                quantity=D(quantity),
                from_place=stock.store(self.cooperative),
                to_place=stock.custody_of(self.cooperative, party),
                on=on,
                source=source,
                actor=self.actor,
            )
            lines += [debit(into.role, into.value, into.party), credit(out.role, out.value)]
        self._post(source, on, *lines)

    def bring_back(self, maker: str, item, quantity, on) -> int:
        """Unused material back into the store (E025, E029)."""
        party = self.makers[maker].party
        source = f"test.back:{maker}:{item.code}:{on}"
        out, into = transfer(
            cooperative=self.cooperative,
            lot=pool_lot(item),
            quantity=D(quantity),
            from_place=stock.custody_of(self.cooperative, party),
            to_place=stock.store(self.cooperative),
            on=on,
            source=source,
            actor=self.actor,
        )
        self._post(source, on, debit(into.role, into.value), credit(out.role, out.value, party))
        return out.value

    def order(self, split=None, basis="commission", on=FEB_3, due=date(2027, 3, 10), **facts):
        """A work order for these makers."""
        split = split or {"M4": 20, "M5": 20}
        return services.open_work_order(
            cooperative=self.cooperative,
            product=facts.pop("product", self.shirt),
            basis=basis,
            quantity=facts.pop("quantity", sum(split.values())),
            parts=[Part(self.makers[name], count) for name, count in split.items()],
            due_date=due,
            on=on,
            actor=self.actor,
            **facts,
        )

    def contract(self, *, due=date(2027, 3, 1), on=JAN_1, maker="M6", **terms):
        """A production advance: ten shirts at 1.300.000, 1.000.000 of it now, the margin 70 : 30."""
        facts = {"pieces": 10, "amount": 1_000_000, "agreed_price": 1_300_000, "share_percent": 70}
        return services.give_advance(
            cooperative=self.cooperative,
            member=self.makers[maker],
            product=self.shirt,
            due_date=due,
            cash_place="bank",
            on=on,
            actor=self.actor,
            **(facts | terms),
        )

    def part(self, order, maker: str):
        """A maker's part of an order, read anew."""
        found = selectors.assignment(
            cooperative=self.cooperative,
            number=order.number,
            party_id=self.makers[maker].party_id,
        )
        assert found is not None
        return found

    def inspect(self, *, on=FEB_25, result="pass", counts=None, delivery=None, photo=None, **kw):
        """Inspect cloth: of a work order, a contract, a rework slip, or free."""
        about = {
            name: kw.pop(name)
            for name in ("assignment", "advance", "repair_of", "member", "product", "basis")
            if name in kw
        }
        return inspect(
            delivery=delivery or delivery_of(cooperative=self.cooperative, **about),
            finding=Finding(Result(result), counts or {"A": 1}, **kw),
            on=on,
            actor=self.actor,
            photo=photo,
        )

    def lines(self, source: str) -> list[tuple[str, str, int, str]]:
        """An entry as (side, role, amount, maker), for comparing with the worked year."""
        entry = JournalEntry.objects.get(cooperative=self.cooperative, source=source)
        names = {maker.party_id: name for name, maker in self.makers.items()}
        return [
            (
                str(line.side),
                line.account.role,
                line.amount,
                names.get(line.party_id, "") if line.party_id else "",
            )
            for line in entry.lines.select_related("account").order_by("id")
        ]

    def kind(self, source: str) -> str:
        return JournalEntry.objects.get(cooperative=self.cooperative, source=source).kind

    def balance(self, role: str, maker: str = "") -> int:
        if maker:
            return ledger.party_balance(
                cooperative=self.cooperative, role=role, party=self.makers[maker].party
            )
        return ledger.balance(cooperative=self.cooperative, role=role)

    def held(self, maker: str, item) -> Decimal:
        """How much of a material a maker holds."""
        place = stock.custody_of(self.cooperative, self.makers[maker].party)
        return stock.balance_of(place, pool_lot(item)).quantity

    def stock_value(self, kind=PlaceKind.STORE, item_kind="product") -> int:
        rows = stock.on_hand(self.cooperative, kinds=[item_kind], place_kind=kind)
        return sum(row.value for row in rows)

    def assert_books_balance(self) -> None:
        """Debits equal credits, and every stock account equals the stock that it keeps."""
        total = 0
        for row in ledger.trial_balance(cooperative=self.cooperative, as_of=date(2030, 1, 1)):
            total += row.debit - row.credit
        assert total == 0
        by_role: dict[str, int] = {}
        for held in stock.on_hand(self.cooperative):
            role = stock.account_of(held)
            by_role[role] = by_role.get(role, 0) + held.value
        for role in ("mat_cloth", "mat_wax", "mat_dye", "custody", "fg", "byproduct_wax"):
            assert self.balance(role) == by_role.get(role, 0), role
        in_work = sum(
            selectors.value_in_work(order)
            for status in ("open", "done", "ended")
            for order in selectors.work_orders(cooperative=self.cooperative, status=status)
        )
        assert self.balance("wip") == in_work
