"""Money from and to partners: drawn, paid back, interest booked as a debt; and put right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.lending import selectors, services
from canting.lending.forms import (
    OLD_BOOK,
    AccrueForm,
    DrawForm,
    ReasonForm,
    RepaymentForm,
    put_right,
)
from canting.lending.rules import APPROVED, REVERSED, proposed
from canting.lending.views import columns
from canting.lending.views.common import (
    Facts,
    correct_page,
    found_or_404,
    money_facts,
    photos_of,
    place_words,
    posted,
    written,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.lending.models import Accrual, Draw, Repayment


def _old_left(facility: Any) -> int:
    """What the old book holds of this partner without a contract."""
    return selectors.unwritten_of(
        cooperative=facility.cooperative,
        role=facility.role,
        party=facility.financier.party,
    )


@require_http_methods(["GET", "POST"])
@requires("lending.record_money")
def draw_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Receive money of a contract."""
    facility = found_or_404(selectors.facility(cooperative=cooperative, number=number))
    if facility.state != APPROVED:
        return redirect("lending:facility_detail", cooperative.slug, number)
    stand = selectors.facility_stand(facility)
    form = DrawForm(
        posted(request),
        request.FILES or None,
        initial={"amount": stand.undrawn or None},
        old=_old_left(facility) > 0,
        **money_facts(cooperative),
    )
    return written(
        request,
        cooperative,
        form,
        lambda: services.draw(facility=facility, actor=request.user, **form.facts()),
        detail="lending:draw_detail",
        template="lending/draw_new.html",
        context={"facility": facility, "stand": stand},
    )


def _draw_facts(paper: Draw) -> Facts:
    rows: Facts = [
        (_("Partner"), paper.facility.financier.party.name),
        (_("Contract"), f"{paper.facility.number} · {paper.facility.contract}"),
        (_("Date"), format_date(paper.on)),
        (_("Cash place"), place_words(paper.cooperative, paper.place)),
    ]
    if paper.reference:
        rows.append((_("Paper of the partner"), paper.reference))
    return [*rows, (_("Amount"), format_rupiah(paper.amount), "total")]


@require_safe
@requires("lending.view_facilities")
def draw_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One draw, as a paper."""
    paper = found_or_404(selectors.draw(cooperative=cooperative, number=number))
    return _paper_page(request, paper, _("Money of a partner received"), _draw_facts(paper), "draw")


def _paper_page(request: Request, paper: Any, title: str, facts: Facts, name: str) -> HttpResponse:
    context = {
        "paper": paper,
        "title": title,
        "facts": facts,
        "detail": f"lending:{name}_detail",
        "correct": f"lending:{name}_correct",
        "photos": photos_of(paper.cooperative, paper.number),
        "back_view": "lending:facility_detail",
        "back": paper.facility.number,
    }
    return render_page(request, "lending/paper.html", context)


@require_http_methods(["GET", "POST"])
@requires("lending.correct_papers")
def draw_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the draw is reversed, and the right one written."""
    paper = found_or_404(selectors.draw(cooperative=cooperative, number=number))
    if paper.state == REVERSED:
        return redirect("lending:draw_detail", cooperative.slug, number)
    initial = {name: getattr(paper, name) for name in ("amount", "on", "reference")}
    form = put_right(
        DrawForm(
            posted(request),
            initial=initial | {"place": paper.place or OLD_BOOK},
            old=not paper.place,
            **money_facts(cooperative),
        )
    )
    return correct_page(
        request,
        cooperative,
        number,
        form,
        partial(services.correct_draw, paper=paper),
        before=_draw_facts(paper),
        detail="lending:draw_detail",
        money=("amount",),
        facts=form.facts,
    )


@require_http_methods(["GET", "POST"])
@requires("lending.record_money")
def repayment_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Pay a partner: what is due is proposed, both parts may be changed."""
    facility = found_or_404(selectors.facility(cooperative=cooperative, number=number))
    stand = selectors.facility_stand(facility)
    principal, interest = proposed(stand.rows, today(cooperative.zone))
    form = RepaymentForm(
        posted(request),
        request.FILES or None,
        initial={"principal": principal, "interest": interest, "place": "bank"},
        **money_facts(cooperative),
    )
    return written(
        request,
        cooperative,
        form,
        lambda: services.repay(facility=facility, actor=request.user, **form.facts()),
        detail="lending:repayment_detail",
        template="lending/repayment_new.html",
        context={"facility": facility, "stand": stand},
    )


def _repayment_facts(paper: Repayment) -> Facts:
    rows: Facts = [
        (_("Partner"), paper.facility.financier.party.name),
        (_("Contract"), f"{paper.facility.number} · {paper.facility.contract}"),
        (_("Date"), format_date(paper.on)),
        (_("Cash place"), place_words(paper.cooperative, paper.place)),
        (_("Principal"), format_rupiah(paper.principal)),
        (_("Interest, margin or fee"), format_rupiah(paper.interest)),
    ]
    if paper.accrued:
        rows.append((_("Of it booked as a debt before"), format_rupiah(paper.accrued)))
    if paper.reference:
        rows.append((_("Paper of the partner"), paper.reference))
    return [*rows, (_("Together"), format_rupiah(paper.total), "total")]


@require_safe
@requires("lending.view_facilities")
def repayment_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One payment to a partner, as a paper."""
    paper = found_or_404(selectors.repayment(cooperative=cooperative, number=number))
    title = _("Instalment paid to a partner")
    return _paper_page(request, paper, title, _repayment_facts(paper), "repayment")


@require_http_methods(["GET", "POST"])
@requires("lending.correct_papers")
def repayment_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the payment is reversed, and the right one written."""
    paper = found_or_404(selectors.repayment(cooperative=cooperative, number=number))
    if paper.state == REVERSED:
        return redirect("lending:repayment_detail", cooperative.slug, number)
    names = ("principal", "interest", "on", "place", "reference")
    form = put_right(
        RepaymentForm(
            posted(request),
            initial={name: getattr(paper, name) for name in names},
            **money_facts(cooperative),
        )
    )
    return correct_page(
        request,
        cooperative,
        number,
        form,
        partial(services.correct_repayment, paper=paper),
        before=_repayment_facts(paper),
        detail="lending:repayment_detail",
        money=("principal", "interest"),
        facts=form.facts,
    )


@require_http_methods(["GET", "POST"])
@requires("lending.record_money")
@listed()
def accrual_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Interest earned and not due: what would be booked up to a day, and what is booked."""
    found = selectors.accruals(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "bunga-terutang", columns.ACCRUALS, found)
    on = today(cooperative.zone)
    form = AccrueForm(posted(request), today=on)
    if form.is_valid():
        with tried(form, beside="until") as attempt:
            until = form.cleaned_data["until"]
            made = services.accrue(cooperative=cooperative, until=until, on=on, actor=request.user)
        if attempt.done:
            total = format_rupiah(sum(one.amount for one in made))
            notice(request, _("%(amount)s of interest is booked.") % {"amount": total})
            return redirect("lending:accrual_list", cooperative.slug)
    stands = selectors.running_facilities(cooperative=cooperative)
    rows = [(one, selectors.to_accrue(one, until=on)) for one in stands]
    context = {
        "form": form,
        "rows": [(stand, amount) for stand, amount in rows if amount],
        "page": page_of(found, order=["-on"], after=request.GET.get("after")),
        "on": on,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "lending/accrual_list.html", context, block="rows", status=status)


def _accrual_facts(paper: Accrual) -> Facts:
    return [
        (_("Partner"), paper.facility.financier.party.name),
        (_("Contract"), f"{paper.facility.number} · {paper.facility.contract}"),
        (_("Interest up to"), format_date(paper.on)),
        (_("Interest"), format_rupiah(paper.amount), "total"),
    ]


@require_safe
@requires("lending.view_facilities")
def accrual_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Interest of one contract booked as a debt."""
    paper = found_or_404(selectors.accrual(cooperative=cooperative, number=number))
    context = {
        "paper": paper,
        "title": _("Interest booked as a debt"),
        "facts": _accrual_facts(paper),
        "detail": "lending:accrual_detail",
        "correct": "lending:accrual_cancel",
        "photos": [],
        "back_view": "lending:facility_detail",
        "back": paper.facility.number,
    }
    return render_page(request, "lending/paper.html", context)


@require_http_methods(["GET", "POST"])
@requires("lending.correct_papers")
def accrual_cancel(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take it back with the reason; it is booked anew on its page."""
    paper = found_or_404(selectors.accrual(cooperative=cooperative, number=number))
    if paper.state == REVERSED:
        return redirect("lending:accrual_detail", cooperative.slug, number)
    return correct_page(
        request,
        cooperative,
        number,
        ReasonForm(posted(request)),
        partial(services.cancel_accrual, paper=paper),
        before=_accrual_facts(paper),
        detail="lending:accrual_detail",
    )
