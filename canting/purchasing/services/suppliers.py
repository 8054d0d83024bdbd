"""Suppliers: adding and changing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cooperatives.rules import PartyKind
from canting.cooperatives.services import create_party, record, rename_party
from canting.kernel.typed import clean
from canting.purchasing import selectors
from canting.purchasing.errors import NameNeeded, NameTaken
from canting.purchasing.models import Supplier

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


def _free_name(cooperative: Cooperative, name: str, but: Supplier | None = None) -> str:
    plain = clean(name)
    if not plain:
        raise NameNeeded()
    taken = selectors.supplier_by_name(cooperative=cooperative, name=plain)
    if taken and (but is None or taken.pk != but.pk):
        raise NameTaken(name=taken.name, number=taken.number)
    return plain


@transaction.atomic
def add_supplier(
    *, cooperative: Cooperative, name: str, actor: User, number: str = "", **facts: Any
) -> Supplier:
    """Add a supplier; without a number she gets the next free one (P-0001)."""
    plain = _free_name(cooperative, name)
    party = create_party(
        cooperative=cooperative,
        kind=PartyKind.SUPPLIER,
        name=plain,
        number=clean(number),
        on=cooperative.cutover_date,
    )
    made = Supplier.objects.create(
        cooperative=cooperative, party=party, number=party.number, name=plain, **facts
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.supplier_added",
        subject=made.number,
        facts={"name": plain},
        for_party=party,
    )
    return made


@transaction.atomic
def change_supplier(*, supplier: Supplier, actor: User, name: str, **facts: Any) -> Supplier:
    """Change name, phone, town, address, note, or whether she is still bought from."""
    before = {field: getattr(supplier, field) for field in ("name", *facts)}
    supplier.name = _free_name(supplier.cooperative, name, supplier)
    for field, value in facts.items():
        setattr(supplier, field, value)
    supplier.save(update_fields=["name", *facts])
    if supplier.name != before["name"]:
        rename_party(party=supplier.party, name=supplier.name)
    record(
        cooperative_id=supplier.cooperative_id,
        actor=actor,
        action="purchasing.supplier_changed",
        subject=supplier.number,
        facts={"before": before, "after": {"name": supplier.name, **facts}},
        for_party=supplier.party,
    )
    return supplier
