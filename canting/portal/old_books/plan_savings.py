"""Savings of an old book: balances on the first day, receipts of later days, members of a dump."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from canting.cash import selectors as cash
from canting.kernel.dates import format_date
from canting.kernel.errors import DomainError
from canting.kernel.money import format_rupiah
from canting.kernel.phones import parse_phone
from canting.portal.errors import BelowNothing
from canting.portal.old_books.ground import Plan
from canting.portal.old_books.people import Person
from canting.portal.old_books.savings import PAYMENTS
from canting.portal.rules.old_book import DUMP, PRODUCT_KIND, Effect, Receipt
from canting.savings import selectors as savings

_GONE = ("keluar", "berhenti", "nonaktif", "non aktif", "meninggal")
RECEIPTS, LEAVE = "receipts", "out"


def prepare(plan: Plan) -> None:
    """Find whose the payments are, and what the whole file still needs said."""
    reading = plan.reading
    plan.needs.update(reading.needs)
    plan.rows = _of_dump(plan) if reading.kind == DUMP else list(reading.rows)
    plan.find_people(plan.rows)
    if reading.kind == DUMP:
        plan.rows = [row for row in plan.rows if row["product"] is not None]
    said = reading.said
    if said:
        plan.said = said.get("deposit", 0) - said.get("withdraw", 0)
    plan.places = cash.places(plan.cooperative)


def _of_dump(plan: Plan) -> list[dict[str, Any]]:
    """Members and payments of a dump in one shape; a row that only tells of a member pays nothing."""
    rows: list[dict[str, Any]] = []
    people: dict[str, Mapping[str, Any]] = {}
    for row in plan.reading.rows:
        if "nama_anggota" in row:
            people[str(row["kode_anggota"])] = row
            rows.append(_shape(row, row, None))
    for row in plan.reading.rows:
        if "besar_simpanan" in row:
            rows.append(_shape(row, people.get(str(row.get("kode_anggota", "")), {}), row))
    return rows


def _shape(
    row: Mapping[str, Any], person: Mapping[str, Any], payment: Mapping[str, Any] | None
) -> dict[str, Any]:
    return {
        "row": row["row"],
        "who": str(row.get("kode_anggota", "")),
        "name": str(person.get("nama_anggota", "")),
        "product": payment["product"] if payment else None,
        "amount": payment["besar_simpanan"] if payment else None,
        "on": payment["tgl_entri"] if payment else None,
        "note": "",
        "facts": _facts(person),
    }


def _facts(person: Mapping[str, Any]) -> dict[str, Any]:
    """What the dump tells of a member, as a new one is written down; what cannot be read is left."""
    if not person:
        return {}
    gone = any(word in str(person.get("status", "")).lower() for word in _GONE)
    facts = {
        "full_name": str(person["nama_anggota"]),
        "dusun": str(person.get("alamat_anggota", ""))[:60],
        "occupation": str(person.get("pekerjaan", ""))[:60],
        "birth_place": str(person.get("tempat_lahir", ""))[:60],
        "birth_date": person.get("tgl_lahir"),
        "joined_on": person.get("tgl_masuk"),
        "phone": _phone(str(person.get("telp", ""))),
        "status": "left" if gone else "",
    }
    return {name: value for name, value in facts.items() if value}


def _phone(text: str) -> str:
    try:
        return parse_phone(text) if text else ""
    except DomainError:
        return ""


def fill(plan: Plan) -> None:
    """Sum up what each member had of each kind, and set rows of later days apart."""
    sums: dict[tuple[str, str], tuple[Person, str, int, dict[str, Any]]] = {}
    for row in plan.rows:
        person, kind = plan.person_of(row), PRODUCT_KIND.get(row["product"] or "", "")
        if plan.is_out(row, person) or not kind or row["amount"] is None:
            plan.keep(row, what=kind, effect=Effect.OUT, person=person, text=row.get("note", ""))
        elif row["on"] and row["on"] >= plan.opens_on:
            _later(plan, row, person, kind)
        else:
            _key, _kind, before, _row = sums.get((person.key, kind), (person, kind, 0, row))
            sums[person.key, kind] = (person, kind, before + row["amount"], row)
            note = row.get("note", "")
            plan.keep(row, what=kind, effect=Effect.OPENING, person=person, text=note)
    plan.booking.cash_place = plan.answers.place
    noted = {
        (m.member_id, m.kind): m.amount for m in savings.openings(cooperative=plan.cooperative)
    }
    for person, kind, amount, row in sums.values():
        plan.booking.total += amount
        if amount < 0:
            plan.problems.append(_below(plan, row, person, kind, amount))
        elif amount:
            plan.booking.savings.append((person.member, kind, amount))
        there = noted.get((person.member.pk, kind), 0) if person.member else 0
        if there and amount and not plan.answers.on_top:
            plan.need("on_top", f"{person.label}, {kind_name(kind)}: {format_rupiah(there)}")


def _below(
    plan: Plan, row: Mapping[str, Any], person: Person, kind: str, amount: int
) -> BelowNothing:
    columns = PAYMENTS.get(plan.reading.layout)
    column = columns.amount if columns else "besar_simpanan"
    name = f"{person.label}, {kind_name(kind)}"
    return BelowNothing(row=row["row"], column=column, name=name, left=format_rupiah(amount))


def _later(plan: Plan, row: Mapping[str, Any], person: Person, kind: str) -> None:
    """A row of a day on which the books are kept here: a receipt, or left to be entered by hand."""
    effect = Effect.RECEIPT if plan.answers.later == RECEIPTS else Effect.LATER
    plan.keep(row, what=kind, effect=effect, person=person, text=row.get("note", ""))
    if not plan.answers.later:
        example = _("row %(row)s, %(day)s")
        plan.need("later", example % {"row": row["row"], "day": format_date(row["on"])})
    if effect == Effect.RECEIPT:
        if not plan.answers.place:
            plan.need("place", "")
        plan.booking.total += row["amount"]
        plan.booking.receipts.append(
            Receipt(row["row"], person.member, kind, row["amount"], row["on"])
        )


def kind_name(kind: str) -> str:
    """A kind of savings as people call it."""
    return {
        "entry_share": _("Entry share"),
        "regular_share": _("Regular share"),
        "voluntary": _("Voluntary savings"),
    }[kind]
