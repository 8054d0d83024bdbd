"""Pages of material that left a maker's hands without cloth, and of cloth that went back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors as catalogue
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.production import selectors, services
from canting.production.forms import (
    MaterialCorrectionForm,
    MaterialFactForm,
    ReturnCorrectionForm,
    ReturnForm,
)
from canting.production.rules import FactKind
from canting.production.views import columns
from canting.production.views.addresses import maker_choices
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party
    from canting.production.models import ClothReturn, MaterialFact


@require_http_methods(["GET"])
@requires("production.view_orders")
@listed()
def material_fact_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Material at makers now, and what left their hands without cloth."""
    facts = selectors.material_facts(cooperative=cooperative)
    returns = selectors.cloth_returns(cooperative=cooperative)
    if request.sheet:
        rows = columns.fact_rows(facts, returns)
        return as_file(request, cooperative, "bahan-hilang-dan-kembali", columns.FACTS, rows)
    context = {
        "held": _held(cooperative),
        "facts": facts[:100],
        "returns": returns[:50],
        "words": columns.kind_words(),
    }
    return render_page(request, "production/material_fact_list.html", context)


class Held(NamedTuple):
    """What one maker holds for us, in words."""

    maker: Party
    materials: str


def _held(cooperative: Cooperative) -> list[Held]:
    """Material in custody, one row a maker."""
    rows: dict[Party, list[str]] = {}
    for balance in stock.materials_in_custody(cooperative):
        if balance.place.party is not None:
            item = balance.lot.item
            told = f"{item.name} {format_quantity(balance.quantity, item.unit)}"
            rows.setdefault(balance.place.party, []).append(told)
    return [Held(maker, ", ".join(told)) for maker, told in rows.items()]


@require_http_methods(["GET", "POST"])
@requires("production.record_material")
def material_fact_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Charge, waive or write off material that a maker no longer has."""
    number = request.GET.get("spk", "")
    known = members.member_by_number(cooperative=cooperative, number=request.GET.get("anggota", ""))
    form = MaterialFactForm(
        request.POST or None,
        initial={
            "member": members.member_label(known) if known else "",
            "work_order": number,
            "kind": FactKind.OVERUSE.value,
        },
    )
    items = {item.code: item for item in catalogue.materials(cooperative=cooperative)}
    form.offer([(item.code, f"{item.name} ({item.unit})") for item in items.values()])
    if form.is_valid():
        fact = _record(request, cooperative, form, items)
        if fact is not None:
            messages.success(request, _("%(number)s is saved.") % {"number": fact.number})
            return redirect("production:material_fact_detail", cooperative.slug, fact.number)
    held = (
        stock.materials_in_custody(cooperative).filter(place__party_id=known.party_id)
        if known
        else ()
    )
    context = {"form": form, "makers": maker_choices(cooperative), "held": held, "known": known}
    return render_page(
        request,
        "production/material_fact_form.html",
        context,
        status=422 if form.is_bound else 200,
    )


def _record(
    request: Request, cooperative: Cooperative, form: MaterialFactForm, items: dict[str, Item]
) -> MaterialFact | None:
    asked = form.cleaned_data
    member = members.find_member(cooperative=cooperative, typed=asked["member"])
    if member is None:
        form.add_error("member", _("No such member. Choose from the list, by name or number."))
        return None
    order = None
    if asked["work_order"]:
        order = selectors.work_order(cooperative=cooperative, number=asked["work_order"].strip())
        if order is None:
            form.add_error("work_order", _("There is no work order with this number."))
            return None
    with tried(form), transaction.atomic():
        return services.record_material_fact(
            cooperative=cooperative,
            kind=FactKind(asked["kind"]),
            member=member,
            item=items[asked["item"]],
            quantity=asked["quantity"],
            reason=asked["reason"],
            on=today(cooperative.zone),
            actor=request.user,
            work_order=order,
        )
    return None


def _fact_or_404(cooperative: Cooperative, number: str) -> MaterialFact:
    fact = selectors.material_fact(cooperative=cooperative, number=number)
    if fact is None:
        raise Http404
    return fact


@require_http_methods(["GET"])
@requires("production.view_orders")
def material_fact_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One material fact as a paper."""
    fact = _fact_or_404(cooperative, number)
    context = {"fact": fact, "words": columns.kind_words()}
    return render_page(request, "production/material_fact_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("production.record_material")
def material_fact_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse a material fact, and write the right one."""
    fact = _fact_or_404(cooperative, number)
    first = {"kind": fact.kind, "quantity": fact.quantity}
    form = MaterialCorrectionForm(request.POST or None, initial=first)
    if fact.kind == FactKind.BYPRODUCT:
        del form.fields["kind"]
    if form.is_valid():
        asked = form.cleaned_data
        with tried(form) as attempt, transaction.atomic():
            made = services.correct_material_fact(
                fact=fact,
                reason=asked["reason"],
                on=today(cooperative.zone),
                actor=request.user,
                kind=FactKind(asked["kind"]) if asked.get("kind") else None,
                quantity=asked["quantity"],
            )
        if attempt.done:
            messages.success(request, _("%(number)s is put right.") % {"number": fact.number})
            return redirect("production:material_fact_detail", cooperative.slug, made.number)
    context = {"fact": fact, "form": form, "words": columns.kind_words()}
    return render_page(
        request,
        "production/material_fact_correct.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@requires("production.return_cloth")
def cloth_return_new(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """Give cloth back to the member who made it."""
    lot = stock.lot_by_code(cooperative, code)
    if lot is None:
        raise Http404
    form = ReturnForm(request.POST or None, initial={"quantity": 1})
    if form.is_valid():
        with tried(form) as attempt, transaction.atomic():
            paper = services.return_to_maker(
                cooperative=cooperative,
                lot=lot,
                quantity=form.cleaned_data["quantity"],
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("%(number)s is saved.") % {"number": paper.number})
            return redirect("production:cloth_return_detail", cooperative.slug, paper.number)
    context = {"lot": lot, "form": form}
    return render_page(
        request, "production/cloth_return_form.html", context, status=422 if form.is_bound else 200
    )


def _return_or_404(cooperative: Cooperative, number: str) -> ClothReturn:
    paper = selectors.cloth_return(cooperative=cooperative, number=number)
    if paper is None:
        raise Http404
    return paper


@require_http_methods(["GET"])
@requires("production.view_orders")
def cloth_return_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One return of cloth as a paper."""
    context = {"paper": _return_or_404(cooperative, number)}
    return render_page(request, "production/cloth_return_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("production.return_cloth")
def cloth_return_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse a return of cloth, and write the right one."""
    paper = _return_or_404(cooperative, number)
    form = ReturnCorrectionForm(request.POST or None, initial={"quantity": paper.quantity})
    if form.is_valid():
        with tried(form) as attempt, transaction.atomic():
            made = services.correct_return(
                paper=paper,
                reason=form.cleaned_data["reason"],
                quantity=form.cleaned_data["quantity"] or 0,
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("%(number)s is put right.") % {"number": paper.number})
            return redirect("production:cloth_return_detail", cooperative.slug, made.number)
    context = {"paper": paper, "form": form}
    return render_page(
        request,
        "production/cloth_return_correct.html",
        context,
        status=422 if form.is_bound else 200,
    )
