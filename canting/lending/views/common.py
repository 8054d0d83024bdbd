"""What the pages of partners' money share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from canting.cash import selectors as cash
from canting.cash.errors import NotEnoughCash, UnknownPlace
from canting.cooperatives import selectors as house
from canting.cooperatives.services import attach
from canting.kernel.dates import format_date, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.lending.errors import (
    BadAmount,
    BadRate,
    BadTerms,
    ContractKnown,
    FeeTooHigh,
    FirstDueTooEarly,
    MoreThanApproved,
    MoreThanDrawn,
    NotAMember,
    NothingPaid,
    NotInTheBooks,
    OverLimit,
    PaidTooEarly,
    TooMuchInterest,
    TooMuchPrincipal,
)
from canting.lending.rules import METHODS, RHYTHMS

if TYPE_CHECKING:
    from canting.cooperatives.doors import Request
    from canting.cooperatives.models import Cooperative
    from canting.lending.models import Contract

# Which field a refusal is about; one that the form does not have is told on top.
FIELD_OF: dict[type[DomainError], str] = {
    BadAmount: "amount",
    BadRate: "rate",
    BadTerms: "instalments",
    ContractKnown: "contract",
    FeeTooHigh: "fee",
    FirstDueTooEarly: "first_due",
    MoreThanApproved: "amount",
    MoreThanDrawn: "amount",
    NotAMember: "member",
    NothingPaid: "principal",
    NotInTheBooks: "amount",
    OverLimit: "amount",
    PaidTooEarly: "on",
    TooMuchInterest: "fee",
    TooMuchPrincipal: "principal",
    NotEnoughCash: "place",
    UnknownPlace: "place",
}
Facts = list[tuple[Any, ...]]


def found_or_404(paper: Any) -> Any:
    """The paper, or 404 when this cooperative has none of that number."""
    if paper is None:
        raise Http404
    return paper


def money_facts(cooperative: Cooperative) -> dict[str, Any]:
    """What a form about money asks for when it is made: today and the cash places."""
    return {"today": today(cooperative.zone), "places": cash.places(cooperative)}


def posted(request: Request) -> Any:
    """What was sent with a form, or None where the page is only opened."""
    return request.POST or None


def keep_photo(request: Request, cooperative: Cooperative, subject: str) -> None:
    """Keep the photo that came with a paper, if any."""
    upload = request.FILES.get("photo")
    if upload is not None and not isinstance(upload, list):
        attach(cooperative=cooperative, subject=subject, upload=upload, actor=request.user)


def photos_of(cooperative: Cooperative, number: str) -> Any:
    """The photos that were kept with a paper."""
    return house.attachments(cooperative=cooperative, subjects=[number])


def place_words(cooperative: Cooperative, place: str) -> str:
    """The name of a cash place; of a paper from the old book that it is one."""
    if not place:
        return _("From the old book: posts nothing")
    return cash.place_name(cooperative=cooperative, place=place)


def terms_facts(contract: Contract, charge: str) -> Facts:
    """How a contract is paid back, as rows."""
    count = {"count": contract.instalments, "rhythm": _(RHYTHMS[contract.months])}
    rows: Facts = [
        (_("Instalments"), _("%(count)s, %(rhythm)s") % count),
        (_("First instalment due"), format_date(contract.first_due)),
        (_("Last instalment due"), format_date(contract.terms.last_due)),
    ]
    if contract.grace:
        rows.append((_("First instalments without principal"), contract.grace))
    if contract.rate:
        rate = _("%(rate)s%% a year") % {"rate": format_quantity(contract.rate)}
        rows += [(charge, rate), (_("How it is reckoned"), _(METHODS[contract.method]))]
    else:
        rows.append((charge, _("none")))
    return rows


def approval_facts(contract: Contract) -> Facts:
    """Who prepared a contract and who approved it, as rows."""
    rows: Facts = [(_("Prepared by"), str(contract.made_by))]
    if contract.approved_by is not None and contract.approved_on is not None:
        rows.append((_("Approved by"), str(contract.approved_by)))
        rows.append((_("Approved on"), format_date(contract.approved_on)))
    if contract.decision:
        rows.append((_("Minutes or note of the decision"), contract.decision))
    return rows


def written(
    request: Request,
    cooperative: Cooperative,
    form: Any,
    act: Callable[[], Any],
    *,
    detail: str,
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form whose paper is written by `act`, then shown on the page `detail`."""
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = act()
            keep_photo(request, cooperative, made.number)
        if attempt.done:
            notice(request, _("%(number)s is written down.") % {"number": made.number})
            return redirect(detail, cooperative.slug, made.number)
    status = 422 if form.is_bound else 200
    return render_page(request, template, {"form": form, **(context or {})}, status=status)


def correct_page(
    request: Request,
    cooperative: Cooperative,
    number: str,
    form: Any,
    correct: Callable[..., Any],
    *,
    before: Facts,
    detail: str,
    money: tuple[str, ...] = (),
    facts: Callable[[], dict[str, Any]] | None = None,
    effect: str = "",
) -> HttpResponse:
    """Betulkan: the old paper left, the right one beside it, the reason below.

    `correct` is the service with its paper, `facts` gives the new draft (none: it is only taken
    back), `money` names the fields that are told in rupiah.
    """
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            again = {"replacement": _replacement(form, facts)} if facts else {}
            made = correct(
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
                **again,
            )
        if attempt.done:
            notice(request, _("Put right. %(number)s stays, reversed.") % {"number": number})
            return redirect(detail, cooperative.slug, made.number if made else number)
    context = {
        "form": form,
        "before": before,
        "number": number,
        "detail": detail,
        "money": money,
        "only_back": facts is None,
        "effect": effect,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "lending/correction.html", context, status=status)


def _replacement(form: Any, facts: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """The new draft of a paper put right; None when it is only cancelled."""
    if form.cleaned_data.get("only_cancel"):
        return None
    found = facts()
    for name in ("reason", "only_cancel"):
        found.pop(name, None)
    return found


def rupiah_rows(*rows: tuple[Any, int]) -> Facts:
    """Labels and amounts as rows of pairs."""
    return [(label, format_rupiah(amount)) for label, amount in rows]
