"""What lies where: the stock page, item cards, pieces of cloth, material at makers, other stores."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors as catalogue
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.charts import Chart, Cover, cover_bars
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.stock import selectors, services
from canting.stock.forms import StoreForm, may_track
from canting.stock.rules import PlaceKind
from canting.stock.views import columns
from canting.stock.views.scan import corrections

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

MOST_BARS = 12


def short_day(day: date) -> str:
    """11 Jun 2027: a day that finds room beside a bar."""
    return format_date(day).split(", ")[-1]


def cover_chart(rows: list[selectors.CoverRow]) -> Chart | None:
    """The cover of materials as a picture whose title says the finding; nothing without use."""
    used = [row for row in rows if row.weeks is not None][:MOST_BARS]
    if not used:
        return None
    short = [row for row in used if row.is_short]
    title = (
        _("%(count)s materials run out before a new order arrives, first %(name)s")
        % {"count": len(short), "name": short[0].item.name}
        if short
        else _("Every material lasts longer than its order takes")
    )
    return cover_bars(
        title,
        [
            Cover(
                row.item.name,
                row.weeks or row.lead_weeks,
                row.lead_weeks,
                _("gone about %(date)s") % {"date": short_day(row.runs_out)}
                if row.runs_out
                else "",
            )
            for row in used
        ],
    )


@require_http_methods(["GET"])
@requires("stock.view_stock")
@listed()
def stock_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Materials with their cover in weeks, what is at makers, cloth by product."""
    on = today(cooperative.zone)
    rows = selectors.cover(cooperative=cooperative, on=on)
    if request.sheet:
        goods = columns.goods(rows, selectors.cloth_by_item(cooperative))
        return as_file(request, cooperative, "stok", columns.GOODS, goods)
    days = house.parameter(cooperative=cooperative, name="stock.expiry_days", on=on)
    context = {
        "rows": rows,
        "expiring": selectors.expiring(cooperative=cooperative, on=on, days=int(days)),
        "stores": list(selectors.named_stores(cooperative)),
        "acts": selectors.last_acts(cooperative),
        "corrections": corrections(request),
        "chart": cover_chart(rows),
        "materials_value": sum(row.value for row in rows),
        "cloth": selectors.cloth_by_item(cooperative),
        "values": selectors.value_by_place(cooperative),
        "byproducts": list(
            selectors.on_hand(cooperative, kinds=["byproduct"], place_kind=PlaceKind.STORE)
        ),
    }
    return render_page(request, "stock/stock_page.html", context)


@require_http_methods(["GET"])
@requires("stock.view_stock")
@listed()
def item_card(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """One material or product: where it lies and every move of it, newest first."""
    item = catalogue.item_by_code(cooperative=cooperative, code=code)
    if item is None:
        raise Http404
    found = selectors.item_moves(cooperative=cooperative, item=item)
    if request.sheet:
        return as_file(request, cooperative, f"kartu-{item.code}", columns.MOVES, found)
    moves = page_of(found, order=["-on"], after=request.GET.get("after"))
    balances = list(selectors.on_hand(cooperative, item=item))
    context: dict[str, Any] = {
        "item": item,
        "balances": balances,
        "quantity": sum(row.quantity for row in balances),
        "value": sum(row.value for row in balances),
        "moves": moves,
        "batches": list(selectors.batch_balances(cooperative, item=item)) if item.tracked else [],
        "may_track": may_track(item),
        "on": today(cooperative.zone),
        "place_name": selectors.place_name,
    }
    return render_page(request, "stock/item_card.html", context, block="moves")


@require_http_methods(["GET"])
@requires("stock.view_stock")
@listed()
def store_page(request: Request, cooperative: Cooperative, number: int) -> HttpResponse:
    """What lies in one further store, materials and cloth."""
    place = selectors.place_by_number(cooperative, number)
    if place is None or place.kind != PlaceKind.STORE:
        raise Http404
    found = selectors.on_hand(cooperative).filter(place=place)
    if request.sheet:
        return as_file(request, cooperative, f"gudang-{place.pk}", columns.HELD, found)
    rows = list(found)
    context = {"place": place, "rows": rows, "total": sum(row.value for row in rows)}
    return render_page(request, "stock/store_page.html", context)


@require_http_methods(["GET", "POST"])
@requires("stock.move")
def store_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Add a further store."""
    form = StoreForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with tried(form, beside="name") as attempt:
            place = services.open_store(
                cooperative=cooperative, name=form.cleaned_data["name"], actor=request.user
            )
        if attempt.done:
            messages.success(request, _("%(name)s is there.") % {"name": place.name})
            return redirect("stock:store_page", cooperative.slug, place.pk)
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/store_new.html", {"form": form}, status=status)


@require_http_methods(["GET"])
@requires("stock.view_stock")
@listed()
def lot_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Pieces of cloth with code, maker, grade and where they are; by words, or those here."""
    words = request.GET.get("q", "").strip()
    only_here = request.GET.get("di", "") != "semua"
    found = selectors.lots(cooperative, words=words, here=only_here and not words)
    if request.sheet:
        lots = columns.lot_rows(found.order_by("-pk"))
        return as_file(request, cooperative, "kain", columns.LOTS, lots)
    page = page_of(found, order=["-pk"], after=request.GET.get("after"))
    context = {
        "page": page,
        "words": words,
        "only_here": only_here,
        "places": selectors.places_of_lots([lot.pk for lot in page.rows]),
        "place_name": selectors.place_name,
    }
    return render_page(request, "stock/lot_list.html", context, block="rows")


@require_http_methods(["GET"])
@requires("stock.view_stock")
def lot_detail(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """The history of one piece: who made it, every move with its paper."""
    lot = selectors.lot_by_code(cooperative, code)
    if lot is None:
        raise Http404
    context = {
        "lot": lot,
        "balances": list(selectors.balances_of(lot)),
        "moves": list(selectors.history(lot)),
        "place_name": selectors.place_name,
    }
    return render_page(request, "stock/lot_detail.html", context)


@require_http_methods(["GET"])
@requires("stock.view_stock")
@listed()
def custody_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Our materials in the hands of makers, maker by maker."""
    found = selectors.materials_in_custody(cooperative)
    if request.sheet:
        return as_file(request, cooperative, "bahan-di-pengrajin", columns.CUSTODY, found)
    rows = list(found)
    context = {"rows": rows, "total": sum(row.value for row in rows)}
    return render_page(request, "stock/custody_list.html", context)


@require_http_methods(["GET"])
@requires("stock.view_own_materials")
def my_materials(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The member's own page of material lives with her dues."""
    return redirect("purchasing:my_materials", cooperative.slug)
