"""A small cooperative ready to work: people of every role, one maker, goods with their prices."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from canting.catalogue.services import create_item, set_norm, set_price
from canting.cooperatives.models import User
from canting.cooperatives.rules import Role
from canting.cooperatives.services import grant_access
from canting.members.services import admit_member
from canting.sales.services import create_buyer
from canting.savings.services import deposit
from tests import builders

SHARE = 100_000  # the entry share as the by-laws have it from the start
MEMBERS = ("Siti Aminah", "Hosniyah", "Juwariyah", "Sulastri", "Tutik", "Khotimah", "Sumarni")
PRICES = (
    ("mori", "member", "", 28_000),
    ("RGN", "piece_rate", "A", 60_000),
    ("RGN", "purchase", "A", 150_000),
    ("RGN", "sale", "A", 300_000),
)


class Ground:
    """What was there before the first click of a test."""

    def __init__(self) -> None:
        self.today: date = timezone.localdate()
        self.begun = self.today - timedelta(days=5)
        founder = builders.user("pendiri")
        self.cooperative = builders.cooperative(actor=founder, slug="sekar", cutover=self.begun)
        self.make: dict[str, Any] = {"cooperative": self.cooperative, "actor": founder}
        self.people: dict[Role, User] = {
            role: builders.person_with_role(self.cooperative, role)
            for role in Role
            if role != Role.MEMBER
        }
        self.members = [
            admit_member(full_name=name, on=self.begun, **self.make) for name in MEMBERS
        ]
        for member in self.members:
            deposit(
                member=member,
                kind="entry_share",
                amount=SHARE,
                cash_place="cash_main",
                on=self.begun,
                **self.make,
            )
        self.maker = self.members[0]
        self.people[Role.MEMBER] = builders.user("siti")
        grant_access(
            cooperative=self.cooperative,
            user=self.people[Role.MEMBER],
            role=Role.MEMBER,
            actor=founder,
            party=self.maker.party,
        )
        self._goods()
        self.buyer = create_buyer(
            name="PT Cahaya Selat", on=self.begun, phone="081200009001", **self.make
        )

    def _goods(self) -> None:
        items = {
            "mori": create_item(name="Mori", kind="cloth", unit="m", code="MORI", **self.make),
            "RGN": create_item(
                name="Rengganis",
                kind="product",
                unit="helai",
                technique="cap",
                code="RGN",
                **self.make,
            ),
        }
        set_norm(
            product=items["RGN"],
            material=items["mori"],
            quantity=Decimal(1),
            actor=self.make["actor"],
        )
        for code, price_list, grade, amount in PRICES:
            set_price(
                item=items[code],
                price_list=price_list,
                grade=grade,
                amount=amount,
                valid_from=self.begun,
                **self.make,
            )
