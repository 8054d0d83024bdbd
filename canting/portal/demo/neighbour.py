"""The second, small cooperative of the demonstration: nobody of the first may look into it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from canting.cooperatives.rules import Role
from canting.cooperatives.services import create_user, grant_access
from canting.kernel.dates import first_of_month, next_month
from canting.members.services import admit_member
from canting.portal.demo import cast, clock, stage
from canting.savings.services import Payment, deposit_list

if TYPE_CHECKING:
    from canting.cooperatives.models import User

NAME = "Koperasi Batik Pasir Berbisik"
PLACE = "Sukapura, Kab. Probolinggo"
MONTHS = 3


def build_neighbour(*, today: date, system: User) -> None:
    """Nine members (the fewest the law allows), three months of shares."""
    begins = next_month(first_of_month(today), -MONTHS)
    made = stage.open_house(stage.SECOND_SLUG, NAME, PLACE, begins, system)
    manager = create_user(
        username="pengelola2", full_name="Sugiati", called_name="Bu Sugiati", is_demo=True
    )
    grant_access(cooperative=made, user=manager, role=Role.MANAGER, actor=system)
    members = [
        admit_member(
            cooperative=made,
            full_name=name,
            called_name=called,
            on=begins,
            actor=manager,
            village="Ngadisari",
            district="Sukapura",
            regency="Kabupaten Probolinggo",
        )
        for name, called in cast.SECOND_MAKERS
    ]
    kinds = [
        ("entry_share", 100_000, 1),
        *(("regular_share", 25_000, 31 * n + 5) for n in range(3)),
    ]
    for kind, amount, days in kinds:
        on = begins + timedelta(days=days)
        if on < today:
            with clock.at(clock.moment(on)):
                deposit_list(
                    cooperative=made,
                    payments=[Payment(member, kind, amount) for member in members],
                    cash_place="cash_main",
                    on=on,
                    actor=manager,
                )
