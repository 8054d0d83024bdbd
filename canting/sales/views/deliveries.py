"""Pages of deliveries: what is on the way, scan and send, confirm for the buyer, put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.selectors import attachments
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.sales import papers, selectors, services
from canting.sales.forms import DeliveryForm, HandoverForm, ReasonForm
from canting.sales.views import columns
from canting.sales.views.cart import Cart, Scan, rejected_pieces
from canting.sales.views.orders import order_or_404, public_link

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Delivery


def delivery_or_404(cooperative: Cooperative, number: str) -> Delivery:
    """The delivery note of this cooperative with this number."""
    delivery = selectors.delivery_by_number(cooperative=cooperative, number=number)
    if delivery is None:
        raise Http404
    return delivery


@require_safe
@requires("sales.view_orders")
@listed()
def ship_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What can be sent now, what is on the way, what was confirmed lately."""
    if request.sheet:
        sent = selectors.deliveries(cooperative=cooperative)
        return as_file(request, cooperative, "surat-jalan", columns.DELIVERIES, sent)
    orders = list(selectors.open_orders(cooperative=cooperative)[:100])
    progress = selectors.progress_of(cooperative=cooperative, orders=orders)
    context = {
        "ready": [
            (order, progress[order.pk])
            for order in orders
            if progress[order.pk].reserved and progress[order.pk].left
        ],
        "waiting": selectors.waiting_deliveries(cooperative=cooperative),
        "recent": selectors.deliveries(cooperative=cooperative)[:20],
        "day": today(cooperative.zone),
    }
    return render_page(request, "sales/ship.html", context)


@require_http_methods(["GET", "POST"])
@requires("sales.deliver")
def delivery_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Scan the pieces of an order and send them: a code and Enter for each."""
    order, day = order_or_404(cooperative, number), today(cooperative.zone)
    scan = Scan(request, Cart(cooperative, day))
    form = scan.form(DeliveryForm, today=day)
    pieces, refusal = scan.pieces(), ""
    if pieces is not None and form.is_valid():
        with tried() as attempt:
            made = services.deliver(
                order=order,
                pieces=pieces,
                on=form.cleaned_data["sent_on"],
                driver=form.cleaned_data["driver"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is sent.") % {"paper": made.number})
            return redirect("sales:delivery_detail", cooperative.slug, made.number)
        refusal = attempt.words
    context = {
        "order": order,
        "form": form,
        "cart": scan.cart,
        "refusal": refusal,
        "progress": selectors.order_progress(order),
    }
    return render_page(request, "sales/delivery_form.html", context, status=scan.status)


@require_safe
@requires("sales.view_orders")
def delivery_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One delivery note: its pieces, what was accepted, by whom, with photos."""
    delivery = delivery_or_404(cooperative, number)
    context = {
        "delivery": delivery,
        "order": delivery.order,
        "lines": selectors.delivery_lines(delivery),
        "photos": attachments(cooperative=cooperative, subjects=[number]),
    }
    return render_page(request, "sales/delivery_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("sales.deliver")
def delivery_confirm(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Confirm for the buyer, from a signed handover note: complete, or with what goes back."""
    delivery, day = delivery_or_404(cooperative, number), today(cooperative.zone)
    form = HandoverForm(
        request.POST or None,
        request.FILES or None,
        today=day,
        initial={"confirmed_by": delivery.order.buyer.contact or delivery.order.buyer.name},
    )
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            services.confirm_delivery(
                delivery=delivery,
                on=given["on"],
                own_date=given["own_date"],
                confirmed_by=given["confirmed_by"],
                rejected=rejected_pieces(request.POST) if given["outcome"] == "partly" else [],
                note=given["note"],
                photo=given["photo"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is confirmed.") % {"paper": number})
            return redirect("sales:delivery_detail", cooperative.slug, number)
    context = confirm_context(request, delivery, form)
    return render_page(
        request, "sales/delivery_confirm.html", context, status=422 if form.is_bound else 200
    )


def confirm_context(request: Any, delivery: Delivery, form: Any) -> dict[str, Any]:
    """A delivery to be confirmed, with the counts that were typed as going back."""
    codes, counts = request.POST.getlist("lot"), request.POST.getlist("back")
    return {
        "delivery": delivery,
        "order": delivery.order,
        "lines": selectors.delivery_lines(delivery),
        "form": form,
        "back": dict(zip(codes, counts, strict=False)),
    }


@require_http_methods(["GET", "POST"])
@requires("sales.deliver")
def delivery_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the old note stays, the right pieces go out on a new one, or none at all."""
    delivery, day = delivery_or_404(cooperative, number), today(cooperative.zone)
    lines = list(selectors.delivery_lines(delivery))
    scan = Scan(request, Cart(cooperative, day))
    form = scan.form(DeliveryForm, today=day)
    reason = scan.form(ReasonForm)
    pieces, refusal = scan.pieces(), ""
    if pieces is not None and form.is_valid() and reason.is_valid():
        with tried() as attempt:
            made = services.correct_delivery(
                delivery=delivery,
                reason=reason.cleaned_data["reason"],
                pieces=pieces,
                driver=form.cleaned_data["driver"],
                on=form.cleaned_data["sent_on"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is put right.") % {"paper": number})
            shown = made.number if made else number
            return redirect("sales:delivery_detail", cooperative.slug, shown)
        refusal = attempt.words
    if not scan.is_sent:
        for line in lines:
            scan.cart.put(line.lot.code, line.quantity)
    context = {
        "delivery": delivery,
        "order": delivery.order,
        "lines": lines,
        "cart": scan.cart,
        "form": form,
        "reason": reason,
        "refusal": refusal,
    }
    return render_page(request, "sales/delivery_correct.html", context, status=scan.status)


@require_safe
@requires("sales.view_orders")
def delivery_paper(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The delivery note on A5, without prices; a QR only where a public address is set."""
    delivery = delivery_or_404(cooperative, number)
    link = public_link(delivery.order) if settings.PUBLIC_URL else ""
    copy = services.note_print(cooperative=cooperative, number=number, actor=request.user)
    return downloads.paper(papers.delivery_note(delivery, link=link, copy=copy), number)
