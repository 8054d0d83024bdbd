"""Pages of work orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from canting.catalogue import selectors as catalogue
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import render_page
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.production import selectors, services
from canting.production.forms import (
    BaseSplit,
    ByproductForm,
    CloseForm,
    FinishCorrectionForm,
    OrderForm,
    StagesForm,
    split_formset,
)
from canting.production.rules import OrderStatus, over_reported, stages_of, waiting
from canting.production.views import columns
from canting.production.views.addresses import (
    address,
    maker_choices,
    order_or_404,
    part_or_404,
)
from canting.production.views.charts import order_chart, stage_chart, stage_names
from canting.production.views.texts import work_message
from canting.sales import selectors as sales

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative
    from canting.production.models import Assignment, WorkOrder
    from canting.sales.models import OrderLine

STATUSES = (OrderStatus.OPEN, OrderStatus.DONE, OrderStatus.ENDED)


@require_http_methods(["GET"])
@requires("production.view_orders")
@listed()
def work_order_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Work orders by due date, open ones first."""
    asked = request.GET.get("keadaan", "")
    status = asked if asked in STATUSES else OrderStatus.OPEN.value
    orders = selectors.work_orders(cooperative=cooperative, status=status)
    if status != OrderStatus.OPEN:
        orders = orders.order_by("-closed_on", "-id")
    if request.sheet:
        return as_file(request, cooperative, "perintah-kerja", columns.ORDERS, orders)
    if status != OrderStatus.OPEN:
        orders = orders[:100]
    context = {"orders": orders, "status": status, "on": today(cooperative.zone)}
    return render_page(request, "production/work_order_list.html", context, block="rows")


@require_http_methods(["GET"])
@requires("production.view_orders")
def work_order_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One work order: where its pieces stand, maker by maker, and what can be done."""
    order = order_or_404(cooperative, number)
    rows = [_part_row(part) for part in selectors.assignments(order=order)]
    on = today(cooperative.zone)
    stages = selectors.stage_counts(order)
    context = {
        "order": order,
        "rows": rows,
        "stages": stages,
        "names": stage_names(),
        "chart": order_chart(order, stages, on=on),
        "norms": selectors.norms_of(order),
        "value": selectors.value_in_work(order),
        "lots": selectors.lots_in_work(order),
        "finishes": selectors.standing_finishes(order),
        "facts": selectors.material_facts(cooperative=cooperative, order=order),
        "sales_url": _sales_url(cooperative, order),
        "on": on,
    }
    return render_page(request, "production/work_order_detail.html", context)


def _sales_url(cooperative: Cooperative, order: WorkOrder) -> str:
    if order.order_line is None:
        return ""
    return address("sales:order_detail", cooperative.slug, order.order_line.order.number)


def _part_row(part: Assignment) -> dict[str, Any]:
    stages = stages_of(part)
    title = _("%(maker)s, %(count)s pieces") % {
        "maker": part.member.full_name,
        "count": part.quantity,
    }
    return {
        "part": part,
        "stages": stages,
        "waiting": waiting(part),
        "over": over_reported(part),
        "bar": stage_chart(title, stages, height=26).svg,
        "number": part.member.number,
    }


@require_http_methods(["GET", "POST"])
@requires("production.manage_orders")
def work_order_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Ask pieces from members: what, how many, who, by when."""
    body = request.POST or None
    form = OrderForm(body, initial=_from_line(request, cooperative))
    form.offer(
        products=[(item.code, item.name) for item in catalogue.products(cooperative=cooperative)],
        lines=_line_choices(cooperative),
        today=today(cooperative.zone),
    )
    split = split_formset(cooperative, body)
    if body and form.is_valid() and split.is_valid():
        if "propose" in request.POST:
            split = split_formset(
                cooperative, initial=split.proposal(form.cleaned_data["quantity"]), spare=2
            )
            return _new_page(request, cooperative, form, split, status=200)
        with tried(form) as attempt, transaction.atomic():
            order = _open(request, cooperative, form, split)
        if attempt.done:
            messages.success(
                request,
                _("%(number)s is open. Send each maker her text.") % {"number": order.number},
            )
            return redirect("production:work_order_detail", cooperative.slug, order.number)
    return _new_page(request, cooperative, form, split, status=422 if body else 200)


def _new_page(
    request: Request, cooperative: Cooperative, form: OrderForm, split: BaseSplit, *, status: int
) -> HttpResponse:
    context = {"form": form, "split": split, "makers": maker_choices(cooperative)}
    return render_page(request, "production/work_order_form.html", context, status=status)


def _lines(cooperative: Cooperative) -> dict[str, OrderLine]:
    """Open lines of buyers' orders by "PS/2026/11/0018:1"."""
    return {
        f"{order.number}:{line.position}": line
        for order in sales.open_orders(cooperative=cooperative).prefetch_related("lines__product")
        for line in order.lines.all()
    }


def _line_choices(cooperative: Cooperative) -> list[tuple[str, str]]:
    return [
        (key, f"{key.partition(':')[0]} · {line.product.name} · {line.quantity:.0f}")
        for key, line in _lines(cooperative).items()
    ]


def _from_line(request: Request, cooperative: Cooperative) -> dict[str, Any]:
    """What an order's line proposes (?pesanan=PS/2026/11/0018&baris=2); its first one unless named."""
    number, position = request.GET.get("pesanan", ""), request.GET.get("baris", "")
    lines = _lines(cooperative)
    wanted = f"{number}:{position}"
    key = next((one for one in lines if one.startswith(wanted)), "") if number else ""
    line = lines.get(key)
    if line is None:
        return {"basis": "commission"}
    return {
        "basis": "commission",
        "order_line": key,
        "product": line.product.code,
        "quantity": int(line.quantity),
        "due_date": line.order.promised_date,
    }


def _open(
    request: Request, cooperative: Cooperative, form: OrderForm, split: BaseSplit
) -> WorkOrder:
    asked = form.cleaned_data
    product: Item | None = catalogue.item_by_code(cooperative=cooperative, code=asked["product"])
    if product is None:
        raise LookupError(asked["product"])
    return services.open_work_order(
        cooperative=cooperative,
        product=product,
        basis=asked["basis"],
        quantity=asked["quantity"],
        parts=split.parts(),
        due_date=asked["due_date"],
        on=today(cooperative.zone),
        actor=request.user,
        order_line=_lines(cooperative).get(asked["order_line"]),
        note=asked["note"],
    )


@require_http_methods(["GET", "POST"])
@requires("production.manage_orders")
def work_order_split(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Share the pieces of a work order anew."""
    order = order_or_404(cooperative, number)
    initial = [
        {
            "member": members.member_label(part.member),
            "quantity": part.quantity,
            "promised_date": part.promised_date,
        }
        for part in selectors.assignments(order=order)
    ]
    body = request.POST or None
    split = split_formset(cooperative, body, initial=initial, spare=2)
    refused = ""
    if body and split.is_valid():
        try:
            with transaction.atomic():
                services.change_split(
                    order=order,
                    parts=split.parts(),
                    on=today(cooperative.zone),
                    actor=request.user,
                )
        except DomainError as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The split is changed."))
            return redirect("production:work_order_detail", cooperative.slug, order.number)
    context = {
        "order": order,
        "split": split,
        "refused": refused,
        "makers": maker_choices(cooperative),
    }
    return render_page(
        request, "production/work_order_split.html", context, status=422 if body else 200
    )


@require_http_methods(["GET", "POST"])
@requires("production.update_work")
def work_order_stages(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Where one maker's pieces stand, and a word to her."""
    part = part_or_404(request, cooperative, number)
    initial = {"waxed": part.waxed, "dyed": part.dyed, "boiled": part.boiled}
    form = StagesForm(request.POST or None, initial=initial)
    if form.is_valid():
        on = today(cooperative.zone)
        asked = dict(form.cleaned_data)
        note = asked.pop("note")
        with tried(form) as attempt, transaction.atomic():
            services.set_stages(assignment=part, **asked, on=on, actor=request.user)
            if note:
                services.note_to_maker(assignment=part, text=note, on=on, actor=request.user)
        if attempt.done:
            messages.success(request, _("Saved where the pieces stand."))
            return redirect("production:work_order_detail", cooperative.slug, number)
    context = {"part": part, "form": form, "stages": stages_of(part), "names": stage_names()}
    return render_page(
        request,
        "production/work_order_stages.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_POST
@requires("production.manage_orders")
def work_order_finish(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Move what is in work to finished goods."""
    order = order_or_404(cooperative, number)
    services.finish_order(order=order, on=today(cooperative.zone), actor=request.user)
    messages.success(request, _("The accepted pieces are finished goods now."))
    return redirect("production:work_order_detail", cooperative.slug, order.number)


@require_http_methods(["GET", "POST"])
@requires("production.manage_orders")
def work_order_finish_correct(
    request: Request, cooperative: Cooperative, number: str
) -> HttpResponse:
    """Betulkan: take the last finish back into work; the order is finished anew from its page."""
    order = order_or_404(cooperative, number)
    standing = selectors.standing_finishes(order)
    if not standing:
        raise Http404
    moves = list(selectors.work_moves(cooperative=cooperative, sources=standing[-1:]))
    form = FinishCorrectionForm(request.POST or None)
    if form.is_valid():
        with tried(form) as attempt:
            services.undo_finish(
                order=order,
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("The pieces are in work again; finish the order anew."))
            return redirect("production:work_order_detail", cooperative.slug, order.number)
    context = {
        "order": order,
        "form": form,
        "on": moves[0].moved_on,
        "pieces": -sum(move.quantity for move in moves),
        "value": -sum(move.value for move in moves),
    }
    return render_page(
        request,
        "production/work_order_finish_correct.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@requires("production.manage_orders")
def work_order_close(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """End a work order early, with the reason and what makers still hold in sight."""
    order = order_or_404(cooperative, number)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with tried(form) as attempt, transaction.atomic():
            services.close_order(
                order=order,
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("%(number)s is closed.") % {"number": order.number})
            return redirect("production:work_order_detail", cooperative.slug, order.number)
    context = {
        "order": order,
        "form": form,
        "stages": selectors.stage_counts(order),
        "held": selectors.held_by_makers(order),
    }
    return render_page(
        request, "production/work_order_close.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@requires("production.record_material")
def work_order_byproduct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Recovered wax lessens what the order has in work."""
    order = order_or_404(cooperative, number)
    items = list(catalogue.items(cooperative=cooperative, kinds=["byproduct"]))
    form = ByproductForm(request.POST or None)
    form.offer([(item.code, f"{item.name} ({item.unit})") for item in items])
    if form.is_valid():
        item = next(one for one in items if one.code == form.cleaned_data["item"])
        with tried(form) as attempt, transaction.atomic():
            services.record_byproduct(
                order=order,
                item=item,
                quantity=form.cleaned_data["quantity"],
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("The recovered wax is in the store."))
            return redirect("production:work_order_detail", cooperative.slug, order.number)
    context = {
        "order": order,
        "form": form,
        "items": items,
        "value": selectors.value_in_work(order),
    }
    return render_page(
        request,
        "production/work_order_byproduct.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET"])
@requires("production.manage_orders")
def work_order_message(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Open the text about the work in WhatsApp, and note that it was opened there."""
    part = part_or_404(request, cooperative, number)
    link = request.build_absolute_uri(
        reverse("production:my_assignment", args=[cooperative.slug, part.work_order.number])
    )
    return redirect(work_message(part, link=link, actor=request.user))
