"""The ground of the demonstration: the cooperative, its people, its lists; all through services."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from canting.catalogue import services as catalogue
from canting.cooperatives import services as house
from canting.cooperatives.rules import CooperativeKind, PartyKind, Role
from canting.ledger.services import open_book
from canting.members.services import admit_member
from canting.portal.demo import cast, goods
from canting.purchasing.services import add_supplier
from canting.sales.services import create_buyer

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

SLUG, SECOND_SLUG = "rengganis", "pasir-berbisik"
OWN_DECISION = "Rapat pembentukan koperasi"


@dataclass
class Stage:
    """Everything the acts of the year need, by name."""

    cooperative: Cooperative
    dice: random.Random
    users: dict[str, User]
    members: dict[str, Any] = field(default_factory=dict)
    makers: dict[str, cast.Maker] = field(default_factory=dict)
    items: dict[str, Any] = field(default_factory=dict)
    buyers: dict[str, Any] = field(default_factory=dict)
    suppliers: dict[str, Any] = field(default_factory=dict)
    property: dict[str, Any] = field(default_factory=dict)
    staff: Any = None

    def by(self, username: str) -> User:
        """The officer who does an act."""
        return self.users[username]


def open_house(slug: str, name: str, place: str, cutover: date, system: User) -> Cooperative:
    """A demonstration cooperative with an open book."""
    made = house.open_cooperative(
        slug=slug,
        name=name,
        kind=CooperativeKind.PRODUCER,
        cutover_date=cutover,
        actor=system,
        reserved=frozenset(),
        place=place,
        region_code="35.13",
        phone="+6281200000000",
        legal_number="AHU-0000000.AH.01.29.TAHUN 2025 (contoh)",
        is_demo=True,
    )
    open_book(cooperative=made, actor=system)
    return made


def bring_people(stage: Stage, system: User) -> None:
    """Officers with their sign-ins."""
    for player in cast.OFFICERS:
        user = house.create_user(
            username=player.username,
            full_name=player.full_name,
            called_name=player.called_name,
            is_demo=True,
        )
        house.grant_access(cooperative=stage.cooperative, user=user, role=player.role, actor=system)
        stage.users[player.username] = user


def bring_members(stage: Stage, on: date) -> None:
    """The 22 members; the first one and one more have a sign-in of their own."""
    for count, maker in enumerate(cast.MAKERS):
        member = admit_member(
            cooperative=stage.cooperative,
            full_name=maker.full_name,
            called_name=maker.called_name,
            on=on,
            actor=stage.by("pengelola"),
            workshop=maker.group,
            dusun=maker.hamlet,
            village=maker.village,
            district=maker.district,
            regency="Kabupaten Probolinggo",
            phone=f"+62812000{count + 1:05d}",
            occupation="Pembatik",
        )
        stage.members[maker.full_name] = member
        stage.makers[maker.full_name] = maker


def let_members_in(stage: Stage) -> None:
    """Sign-ins for two members: one who works on commission, one who sells her cloth."""
    for username, name in (("anggota", "Siti Aminah"), ("anggota2", "Hosniyah")):
        member = stage.members[name]
        user = house.create_user(
            username=username, full_name=name, called_name=member.called_name, is_demo=True
        )
        house.grant_access(
            cooperative=stage.cooperative,
            user=user,
            role=Role.MEMBER,
            actor=stage.by("pengelola"),
            party=member.party,
        )


def bring_goods(stage: Stage, on: date) -> None:
    """Materials, products, norms, and every price list from the first day."""
    coop, actor = stage.cooperative, stage.by("pengelola")
    for row in goods.MATERIALS:
        item = catalogue.create_item(
            cooperative=coop,
            name=row.name,
            kind=row.kind,
            unit=row.unit,
            actor=actor,
            code=row.code,
        )
        stage.items[row.code] = item
        _price(stage, item, "member", row.to_members, on)
        _price(stage, item, "public", row.to_members + 2_000, on)
    for product in goods.PRODUCTS:
        item = catalogue.create_item(
            cooperative=coop,
            name=product.name,
            kind="product",
            unit="helai",
            actor=actor,
            code=product.code,
            technique=product.technique,
            motif=product.motif,
            size="2,4 × 1,15 m",
        )
        stage.items[product.code] = item
        for material, quantity in goods.NORM:
            catalogue.set_norm(
                product=item, material=stage.items[material], quantity=quantity, actor=actor
            )
        for name, prices in (
            ("piece_rate", product.wage),
            ("purchase", product.bought),
            ("sale", product.sold),
        ):
            for grade, amount in zip(goods.GRADES, prices, strict=True):
                _price(stage, item, name, amount, on, grade)


def _price(stage: Stage, item: Any, name: str, amount: int, on: date, grade: str = "") -> None:
    catalogue.set_price(
        cooperative=stage.cooperative,
        item=item,
        price_list=name,
        amount=amount,
        valid_from=on,
        actor=stage.by("pengelola"),
        grade=grade,
        source=OWN_DECISION,
    )


def bring_partners(stage: Stage, on: date) -> None:
    """Two suppliers in Solo and Pekalongan, two off-takers, a gallery's guests come without name."""
    coop, actor = stage.cooperative, stage.by("pengelola")
    for key, name in (
        ("solo", "Toko Mori Sumber Jaya, Solo"),
        ("warna", "CV Warna Abadi, Pekalongan"),
    ):
        stage.suppliers[key] = add_supplier(cooperative=coop, name=name, actor=actor)
    stage.buyers["bumn"] = create_buyer(
        cooperative=coop,
        name="PT Cahaya Selat Energi (BUMN)",
        on=on,
        actor=actor,
        contact="Ibu Prameswari, pengadaan",
        phone="+6281200009001",
        address="Paiton, Probolinggo",
        withholds_tax=True,
    )
    stage.buyers["hotel"] = create_buyer(
        cooperative=coop,
        name="Hotel Kaldera Bromo",
        on=on,
        actor=actor,
        contact="Bapak Andre",
        phone="+6281200009002",
        address="Sukapura, Probolinggo",
    )
    stage.buyers["dinas"] = create_buyer(
        cooperative=coop,
        name="Galeri Wastra Tengger",
        on=on,
        actor=actor,
        contact="Ibu Laras",
        phone="+6281200009003",
        address="Malang",
    )


def set_by_laws(stage: Stage, on: date) -> None:
    """What the founding meeting set: shares, and how much of a pay may be deducted."""
    for name, value in (("savings.entry_share", 500_000), ("savings.regular_share", 25_000)):
        house.set_parameter(
            cooperative=stage.cooperative,
            name=name,
            value=value,
            valid_from=on,
            source=OWN_DECISION,
            actor=stage.by("pengurus"),
        )


def bring_staff(stage: Stage, on: date) -> None:
    """Staff as parties, for advances."""
    stage.staff = house.create_party(
        cooperative=stage.cooperative, kind=PartyKind.STAFF, name="Abdul Hadi", on=on
    )
