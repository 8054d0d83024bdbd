"""Partner funds passed on to members: who has what and who is late; each agreement; paid back."""

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
    InstalmentForm,
    MoneyForm,
    OnlendForm,
    OnlendRightForm,
    put_right,
)
from canting.lending.rules import (
    AGENT,
    AGES,
    APPROVED,
    PAID,
    PASSED_ON,
    PREPARED,
    REVERSED,
    STATES,
    ages,
    proposed,
    settling,
)
from canting.lending.views import columns
from canting.lending.views.common import (
    FIELD_OF,
    Facts,
    approval_facts,
    correct_page,
    found_or_404,
    money_facts,
    photos_of,
    place_words,
    posted,
    terms_facts,
    written,
)
from canting.lending.views.contracts import approve_page
from canting.members import selectors as members

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.lending.models import Onlend, OnlendInstalment


@require_safe
@requires("lending.view_facilities")
@listed()
def onlend_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Who has partner funds, what is open, and who is late by how long."""
    on = today(cooperative.zone)
    late_only = request.GET.get("yang") == "telat"
    found = selectors.onlends(cooperative=cooperative)
    running = selectors.running_onlends(cooperative=cooperative)
    late = [one for one in running if one.late_amount(on)]
    if request.sheet:
        rows = late if late_only else selectors.onlend_stands(found)
        return as_file(request, cooperative, "penerusan-dana", columns.ONLENDS, rows)
    page = page_of(found, order=["-on"], after=request.GET.get("after"))
    by_age = ages(selectors.open_by_age(onlends=late, on=on))
    names = [_("up to %(days)s days") % {"days": most} for most in AGES]
    names.append(_("more than %(days)s days") % {"days": AGES[-1]})
    context = {
        "stands": late if late_only else selectors.onlend_stands(page.rows),
        "page": page,
        "late_only": late_only,
        "left": sum(one.left for one in running),
        "ages": [row for row in zip(names, by_age, strict=True) if row[1]],
        "states": {key: _(word) for key, word in STATES.items()},
        "on": on,
    }
    return render_page(request, "lending/onlend_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("lending.prepare_contracts")
def onlend_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Agree with a member; the board approves it before money is handed over."""
    facility = found_or_404(selectors.facility(cooperative=cooperative, number=number))
    if facility.state != APPROVED:
        return redirect("lending:facility_detail", cooperative.slug, number)
    choices = members.member_choices(cooperative=cooperative)
    form = OnlendForm(posted(request), request.FILES or None, members=choices)

    def act() -> Any:
        chosen = form.cleaned_data["member"]
        return services.prepare_onlend(
            facility=facility,
            member=found_or_404(members.member_by_number(cooperative=cooperative, number=chosen)),
            deal=form.deal(),
            on=today(cooperative.zone),
            actor=request.user,
        )

    return written(
        request,
        cooperative,
        form,
        act,
        detail="lending:onlend_detail",
        template="lending/onlend_new.html",
        context={"facility": facility, "stand": selectors.facility_stand(facility)},
    )


def facts_of(onlend: Onlend) -> Facts:
    """What an agreement says, as rows."""
    rows: Facts = [
        (_("Member"), f"{onlend.member.party.name} · {onlend.member.party.number}"),
        (_("Partner"), onlend.facility.financier.party.name),
        (_("Contract"), f"{onlend.facility.number} · {onlend.facility.contract}"),
        (_("Date"), format_date(onlend.on)),
        (_("Amount"), format_rupiah(onlend.amount)),
    ]
    if onlend.fee:
        rows.append((_("Service fee kept when it is handed over"), format_rupiah(onlend.fee)))
    if onlend.agreement:
        rows.append((_("Number of the agreement"), onlend.agreement))
    rows += terms_facts(onlend, _("Service fee"))
    if onlend.paid_on is not None:
        rows += [
            (_("Handed over on"), format_date(onlend.paid_on)),
            (_("Cash place"), place_words(onlend.cooperative, onlend.place)),
        ]
    return rows


@require_safe
@requires("lending.view_facilities")
def onlend_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One agreement: what she owes, her instalments, what she paid."""
    onlend = found_or_404(selectors.onlend(cooperative=cooperative, number=number))
    context = {
        "onlend": onlend,
        "stand": selectors.onlend_stand(onlend),
        "is_agent": onlend.facility.mode == AGENT,
        "payments": list(selectors.payments_of(onlend)),
        "deducted": list(selectors.deducted_of(onlend)),
        "states": {key: _(word) for key, word in STATES.items()},
        "facts": facts_of(onlend),
        "approval": approval_facts(onlend),
        "photos": photos_of(cooperative, number),
        "on": today(cooperative.zone),
    }
    return render_page(request, "lending/onlend_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("lending.approve_contracts")
def onlend_approve(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The board reads the agreement and approves it."""
    onlend = found_or_404(selectors.onlend(cooperative=cooperative, number=number))
    if onlend.state != PREPARED:
        return redirect("lending:onlend_detail", cooperative.slug, number)
    return approve_page(
        request,
        cooperative,
        number,
        partial(services.approve_onlend, onlend=onlend),
        facts=[*facts_of(onlend), *approval_facts(onlend)],
        detail="lending:onlend_detail",
        photos=photos_of(cooperative, number),
    )


@require_http_methods(["GET", "POST"])
@requires("lending.record_money")
def onlend_pay(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Hand the money of an approved agreement to the member."""
    onlend = found_or_404(selectors.onlend(cooperative=cooperative, number=number))
    if onlend.state != APPROVED:
        return redirect("lending:onlend_detail", cooperative.slug, number)
    left = selectors.unwritten_of(
        cooperative=cooperative, role=PASSED_ON, party=onlend.member.party
    )
    form = MoneyForm(posted(request), old=left > 0, **money_facts(cooperative))
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            services.pay_out(onlend=onlend, actor=request.user, **form.facts())
        if attempt.done:
            notice(request, _("%(number)s: the money is handed over.") % {"number": number})
            return redirect("lending:onlend_detail", cooperative.slug, number)
    context = {"form": form, "onlend": onlend, "facts": facts_of(onlend)}
    status = 422 if form.is_bound else 200
    return render_page(request, "lending/onlend_pay.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("lending.correct_papers")
def onlend_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan, before anything is paid back; what the board approved is its upper bound."""
    onlend = found_or_404(selectors.onlend(cooperative=cooperative, number=number))
    if onlend.state == REVERSED:
        return redirect("lending:onlend_detail", cooperative.slug, number)
    initial = {name: getattr(onlend, name) for name in ("amount", "fee", "agreement")}
    initial |= {"on": onlend.paid_on or onlend.on, "place": onlend.place or OLD_BOOK}
    was_paid = onlend.state == PAID
    form = put_right(
        OnlendRightForm(
            posted(request),
            initial=initial,
            old=was_paid and not onlend.place,
            **money_facts(cooperative),
        )
    )
    if not was_paid:
        for name in ("on", "place"):
            form.fields.pop(name)
    return correct_page(
        request,
        cooperative,
        number,
        form,
        partial(services.correct_onlend, onlend=onlend),
        before=facts_of(onlend),
        detail="lending:onlend_detail",
        money=("amount", "fee"),
        facts=form.facts,
    )


@require_http_methods(["GET", "POST"])
@requires("lending.record_money")
def instalment_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Receive what a member pays back: what is due is proposed, or all of it with ?lunas=1."""
    onlend = found_or_404(selectors.onlend(cooperative=cooperative, number=number))
    stand = selectors.onlend_stand(onlend)
    on = today(cooperative.zone)
    since = stand.since or on
    all_of_it = settling(stand.rows, since=since, on=on)
    is_all = request.GET.get("lunas") == "1"
    principal, fee = all_of_it if is_all else proposed(stand.rows, on)
    form = InstalmentForm(
        posted(request),
        initial={"principal": principal, "fee": fee},
        **money_facts(cooperative),
    )
    return written(
        request,
        cooperative,
        form,
        lambda: services.receive_instalment(onlend=onlend, actor=request.user, **form.facts()),
        detail="lending:instalment_detail",
        template="lending/instalment_new.html",
        context={"onlend": onlend, "stand": stand, "is_all": is_all, "all": sum(all_of_it)},
    )


def _instalment_facts(paper: OnlendInstalment) -> Facts:
    party = paper.onlend.member.party
    return [
        (_("Member"), f"{party.name} · {party.number}"),
        (_("Agreement"), paper.onlend.number),
        (_("Date"), format_date(paper.on)),
        (_("Cash place"), place_words(paper.cooperative, paper.place)),
        (_("Principal"), format_rupiah(paper.principal)),
        (_("Service fee"), format_rupiah(paper.fee)),
        (_("Together"), format_rupiah(paper.total), "total"),
    ]


@require_safe
@requires("lending.view_facilities")
def instalment_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One payment of a member, as a paper."""
    paper = found_or_404(selectors.instalment(cooperative=cooperative, number=number))
    context = {
        "paper": paper,
        "title": _("Instalment received from a member"),
        "facts": _instalment_facts(paper),
        "detail": "lending:instalment_detail",
        "correct": "lending:instalment_correct",
        "photos": [],
        "back_view": "lending:onlend_detail",
        "back": paper.onlend.number,
    }
    return render_page(request, "lending/paper.html", context)


@require_http_methods(["GET", "POST"])
@requires("lending.correct_papers")
def instalment_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the payment is reversed, and the right one written."""
    paper = found_or_404(selectors.instalment(cooperative=cooperative, number=number))
    if paper.state == REVERSED:
        return redirect("lending:instalment_detail", cooperative.slug, number)
    initial = {name: getattr(paper, name) for name in ("principal", "fee", "on", "place")}
    form = put_right(InstalmentForm(posted(request), initial=initial, **money_facts(cooperative)))
    return correct_page(
        request,
        cooperative,
        number,
        form,
        partial(services.correct_instalment, paper=paper),
        before=_instalment_facts(paper),
        detail="lending:instalment_detail",
        money=("principal", "fee"),
        facts=form.facts,
    )
