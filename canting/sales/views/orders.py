"""Pages of orders."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.catalogue.selectors import products
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.selectors import messages_about
from canting.kernel.charts import Stage, stacked_progress
from canting.kernel.dates import format_date, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.phones import wa_link
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.sales import selectors, services
from canting.sales.forms import OrderForm, OrderLines, ReasonForm
from canting.sales.rules import OrderStatus, PaymentKind
from canting.sales.selectors import OrderProgress
from canting.sales.views import columns
from canting.taxes.selectors import duty_on

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Order


def order_or_404(cooperative: Cooperative, number: str) -> Order:
    """The order of this cooperative with this number; anything else does not exist."""
    order = selectors.order_by_number(cooperative=cooperative, number=number)
    if order is None:
        raise Http404
    return order


def public_link(order: Order) -> str:
    """The address the buyer can open; empty where no public address is set or the link is closed."""
    token = selectors.order_token(order) if settings.PUBLIC_URL else ""
    return f"{settings.PUBLIC_URL}{reverse('token', args=[token])}" if token else ""


@require_safe
@requires("sales.view_orders")
@listed()
def order_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Orders by the day they are promised for, page by page; open ones first asked."""
    status = request.GET.get("keadaan", OrderStatus.OPEN)
    words = request.GET.get("q", "").strip()
    wanted = status if status in set(OrderStatus) else ""
    found = selectors.orders(cooperative=cooperative, status=wanted)
    if words:
        found = selectors.search(cooperative=cooperative, words=words)
    order = ["promised_date"] if wanted == OrderStatus.OPEN and not words else ["-promised_date"]
    if request.sheet:
        rows = columns.order_rows(cooperative, found.order_by(*order, "pk"))
        return as_file(request, cooperative, "pesanan", columns.ORDERS, rows)
    page = page_of(found, order=order, after=request.GET.get("after"))
    context = {
        "page": page,
        "status": status,
        "words": words,
        "progress": selectors.progress_of(cooperative=cooperative, orders=page.rows),
        "worth": selectors.order_worth(page.rows),
        "day": today(cooperative.zone),
    }
    return render_page(request, "sales/order_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("sales.take_order")
def order_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Take an order; `ulang` names an earlier one to order again."""
    day = today(cooperative.zone)
    again = selectors.order_by_number(cooperative=cooperative, number=request.GET.get("ulang", ""))
    form = OrderForm(
        request.POST or None,
        cooperative=cooperative,
        today=day,
        initial=_head_of(again) if again else None,
    )
    lines = _lines(request, cooperative, day, again)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        with tried(form) as attempt:
            order = services.take_order(
                cooperative=cooperative,
                buyer=form.cleaned_data["buyer"],
                lines=lines.items(),
                on=day,
                actor=request.user,
                **form.facts(),
            )
        if attempt.done:
            notice(request, _("Order %(order)s is written.") % {"order": order.number})
            return redirect("sales:order_detail", cooperative.slug, order.number)
    context = _form_context(cooperative, form, lines) | {"order": None}
    return render_page(
        request, "sales/order_form.html", context, status=422 if form.is_bound else 200
    )


def _lines(request: Request, cooperative: Cooperative, day: date, like: Order | None) -> Any:
    options: dict[str, Any] = {
        "prefix": "lines",
        "form_kwargs": {"cooperative": cooperative, "today": day},
    }
    if request.method == "POST":
        return OrderLines(request.POST, **options)
    return OrderLines(initial=_lines_of(like) if like else None, **options)


def _head_of(order: Order) -> dict[str, Any]:
    return {
        "buyer": f"{order.buyer.party.number} {order.buyer.name}",
        "buyer_reference": order.buyer_reference,
        "promised_date": order.promised_date,
        "down_payment_percent": format_quantity(order.down_payment_percent),
        "retention_percent": format_quantity(order.retention_percent),
        "note": order.note,
    }


def _lines_of(order: Order) -> list[dict[str, Any]]:
    return [
        {
            "product": f"{line.product.code} {line.product.name}",
            "grade": line.grade,
            "quantity": format_quantity(line.quantity),
            "price": line.price,
            "reference_price": line.reference_price,
            "reference_place": line.reference_place,
        }
        for line in selectors.order_lines(order)
    ]


def _form_context(cooperative: Cooperative, form: OrderForm, lines: Any) -> dict[str, Any]:
    return {
        "form": form,
        "lines": lines,
        "buyers": selectors.buyer_choices(cooperative=cooperative),
        "products": products(cooperative=cooperative),
    }


@require_http_methods(["GET", "POST"])
@requires("sales.take_order")
def order_change(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Change an open order; what is sent stays as it was ordered."""
    order, day = order_or_404(cooperative, number), today(cooperative.zone)
    form = OrderForm(
        request.POST or None,
        cooperative=cooperative,
        today=day,
        fixed_buyer=True,
        initial=_head_of(order),
    )
    lines = _lines(request, cooperative, day, order)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        with tried(form) as attempt:
            services.change_order(
                order=order, lines=lines.items(), on=day, actor=request.user, **form.facts()
            )
        if attempt.done:
            notice(request, _("Order %(order)s is changed.") % {"order": order.number})
            return redirect("sales:order_detail", cooperative.slug, number)
    context = _form_context(cooperative, form, lines) | {"order": order}
    return render_page(
        request, "sales/order_form.html", context, status=422 if form.is_bound else 200
    )


@require_safe
@requires("sales.view_orders")
def order_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One order with everything: progress, lines, deliveries, invoices, payments, one time line."""
    order = order_or_404(cooperative, number)
    progress, money = selectors.order_progress(order), selectors.order_money(order)
    context = {
        "order": order,
        "progress": progress,
        "title": order_title(progress),
        "chart": progress_chart(progress),
        "money": money,
        "deliveries": selectors.deliveries(cooperative=cooperative).filter(order=order),
        "invoices": selectors.invoices_with_open(cooperative=cooperative).filter(order=order),
        "payments": selectors.payments_of(order=order),
        "timeline": _timeline(order),
        "link": public_link(order),
        "day": today(cooperative.zone),
        "duty": duty_on(cooperative=cooperative, amount=money.total, on=order.ordered_on),
    }
    return render_page(request, "sales/order_detail.html", context)


def order_title(progress: OrderProgress) -> str:
    """What was ordered in a few words: the first product, and how many pieces in all."""
    facts = {
        "product": progress.lines[0].line.product.name if progress.lines else "-",
        "count": format_quantity(progress.ordered),
    }
    if len(progress.lines) > 1:
        return _("%(product)s and others, %(count)s pieces") % facts
    return _("%(product)s, %(count)s pieces") % facts


def progress_chart(progress: OrderProgress) -> Any:
    """The order as one bar: accepted, on the way, in the store, still to come."""
    ordered = progress.ordered
    to_come = max(ordered - progress.sent - progress.reserved, ordered - ordered)
    title = _("%(accepted)s of %(ordered)s pieces are accepted") % {
        "accepted": format_quantity(progress.accepted),
        "ordered": format_quantity(ordered),
    }
    return stacked_progress(
        title,
        [
            Stage(_("Accepted"), int(progress.accepted), 6),
            Stage(_("On the way"), int(progress.waiting), 5),
            Stage(_("In the store"), int(progress.reserved), 3),
            Stage(_("Still to come"), int(to_come), 1),
        ],
    )


def _timeline(order: Order) -> list[tuple[str, str, str]]:
    """What happened to the order, newest first: (day, sentence, address)."""
    slug = order.cooperative.slug

    def page(view: str, number: str) -> str:
        return reverse(f"sales:{view}", args=[slug, number])

    items = [(order.ordered_on, order.made_at, _("Order written down"), "")]
    for sent in selectors.deliveries(cooperative=order.cooperative).filter(order=order):
        url, facts = page("delivery_detail", sent.number), {"paper": sent.number}
        items.append((sent.sent_on, sent.made_at, _("%(paper)s sent") % facts, url))
        if sent.confirmed_on and sent.confirmed_at:
            text = _("%(paper)s confirmed by %(who)s") % (facts | {"who": sent.confirmed_by})
            items.append((sent.confirmed_on, sent.confirmed_at, text, url))
    for invoice in order.invoices.all():
        facts = {"paper": invoice.number, "amount": format_rupiah(invoice.receivable)}
        text = _("%(paper)s for %(amount)s") % facts
        url = page("invoice_detail", invoice.number)
        items.append((invoice.issued_on, invoice.made_at, text, url))
    for paid in selectors.payments_of(order=order):
        facts = {"paper": paid.number, "amount": format_rupiah(paid.cash)}
        back = paid.kind == PaymentKind.REFUND
        text = _("%(amount)s back, %(paper)s") if back else _("%(amount)s in, %(paper)s")
        url = page("payment_detail", paid.number)
        items.append((paid.paid_on, paid.made_at, text % facts, url))
    for message in messages_about(cooperative=order.cooperative, subjects=_subjects(order)):
        text = _("Opened in WhatsApp by %(who)s") % {"who": message.opened_by}
        items.append((localdate(message.opened_at), message.opened_at, text, ""))
    items.sort(key=lambda item: item[:2], reverse=True)
    return [(format_date(when), text, url) for when, _at, text, url in items]


def _subjects(order: Order) -> list[str]:
    return [order.number, *order.deliveries.values_list("number", flat=True)]


@require_http_methods(["GET", "POST"])
@requires("sales.take_order")
def order_close(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Close an order with a reason."""
    order = order_or_404(cooperative, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with tried(form) as attempt:
            services.close_order(
                order=order,
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("Order %(order)s is closed.") % {"order": order.number})
            return redirect("sales:order_detail", cooperative.slug, number)
    context = {"order": order, "form": form, "progress": selectors.order_progress(order)}
    return render_page(
        request, "sales/order_close.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@requires("sales.take_order")
def order_reopen(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Open a closed order again."""
    services.reopen_order(order=order_or_404(cooperative, number), actor=request.user)
    notice(request, _("Order %(order)s is open again.") % {"order": number})
    return redirect("sales:order_detail", cooperative.slug, number)


@require_POST
@requires("sales.take_order")
def order_link(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Give the buyer a new link, or close it."""
    order = order_or_404(cooperative, number)
    if request.POST.get("act") == "close":
        services.close_link(order=order, actor=request.user)
        notice(request, _("The buyer's link is closed."))
    else:
        services.renew_link(order=order, actor=request.user)
        notice(request, _("The buyer has a new link; the old one no longer opens."))
    return redirect("sales:order_detail", cooperative.slug, number)


def _text(request: Request, order: Order) -> tuple[str, str, str]:
    """The paper spoken of, the text to the buyer, the address that opens it in WhatsApp."""
    sent = order.deliveries.filter(number=request.GET.get("surat", "")).first()
    link = public_link(order)
    if sent is not None:
        subject, text = sent.number, services.delivery_text(sent, link=link)
    else:
        subject, text = order.number, services.order_text(order, link=link)
    try:
        address = wa_link(order.buyer.phone, text)
    except DomainError:
        address = ""
    return subject, text, address


@require_safe
@requires("sales.deliver")
def order_message(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The text to the buyer as it will be opened in WhatsApp, on the order or one delivery."""
    order = order_or_404(cooperative, number)
    subject, text, address = _text(request, order)
    context = {"order": order, "subject": subject, "text": text, "address": address}
    return render_page(request, "sales/order_message.html", context)


@require_safe
@requires("sales.deliver")
def order_message_open(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Note that the text was opened and go on to WhatsApp; a link, since nothing is changed."""
    order = order_or_404(cooperative, number)
    subject, text, address = _text(request, order)
    if not address:
        raise Http404
    services.note_opened(order=order, subject=subject, text=text, actor=request.user)
    return HttpResponseRedirect(address)
