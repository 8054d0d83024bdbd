"""The savings card: for the counter of any member, for a member her own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.charts import SavingsMonth, savings_columns
from canting.kernel.dates import SHORT_ID, format_month, today
from canting.kernel.htmx import render_page
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.savings import papers, selectors
from canting.savings.papers import CARD_SIZES, kind_word
from canting.savings.rules import SavingsKind
from canting.savings.views import columns
from canting.savings.views.counter import licensed

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.kernel.charts import Chart
    from canting.members.models import Member

SHOWN_LINES = 24
CHART_MONTHS = 8  # as many labels as stand side by side on a phone


def own_record(request: Request, cooperative: Cooperative) -> Member:
    """The signed-in member's own record, whatever the address says; else "not found"."""
    found = members.member_of_party(cooperative=cooperative, party_id=request.access.party_id)
    if found is None:
        raise Http404
    return found


def _member_or_404(cooperative: Cooperative, number: str) -> Member:
    found = members.member_by_number(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


def _chart(cooperative: Cooperative, member: Member) -> Chart | None:
    """A column for each of the last months; none while nothing has moved."""
    day = today(cooperative.zone)
    moved = selectors.months_moved(
        cooperative=cooperative, member=member, until=day, months=CHART_MONTHS
    )
    if not any(sum(m.paid) or m.withdrawn for m in moved):
        return None
    kinds = [k for n, k in enumerate(SavingsKind) if any(m.paid[n] for m in moved)]
    places = [list(SavingsKind).index(kind) for kind in kinds]
    paid = sum(sum(m.paid) for m in moved)
    title = m_(
        "%(amount)s paid in since %(month)s",
        amount=format_rupiah(paid),
        month=format_month(moved[0].month),
    )
    months = [
        SavingsMonth(SHORT_ID[m.month.month - 1], tuple(m.paid[p] for p in places), m.withdrawn)
        for m in moved
    ]
    return savings_columns(title, months, tuple(kind_word(kind) for kind in kinds))


def _card(cooperative: Cooperative, member: Member) -> dict[str, Any]:
    day = today(cooperative.zone)
    lines = selectors.card_lines(cooperative=cooperative, member=member)
    return {
        "member": member,
        "has": selectors.holdings(cooperative=cooperative, member=member),
        "licensed": licensed(cooperative, day),
        "open_months": selectors.regular_arrears(cooperative=cooperative, member=member, on=day),
        "entry_left": selectors.entry_share_left(cooperative=cooperative, member=member, on=day),
        "lines": [(line, kind_word(line.kind)) for line in reversed(lines[-SHOWN_LINES:])],
        "chart": _chart(cooperative, member),
    }


@require_safe
@requires("savings.view_deposits")
@listed()
def member_card(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """A member's shares and savings: what she has, what is open month by month, every movement."""
    member = _member_or_404(cooperative, number)
    if request.sheet:
        lines = selectors.card_lines(cooperative=cooperative, member=member)
        return as_file(request, cooperative, f"kartu-{number}", columns.CARD, lines)
    return render_page(request, "savings/member_card.html", _card(cooperative, member))


def _print(cooperative: Cooperative, member: Member, size: str) -> HttpResponse:
    if size not in CARD_SIZES:
        raise Http404
    day = today(cooperative.zone)
    content = papers.card(cooperative=cooperative, member=member, on=day, size=size)
    return downloads.paper(content, f"kartu-{member.number}")


@require_safe
@requires("savings.view_deposits")
def card_print(request: Request, cooperative: Cooperative, size: str, number: str) -> HttpResponse:
    """The savings card of a member as PDF, A6 or A5."""
    return _print(cooperative, _member_or_404(cooperative, number), size)


@require_safe
@requires("savings.view_mine")
def my_savings(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Simpanan: the member's own balances, what is open, a column for each month, the card."""
    member = own_record(request, cooperative)
    leaving = selectors.last_exit(member=member)
    context = {
        **_card(cooperative, member),
        "leaving": leaving,
        "still_due": selectors.owed_to_her(member=member) if leaving else {},
    }
    return render_page(request, "savings/my_savings.html", context)


@require_safe
@requires("savings.view_mine")
def how_to_check(request: Request, cooperative: Cooperative) -> HttpResponse:
    """In plain words: how a member checks that her money is in the books."""
    context = {"sealed": ledger.last_seal(cooperative=cooperative)}
    return render_page(request, "savings/how_to_check.html", context)


@require_safe
@requires("savings.view_mine")
def my_card(request: Request, cooperative: Cooperative, size: str) -> HttpResponse:
    """The member's own savings card as PDF."""
    return _print(cooperative, own_record(request, cooperative), size)


@require_safe
@requires("savings.view_mine")
def my_receipt(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The member's own receipt as a picture for her phone; another's does not exist for her."""
    member = own_record(request, cooperative)
    made = selectors.deposit_by_number(cooperative=cooperative, number=number)
    if made is None or made.member_id != member.pk:
        raise Http404
    content = papers.receipts(
        cooperative=cooperative, deposits=[(made, 1)], size="58mm", format="png"
    )
    return downloads.paper(content, made.number, "png")
