"""A slip as its reader gets it: the page's values, the 80 mm paper, the text for WhatsApp."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from canting.cash.selectors import place_name
from canting.kernel.charts import Chart, PriceParts
from canting.kernel.charts import price_share as price_chart
from canting.kernel.dates import format_date
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.papers import render
from canting.kernel.qr import qr_svg
from canting.ledger.services import proof_link
from canting.settlement import selectors
from canting.settlement.rules import DueKind
from canting.settlement.selectors import ClothLine, Year

if TYPE_CHECKING:
    from canting.settlement.models import Deduction, Slip

LONGEST_TEXT = 600


@dataclass(frozen=True)
class Taken:
    """One deduction as a reader sees it: its name, its reason with day, how much, what stays."""

    name: str
    why: str
    amount: int
    left: int


@dataclass(frozen=True)
class SlipPage:
    """Everything that stands on a slip."""

    slip: Slip
    title: str
    place: str
    by_transfer: bool
    cloth: tuple[ClothLine, ...]
    pieces: int
    codes: tuple[str, ...]
    taken: tuple[Taken, ...]
    left: tuple[Taken, ...]
    days: tuple[tuple[str, int], ...]
    words: str
    year: Year
    chart: Chart | None


def source_names() -> dict[str, str]:
    """What each payable is to its maker, in the language of the reader."""
    return {
        "wages_payable": m_("Work accepted"),
        "pay_maker": m_("Cloth accepted"),
        "consign_payable": m_("Consigned cloth sold"),
    }


def kind_names() -> dict[str, str]:
    """What each kind of deduction is called, in the language of the reader."""
    return {
        DueKind.TAX: m_("Income tax on piece pay (PPh 21)"),
        DueKind.DAMAGE: m_("Material to make good"),
        DueKind.MATERIAL: m_("Material on credit"),
        DueKind.MATERIAL_ON_SALE: m_("Material on credit, due with the cloth"),
        DueKind.ARREARS: m_("Regular share in arrears"),
        DueKind.CONSENT: m_("By written consent"),
    }


def slip_page(slip: Slip) -> SlipPage:
    """Gather what stands on a slip, in the language of the reader."""
    cloth = selectors.cloth_lines(slip)
    found = list(selectors.deductions(slip))
    rows = [_taken(row, slip) for row in found]
    # What she gives of her own will and was not taken is no debt: it does not stay open.
    owed = [_taken(row, slip) for row in found if row.kind != DueKind.CONSENT]
    return SlipPage(
        slip=slip,
        title=source_names()[slip.payable],
        place=place_name(cooperative=slip.cooperative, place=slip.cash_place),
        by_transfer=slip.cash_place == "bank",
        cloth=tuple(cloth),
        pieces=sum(line.pieces for line in cloth),
        codes=tuple(code for line in cloth for code in line.codes),
        taken=tuple(row for row in rows if row.amount),
        left=tuple(row for row in owed if row.left),
        days=tuple(
            (format_date(date.fromisoformat(day)) if day else m_("Day %(count)s", count=n), amount)
            for n, (day, amount) in enumerate(slip.days, start=1)
        ),
        words=in_words(slip.paid),
        year=selectors.year_to(slip),
        chart=_chart(slip, cloth),
    )


def _taken(row: Deduction, slip: Slip) -> Taken:
    name, why = _named(row, slip)
    return Taken(name, why, row.amount, row.due - row.amount)


def _named(row: Deduction, slip: Slip) -> tuple[str, str]:
    day = format_date(row.due_date) if row.due_date else ""
    if row.kind == DueKind.TAX:
        return kind_names()[row.kind], _days_taxed(slip)
    if row.kind == DueKind.ARREARS:
        return row.reason, m_("arrears, by your written consent")
    if row.kind == DueKind.CONSENT:
        return row.reason, m_("by your written consent of %(day)s", day=day)
    return kind_names()[row.kind], _joined(row.reason, day)


def _joined(reason: str, day: str) -> str:
    return ", ".join(part for part in (reason, day) if part)


def _days_taxed(slip: Slip) -> str:
    return m_("on %(count)s days of work, the law withholds it", count=len(slip.days))


def _chart(slip: Slip, cloth: list[ClothLine]) -> Chart | None:
    found = selectors.price_share(slip, cloth)
    if found is None:
        return None
    facts = {"price": format_rupiah(found.price), "maker": format_rupiah(found.maker)}
    title = (
        m_("Of the %(price)s that the buyer paid, %(maker)s is yours", **facts)
        if found.is_sold
        else m_("Of the selling price of %(price)s, %(maker)s is yours", **facts)
    )
    parts = PriceParts(found.name, found.maker, found.material, found.cooperative)
    return price_chart(title, [parts])


def slip_paper(slip: Slip, *, copy: int, format: Literal["pdf", "png"] = "pdf") -> bytes:
    """The slip for an 80 mm printer (PDF) or as a picture for a message (PNG)."""
    page = slip_page(slip)
    house = slip.cooperative
    link = proof_link(cooperative=house, paper=slip.number)
    values = {
        "cooperative": {"name": house.name, "place": house.place},
        "number": slip.number,
        "made_by": slip.made_by.full_name,
        "copy": max(copy - 1, 0),
        "void": m_("PUT RIGHT, NO LONGER IN FORCE") if slip.reversed_at else "",
        "title": m_("Pay slip"),
        "day": format_date(slip.paid_date),
        "who": f"{slip.party.name} ({slip.party.number})",
        "figures": _figures(page),
        "cloth_title": page.title,
        "cloth": [
            {"name": _cloth_name(line), "amount": format_rupiah(line.amount)} for line in page.cloth
        ],
        "taken_title": m_("Deductions"),
        "taken": [
            {"name": t.name, "why": t.why, "amount": format_rupiah(-t.amount)} for t in page.taken
        ],
        "left_title": m_("Stays open"),
        "left": [{"name": t.name, "amount": format_rupiah(t.left)} for t in page.left],
        "cap": cap_sentence(slip),
        "words": page.words,
        "year": [
            [m_("Earned since January"), format_rupiah(page.year.earned)],
            [m_("Taken home since January"), format_rupiah(page.year.paid)],
        ],
        "clerk": m_("Cashier"),
        "qr": str(qr_svg(link)) if link else "",
        "qr_words": m_("Scan it: is this payment in the books?"),
    }
    return render("settlement/papers/slip.typ", values, format=format)


def _figures(page: SlipPage) -> list[list[str]]:
    slip = page.slip
    return [
        [page.title, format_rupiah(slip.earned)],
        [m_("Deductions"), format_rupiah(-slip.deducted) if slip.deducted else format_rupiah(0)],
        [taken_home(slip), format_rupiah(slip.paid)],
    ]


def taken_home(slip: Slip) -> str:
    """How the pay was handed over: in cash or by transfer."""
    return m_("Transferred") if slip.cash_place == "bank" else m_("Paid in cash")


def cap_sentence(slip: Slip) -> str:
    """The cap of deductions in words, with its amount."""
    return m_("Deductions are at most %(cap)s of this pay, tax apart.", cap=format_rupiah(slip.cap))


def _cloth_name(line: ClothLine) -> str:
    if line.price:
        return f"{line.name} {line.pieces} × {format_rupiah(line.price)}"
    return f"{line.name} ({line.pieces})" if line.pieces else line.name


def slip_text(slip: Slip, *, link: str = "") -> str:
    """The message of a slip: one fact, one link (only where it can open); at most 600 signs."""
    page = slip_page(slip)
    lines = [
        m_("%(coop)s, pay slip %(number)s", coop=slip.cooperative.name, number=slip.number),
        f"{slip.party.name}, {format_date(slip.paid_date)}",
        *(f"{name}: {amount}" for name, amount in _figures(page)),
        *(f"- {t.name}: {format_rupiah(t.amount)}" for t in page.taken),
    ]
    if page.left:
        open_after = sum(t.left for t in page.left)
        lines.append(m_("Stays open: %(amount)s", amount=format_rupiah(open_after)))
    text = "\n".join(lines)
    room = LONGEST_TEXT - len(link) - 1
    return f"{text[:room]}\n{link}".strip()
