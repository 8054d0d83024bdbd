"""Papers of the surplus: the list for the meeting, each member's slip, the voucher of a part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

from canting.cash.selectors import place_name
from canting.cooperatives.selectors import parameter
from canting.kernel.charts import Chart, Step, waterfall
from canting.kernel.dates import format_date, format_long_date
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.papers import render, render_pages
from canting.kernel.qr import qr_svg
from canting.kernel.tables_out import Column
from canting.ledger.services import proof_link
from canting.surplus import selectors
from canting.surplus.rules import CASH, KEPT_ON, POSTED, REVERSED, SAVINGS, SHARES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from canting.cooperatives.models import Cooperative
    from canting.surplus.models import Payout, Sharing
    from canting.surplus.selectors import MyYear

Format = Literal["pdf", "png"]


def chart_of(title: str, surplus: int, pools: Mapping[str, int], names: Mapping[str, str]) -> Chart:
    """The surplus on the ground, and each pool that takes from it."""
    steps = [Step(_("Surplus"), surplus, total=True)]
    steps += [Step(names[key], -amount) for key, amount in pools.items() if amount]
    return waterfall(title, steps)


def _house(cooperative: Cooperative) -> dict[str, str]:
    return {"name": cooperative.name, "place": cooperative.address or cooperative.place}


# The list for the meeting ---------------------------------------------------------------------


def list_columns() -> list[Column]:
    """The columns of the list of parts as a sheet."""
    return [
        Column(_("Number"), "identity"),
        Column(_("Member")),
        Column(_("Shares that count"), "money"),
        Column(_("Business that counts"), "money"),
        Column(_("By shares"), "money"),
        Column(_("By business"), "money"),
        Column(_("Part"), "money"),
    ]


def list_rows(sharing: Sharing) -> Iterable[tuple[Any, ...]]:
    """The members' parts with what they were reckoned from, by number, and their sum."""
    sums = [0, 0, 0, 0, 0]
    for part in selectors.parts(sharing=sharing):
        row = (part.capital, part.patronage, part.by_capital, part.by_patronage, part.total)
        sums = [had + more for had, more in zip(sums, row, strict=True)]
        yield (part.party.number, part.party.name, *row)
    yield ("", _("Together"), *sums)


def list_paper(sharing: Sharing, names: Mapping[str, str]) -> bytes:
    """The list of the sharing on A4, fit to be signed by the meeting, as PDF."""
    cooperative = sharing.cooperative
    pools = [
        [names[pool.key], _percent(pool.percent), format_rupiah(pool.amount)]
        for pool in selectors.pools(sharing=sharing)
        if pool.amount or pool.percent
    ]
    columns = [str(column.title) for column in list_columns()]
    rows = [
        [str(cell) if place < 2 else _amount(cell) for place, cell in enumerate(row)]
        for row in list_rows(sharing)
    ]
    link = proof_link(cooperative=cooperative, paper=sharing.number)
    values = {
        "cooperative": _house(cooperative),
        "title": _("Sharing of the surplus of %(year)s") % {"year": sharing.year},
        "number": sharing.number,
        "made_by": str(sharing.made_by),
        "draft": sharing.state != POSTED,
        "facts": [[label, str(shown)] for label, shown in facts_of(sharing)],
        "pool_heads": [_("Goes to"), "%", _("Amount")],
        "pools": [*pools, [_("Together"), "", format_rupiah(sharing.surplus)]],
        "part_title": _("Members' parts"),
        "heads": columns,
        "rows": rows if sharing.kind == "share" else [],
        "place_day": _place_day(cooperative, sharing.meeting_date),
        "signers": [
            [_("Board"), str(sharing.approved_by or "")],
            [_("Treasurer"), str(sharing.made_by)],
            [_("Supervisors"), ""],
        ],
        "qr": str(qr_svg(link)) if link else "",
        "qr_words": _("Scan it: does this stand in the books?"),
    }
    return render("surplus/papers/list.typ", values)


def _percent(value: Any) -> str:
    return f"{value.normalize():f}".replace(".", ",") if value else ""


def _amount(value: Any) -> str:
    return format_rupiah(int(value)).removeprefix("Rp")


def _place_day(cooperative: Cooperative, day: Any) -> str:
    return ", ".join(part for part in (cooperative.place, format_long_date(day)) if part)


def facts_of(sharing: Sharing) -> list[tuple[str, str]]:
    """What a decision says beside its amounts, as rows."""
    rows = [
        (_("Year"), str(sharing.year)),
        (_("Minutes of the meeting"), sharing.decision),
        (_("Day of the meeting"), format_date(sharing.meeting_date)),
        (_("In the books on"), format_date(sharing.on) if sharing.on else ""),
        (_("Surplus") if sharing.kind == "share" else _("Covered"), format_rupiah(sharing.surplus)),
    ]
    if sharing.kind == "share":
        members = sharing.surplus - sharing.others_surplus
        rows += [
            (_("Of members' business"), format_rupiah(members)),
            (_("Of business with others"), format_rupiah(sharing.others_surplus)),
        ]
        if sharing.others_surplus > 0:
            rows.append((_("Others' part goes"), _others(sharing.others_to)))
    if sharing.from_old_book:
        rows.append((_("Members' business"), _("typed from the old book")))
    return [row for row in rows if row[1]]


def _others(goes_to: str) -> str:
    return _("whole to the reserve") if goes_to == "reserve" else _("the same way")


# A member's slip ------------------------------------------------------------------------------


def steps_of(mine: MyYear) -> list[tuple[str, str, int]]:
    """How a part was reckoned, in words a member reads: what, the sum, what came out of it."""
    part, pools = mine.part, mine.pools
    found = []
    if part.by_patronage or part.patronage > 0:
        found.append(
            (
                m_("By what you did with the cooperative"),
                m_(
                    "%(pool)s for all × your %(mine)s ÷ all members' %(all)s",
                    pool=format_rupiah(pools.get("patronage", 0)),
                    mine=format_rupiah(max(part.patronage, 0)),
                    all=format_rupiah(mine.weights["patronage"]),
                ),
                part.by_patronage,
            )
        )
    found.append(
        (
            m_("By your shares"),
            m_(
                "%(pool)s for all × your %(mine)s ÷ all members' %(all)s",
                pool=format_rupiah(pools.get("capital", 0)),
                mine=format_rupiah(part.capital),
                all=format_rupiah(mine.weights["capital"]),
            ),
            part.by_capital,
        )
    )
    return found


def lead_of(mine: MyYear) -> str:
    """The first sentence of a member's slip: what there was, who decided, and where it went."""
    sharing = mine.part.sharing
    return m_(
        "In %(year)s the cooperative had %(surplus)s left. The meeting of %(day)s (%(minutes)s) "
        "gave %(members)s of it to the members, the rest to the reserve and the funds.",
        year=sharing.year,
        surplus=format_rupiah(sharing.surplus),
        day=format_date(sharing.meeting_date),
        minutes=sharing.decision,
        members=format_rupiah(mine.pools.get("patronage", 0) + mine.pools.get("capital", 0)),
    )


def _slip(mine: MyYear) -> dict[str, Any]:
    part, sharing = mine.part, mine.part.sharing
    link = proof_link(cooperative=sharing.cooperative, paper=sharing.number)
    return {
        "number": sharing.number,
        "who": f"{part.party.name} ({part.party.number})",
        "lead": lead_of(mine),
        "steps": [[what, how, format_rupiah(amount)] for what, how, amount in steps_of(mine)],
        "total": [m_("Your part"), format_rupiah(part.total)],
        "words": in_words(part.total),
        "paid": [
            [m_("Paid so far"), format_rupiah(mine.paid)],
            [m_("Still to be paid"), format_rupiah(mine.left)],
        ],
        "qr": str(qr_svg(link)) if link else "",
    }


def slips_paper(slips: list[MyYear], *, format: Format = "pdf") -> bytes:
    """Slips of one decision, a page each, as one PDF or a picture of the first."""
    sharing = slips[0].part.sharing
    values = {
        "cooperative": _house(sharing.cooperative),
        "title": m_("Surplus slip %(year)s", year=sharing.year),
        "number": sharing.number,
        "made_by": str(sharing.approved_by or sharing.made_by),
        "draft": sharing.state != POSTED,
        "note": m_("A member's part bears no tax."),
        "qr_words": m_("Scan it: does this stand in the books?"),
        "slips": [_slip(mine) for mine in slips],
    }
    return render_pages("surplus/papers/slip.typ", values, format=format)[0]


# The voucher of a part ------------------------------------------------------------------------


def way_of(payout: Payout) -> str:
    """How a part was paid, as a member reads it, with the place money left."""
    words = {
        CASH: m_("in cash"),
        SAVINGS: m_("to your voluntary savings"),
        SHARES: m_("to your regular shares"),
    }
    return words.get(payout.way) or m_("by transfer")


def payout_facts(payout: Payout) -> list[tuple[str, str]]:
    """What the voucher of a part says, as rows."""
    place = place_name(cooperative=payout.cooperative, place=payout.place) if payout.place else ""
    rows = [
        (m_("For"), m_("Part of the surplus")),
        (m_("Member"), f"{payout.party.name} ({payout.party.number})"),
        (m_("Day"), format_date(payout.on)),
        (m_("Amount"), format_rupiah(payout.amount)),
        (m_("In words"), in_words(payout.amount)),
        (m_("Paid"), way_of(payout)),
        (m_("Cash place"), place),
        (m_("You agreed"), payout.consent),
    ]
    return [row for row in rows if row[1]]


def _signers(payout: Payout) -> list[list[str]]:
    """Who signs: the member for money got, the cashier for what stays here as hers."""
    member, cashier = payout.party.name, str(payout.made_by)
    if payout.way in KEPT_ON:
        return [[m_("Received by"), cashier], [m_("Paid by"), member]]
    return [[m_("Received by"), member], [m_("Cashier"), cashier]]


def voucher(payout: Payout, *, copy: int = 0, format: Format = "pdf") -> bytes:
    """The voucher of a part with places to sign and a code that proves it, A5."""
    cooperative = payout.cooperative
    link = proof_link(cooperative=cooperative, paper=payout.number)
    above = int(parameter(cooperative=cooperative, name="paper.duty_above", on=payout.on))
    kept = payout.way in KEPT_ON
    values = {
        "cooperative": _house(cooperative),
        "title": m_("Receipt") if kept else m_("Payment voucher"),
        "number": payout.number,
        "made_by": str(payout.made_by),
        "copy": copy,
        "reversed": m_("PUT RIGHT, NO LONGER IN FORCE") if payout.state == REVERSED else "",
        "facts": [list(row) for row in payout_facts(payout)],
        "place_and_day": _place_day(cooperative, payout.on),
        "meterai": not kept and payout.amount > above,
        "signers": _signers(payout),
        "qr": str(qr_svg(link)) if link else "",
        "qr_words": m_("Scan it: is this payment in the books?"),
    }
    return render("surplus/papers/voucher.typ", values, format=format)
