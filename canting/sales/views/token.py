"""The buyer's own page behind a link: one order, nothing of anyone else."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from canting.cooperatives.doors import by_token
from canting.cooperatives.selectors import system_user
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.sales import selectors, services
from canting.sales.forms import ConfirmForm
from canting.sales.rules import TOKEN_PURPOSE, PaperState, PaymentKind
from canting.sales.views.cart import rejected_pieces
from canting.sales.views.orders import order_title, progress_chart

if TYPE_CHECKING:
    from canting.cooperatives.models import Token
    from canting.sales.models import Delivery, Order

ZERO = Decimal(0)


@by_token(TOKEN_PURPOSE)
def buyer_order(request: HttpRequest, token: Token) -> HttpResponse:
    """Progress, deliveries to confirm, invoices and what is open: of this one order only."""
    cooperative = token.cooperative
    order = selectors.order_by_number(cooperative=cooperative, number=token.subject)
    if order is None:
        raise Http404
    form = ConfirmForm(request.POST or None, request.FILES or None)
    asked = request.POST.get("delivery", "")
    if request.method == "POST":
        delivery = order.deliveries.filter(number=asked).first()
        if delivery is None:
            raise Http404
        if form.is_valid() and _confirmed(request, delivery, form):
            notice(request, _("Thank you. %(paper)s is confirmed.") % {"paper": asked})
            return redirect("token", token.token)
    progress = selectors.order_progress(order)
    context = {
        "cooperative": cooperative,
        "order": order,
        "title": order_title(progress),
        "progress": progress,
        "chart": progress_chart(progress),
        "waiting": [
            (delivery, selectors.delivery_lines(delivery))
            for delivery in order.deliveries.filter(state=PaperState.SENT).order_by("id")
        ],
        "invoices": selectors.invoices_with_open(cooperative=cooperative).filter(order=order),
        "timeline": _timeline(order),
        "form": form,
        "asked": asked,
        "back": dict(zip(request.POST.getlist("lot"), request.POST.getlist("back"), strict=False)),
    }
    return render_page(
        request, "sales/buyer_order.html", context, status=422 if form.is_bound else 200
    )


def _confirmed(request: HttpRequest, delivery: Delivery, form: ConfirmForm) -> bool:
    """Book the buyer's confirmation on the cooperative's day; False with the refusal on the form."""
    given = form.cleaned_data
    buyer = delivery.order.buyer
    with tried(form) as attempt:
        services.confirm_delivery(
            delivery=delivery,
            on=today(delivery.cooperative.zone),
            confirmed_by=buyer.name,
            by_buyer=True,
            rejected=rejected_pieces(request.POST) if given["outcome"] == "partly" else [],
            note=given["note"],
            photo=given["photo"],
            actor=system_user(),
        )
    return attempt.done


def _timeline(order: Order) -> list[tuple[str, str]]:
    """What happened, newest first, as the buyer may know it."""
    items = [(order.ordered_on, order.made_at, _("Order written down"))]
    for paid in selectors.payments_of(order=order).filter(state=PaperState.POSTED):
        if paid.kind != PaymentKind.REFUND:
            text = _("We received %(amount)s") % {"amount": format_rupiah(paid.cash)}
            items.append((paid.paid_on, paid.made_at, text))
    for sent in order.deliveries.exclude(state=PaperState.REVERSED):
        lines = list(selectors.delivery_lines(sent))
        pieces = sum((line.quantity for line in lines), ZERO)
        facts = {"count": format_quantity(pieces), "paper": sent.number}
        items.append((sent.sent_on, sent.made_at, _("%(count)s pieces sent, %(paper)s") % facts))
        if sent.confirmed_on and sent.confirmed_at:
            taken = sum((line.accepted or ZERO for line in lines), ZERO)
            facts = {"count": format_quantity(taken), "paper": sent.number}
            text = _("%(count)s pieces accepted, %(paper)s") % facts
            items.append((sent.confirmed_on, sent.confirmed_at, text))
    items.sort(key=lambda item: item[:2], reverse=True)
    return [(format_date(when), text) for when, _at, text in items]
