"""Terima and Periksa: the scan-first page on which cloth is received and inspected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors as catalogue
from canting.catalogue.errors import NoPrice
from canting.catalogue.rules import GRADES
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.production import selectors as production
from canting.production.rules import OrderStatus, waiting
from canting.quality import selectors, services
from canting.quality.forms import FaultForm, FreeForm, PassForm
from canting.quality.rules import TWIN, Finding, Result, is_handwork
from canting.quality.services import Delivery, delivery_of, prices_for
from canting.quality.views.codes import scanned
from canting.stock import selectors as stock
from canting.stock.rules import Basis, is_code, shown_code

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.quality.models import Inspection


@dataclass(frozen=True)
class Table:
    """What lies on the table: the delivery, the scanned code, the result that is being entered."""

    delivery: Delivery | None
    code: str
    result: str
    known: Any
    query: dict[str, str]

    @property
    def shown(self) -> str:
        """The scanned code as the label prints it."""
        return shown_code(self.code)

    def address(self, cooperative: Cooperative, **changed: str) -> str:
        """The same table with another result or code."""
        query = {k: v for k, v in {**self.query, **changed}.items() if v}
        return f"{reverse('quality:receive', args=[cooperative.slug])}?{urlencode(query)}"


def _table(request: Request, cooperative: Cooperative) -> Table:
    """Read the address: what was scanned or chosen from the list."""
    asked = request.GET
    code = scanned(asked.get("kode", ""))
    result = asked.get("hasil", "") if asked.get("hasil", "") in set(Result) else Result.PASS.value
    keep = {
        name: asked.get(name, "")
        for name in ("spk", "anggota", "km", "ulang", "produk", "dasar", "hasil")
    }
    repair = selectors.repair_by_code(cooperative=cooperative, code=code) if code else None
    if repair is not None:
        keep = {"ulang": repair.number, "hasil": keep["hasil"]}
    known = None if repair else selectors.line_by_code(cooperative=cooperative, code=code)
    return Table(_delivery(cooperative, keep), code, result, known, {**keep, "kode": code})


def _delivery(cooperative: Cooperative, asked: dict[str, str]) -> Delivery | None:
    if asked.get("ulang"):
        repair = selectors.inspection(cooperative=cooperative, number=asked["ulang"])
        if repair is not None and selectors.left_in_repair(repair):
            return delivery_of(cooperative=cooperative, repair_of=repair)
    if asked.get("spk"):
        part = production.assignment_of_member(
            cooperative=cooperative, number=asked["spk"], member_number=asked.get("anggota", "")
        )
        if part is not None and part.work_order.status == OrderStatus.OPEN:
            return delivery_of(cooperative=cooperative, assignment=part)
    if asked.get("km"):
        contract = production.advance(cooperative=cooperative, number=asked["km"])
        if contract is not None:
            return delivery_of(cooperative=cooperative, advance=contract)
    return _free(cooperative, asked)


def _free(cooperative: Cooperative, asked: dict[str, str]) -> Delivery | None:
    member = members.member_by_number(cooperative=cooperative, number=asked.get("anggota", ""))
    product = catalogue.item_by_code(cooperative=cooperative, code=asked.get("produk", ""))
    basis = asked.get("dasar", "")
    if member is None or product is None or basis not in {Basis.PURCHASE, Basis.CONSIGNMENT}:
        return None
    return delivery_of(cooperative=cooperative, member=member, product=product, basis=basis)


def known_prices(delivery: Delivery, *, on: Any) -> dict[str, int]:
    """The grades that have a price now, for the buttons."""
    if delivery.basis == Basis.CONSIGNMENT or delivery.advance is not None:
        return {}
    if delivery.assignment is not None:
        return dict(delivery.assignment.work_order.rates)
    prices: dict[str, int] = {}
    for grade in GRADES:
        try:
            prices.update(prices_for(delivery, {grade: 1}, on=on))
        except NoPrice:
            continue
    return prices


@require_http_methods(["GET", "POST"])
@requires("quality.receive_cloth")
def receive(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Scan, look, decide: the cloth is booked, gets its code and may be sold."""
    table = _table(request, cooperative)
    form = _form(request, cooperative, table)
    if table.delivery is not None and form is not None and form.is_valid():
        made = _inspect(request, cooperative, table.delivery, form, table.result)
        if made is not None:
            return _after(request, cooperative, table, made)
    context = {
        **_around(cooperative, table),
        "form": form,
        "table": table,
        "results": _results(cooperative, table),
        "twins": _twins(table),
    }
    bound = form is not None and form.is_bound
    return render_page(request, "quality/receive.html", context, status=422 if bound else 200)


def _form(request: Request, cooperative: Cooperative, table: Table) -> PassForm | FaultForm | None:
    if table.delivery is None:
        return None
    prices = known_prices(table.delivery, on=today(cooperative.zone))
    body, files = request.POST or None, request.FILES or None
    initial = {"code": shown_code(table.code)}
    if table.result == Result.PASS:
        form = PassForm(body, files, initial=initial)
        form.offer(prices, any_grade=not prices, focus=bool(table.code))
        return form
    fault = FaultForm(body, files, initial=initial)
    fault.offer(table.result, prices, pays_wage=table.delivery.basis == Basis.COMMISSION)
    return fault


def _inspect(
    request: Request,
    cooperative: Cooperative,
    delivery: Delivery,
    form: PassForm | FaultForm,
    result: str,
) -> Inspection | None:
    finding: Finding = form.finding() if isinstance(form, PassForm) else form.finding(result)
    with tried(form), transaction.atomic():
        return services.inspect(
            delivery=delivery,
            finding=finding,
            on=today(cooperative.zone),
            actor=request.user,
            photo=form.cleaned_data.get("photo"),
        )
    return None


def _after(
    request: Request, cooperative: Cooperative, table: Table, made: Inspection
) -> HttpResponse:
    undo = reverse("quality:inspection_undo", args=[cooperative.slug, made.number])
    notice(request, _told(made), undo_url=undo)
    if "print" in request.POST:
        return redirect("quality:inspection_slip", cooperative.slug, made.number)
    return redirect(table.address(cooperative, kode="", hasil="", ulang=""))


def _told(made: Inspection) -> str:
    """The line that says what was saved."""
    if made.result != Result.PASS:
        words = {Result.REWORK: _("back to be put right"), Result.REJECT: _("rejected")}
        return _("%(number)s saved: %(count)s pieces of %(maker)s %(result)s.") % {
            "number": made.number,
            "count": made.quantity,
            "maker": made.member.full_name,
            "result": words[Result(made.result)],
        }
    codes = ", ".join(shown_code(line.code) for line in made.lines.order_by("id")[:3])
    return _("%(codes)s saved: %(count)s pieces of %(maker)s passed.") % {
        "codes": codes,
        "count": made.quantity,
        "maker": made.member.full_name,
    }


def _around(cooperative: Cooperative, table: Table) -> dict[str, Any]:
    """What the page shows beside the form."""
    on = today(cooperative.zone)
    delivery = table.delivery
    part = delivery.assignment if delivery else None
    return {
        "on": on,
        "day": selectors.day_total(cooperative=cooperative, on=on),
        "latest": selectors.latest(cooperative=cooperative),
        "awaiting": [(one, waiting(one)) for one in production.awaiting_inspection(cooperative)],
        "making": [
            one for one in production.open_assignments(cooperative=cooperative) if not waiting(one)
        ][:50],
        "repairs": [
            (one, selectors.left_in_repair(one))
            for one in selectors.in_repair(cooperative=cooperative)
        ],
        "contracts": production.open_advances(cooperative=cooperative)[:50],
        "part": part,
        "unknown": bool(table.code) and not is_code(table.code),
        "lot": stock.lot_by_code(cooperative, table.code) if table.code else None,
    }


def _results(cooperative: Cooperative, table: Table) -> list[tuple[str, str, bool]]:
    words = {
        Result.PASS: _("Passed"),
        Result.REWORK: _("Repair"),
        Result.REJECT: _("Reject"),
    }
    return [
        (text, table.address(cooperative, hasil=result.value), table.result == result)
        for result, text in words.items()
    ]


def _twins(table: Table) -> list[tuple[str, str]]:
    """Which natural mark is taken for which defect, where handwork makes it natural."""
    if table.delivery is None or not is_handwork(table.delivery.product.technique):
        return []
    defects, marks = selectors.defect_names(), selectors.mark_names()
    return [(defects[defect], marks[mark]) for defect, mark in TWIN.items()]


@require_http_methods(["GET", "POST"])
@requires("quality.receive_cloth")
def receive_free(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Say whose cloth it is when there is no work order, then go on to the table."""
    form = FreeForm(request.POST or None)
    form.offer([(item.code, item.name) for item in catalogue.products(cooperative=cooperative)])
    if form.is_valid():
        asked = form.cleaned_data
        member = members.find_member(cooperative=cooperative, typed=asked["member"])
        if member is not None:
            query = {
                "anggota": member.number,
                "produk": asked["product"],
                "dasar": asked["basis"],
            }
            address = reverse("quality:receive", args=[cooperative.slug])
            return redirect(f"{address}?{urlencode(query)}")
        form.add_error("member", _("No such member. Choose from the list, by name or number."))
    makers = [label for _number, label in members.member_choices(cooperative=cooperative)]
    context = {"form": form, "makers": makers}
    return render_page(
        request, "quality/receive_free.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["POST"])
@requires("quality.receive_cloth")
def inspection_undo(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Urungkan: take back what was just saved, on the day it was saved."""
    made = selectors.inspection(cooperative=cooperative, number=number)
    on = today(cooperative.zone)
    if made is None or made.inspected_on != on:
        messages.error(request, _("Only today's slips can be undone here; use Put right instead."))
        return redirect("quality:inspection_list", cooperative.slug)
    services.correct_inspection(
        inspection=made, reason=_("Undone at once"), on=on, actor=request.user
    )
    messages.success(request, _("%(number)s is undone.") % {"number": number})
    return redirect("quality:receive", cooperative.slug)
