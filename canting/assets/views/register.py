"""The register of assets: what there is, one asset with its years, bought, taken over, put right."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.assets import selectors, services
from canting.assets.forms import CLASS_WORDS, BuyForm, TakeOverForm, put_right
from canting.assets.rules import CLASSES, ENDINGS, METHODS, ORIGINS, TAKEN_OVER
from canting.assets.views import columns
from canting.assets.views.common import FIELD_OF, correct_page, form_facts, found_or_404, posted
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.charts import Bar, compare_bars
from canting.kernel.dates import format_date, format_month, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried

if TYPE_CHECKING:
    from canting.assets.models import Asset
    from canting.cooperatives.models import Cooperative

INKS = (1, 2, 3, 4, 5)


@require_safe
@requires("assets.view_assets")
@listed()
def asset_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every asset with what it cost and what is left; the register beside the books."""
    chosen = request.GET.get("jenis", "")
    words = request.GET.get("cari", "")[:60]
    gone = request.GET.get("sudah") == "pergi"
    found = selectors.assets(
        cooperative=cooperative, asset_class=chosen, has_left=gone, words=words
    )
    if request.sheet:
        return as_file(request, cooperative, "aset", columns.ASSETS, found.order_by("-on", "-pk"))
    sums = selectors.class_sums(cooperative=cooperative)
    on = today(cooperative.zone)
    context = {
        "page": page_of(found, order=["-on"], after=request.GET.get("after")),
        "sums": sums,
        "chart": _chart(sums),
        "words": words,
        "chosen": chosen,
        "gone": gone,
        "class_words": {key: _(word) for key, word in CLASS_WORDS.items()},
        "total_left": sum(one.left for one in sums),
        "differing": [one for one in sums if one.differs],
        "month_due": selectors.next_month_due(cooperative=cooperative, on=on),
    }
    return render_page(request, "assets/asset_list.html", context, block="rows")


def _chart(sums: list[selectors.ClassSum]) -> Any:
    there = [one for one in sums if one.count]
    if not there:
        return None
    cost, left = sum(one.cost for one in there), sum(one.left for one in there)
    title = _("%(left)s is left of what cost %(cost)s") % {
        "left": format_rupiah(left),
        "cost": format_rupiah(cost),
    }
    bars = [Bar(_(CLASS_WORDS[one.key]), one.left, INKS[at]) for at, one in enumerate(there)]
    return compare_bars(title, bars)


def _asset(cooperative: Cooperative, number: str) -> Any:
    return found_or_404(selectors.asset(cooperative=cooperative, number=number))


@require_safe
@requires("assets.view_assets")
def asset_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One asset: what it is, its years drawn, what was booked of it, and what became of it."""
    asset = _asset(cooperative, number)
    years = selectors.by_year(asset)
    context = {
        "asset": asset,
        "facts": facts_of(asset),
        "years": years,
        "chart": _life(asset, years),
        "charges": list(selectors.charges_on(asset)[:60]),
        "disposal": selectors.standing_disposal(asset),
        "endings": {key: _(word) for key, word in ENDINGS.items()},
    }
    return render_page(request, "assets/asset_detail.html", context)


def _life(asset: Asset, years: list[selectors.YearLeft]) -> Any:
    if not years:
        return None
    title = _("In %(year)s %(left)s is left of it") % {
        "year": years[-1].year,
        "left": format_rupiah(years[-1].left),
    }
    return compare_bars(title, [Bar(str(one.year), one.left, 2) for one in years[:20]])


def facts_of(asset: Asset) -> list[tuple[str, str]]:
    """What an asset's paper says, as rows."""
    life = (
        _("%(years)s years, %(method)s")
        % {
            "years": str(round(asset.life_months / 12, 2)).removesuffix(".0").replace(".", ","),
            "method": _(METHODS[asset.method]),
        }
        if asset.life_months
        else _("It does not lose value")
    )
    rows = [
        (_("Class"), _(CLASSES[asset.asset_class].label)),
        (_("Origin"), _(ORIGINS[asset.origin])),
        (_("Date"), format_date(asset.on)),
        (_("What it cost"), format_rupiah(asset.cost)),
        (_("Worth at the end"), format_rupiah(asset.residual)),
        (_("Life"), life),
        (_("In use since"), format_month(asset.used_since)),
    ]
    texts = [
        (_("Lost before that day"), format_rupiah(asset.lost_before) if asset.lost_before else ""),
        (_("From whom"), asset.seller),
        (_("Where it stands"), asset.location),
        (_("Make, number, deed"), asset.note),
    ]
    return rows + [(label, text) for label, text in texts if text]


@require_http_methods(["GET", "POST"])
@requires("assets.record_assets")
def asset_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Buy an asset."""
    return _write(request, cooperative, BuyForm, services.buy_asset, "assets/asset_new.html")


@require_http_methods(["GET", "POST"])
@requires("assets.record_assets")
def asset_take_over(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write down an asset that the opening balances hold already."""
    act = services.take_over_asset
    return _write(request, cooperative, TakeOverForm, act, "assets/asset_take_over.html")


def _write(
    request: Request, cooperative: Cooperative, kind: Any, act: Any, template: str
) -> HttpResponse:
    form = _form(kind, posted(request), cooperative)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = act(cooperative=cooperative, actor=request.user, **form.facts())
        if attempt.done:
            notice(
                request,
                _("%(number)s: %(name)s is in the register.")
                % {"number": made.number, "name": made.name},
            )
            return redirect("assets:asset_detail", cooperative.slug, made.number)
    status = 422 if form.is_bound else 200
    return render_page(request, template, {"form": form}, status=status)


def _form(kind: Any, data: Any, cooperative: Cooperative, **options: Any) -> Any:
    names = ("places", "lives") if kind is BuyForm else ("lives",)
    return kind(data, **form_facts(cooperative, *names), **options)


@require_http_methods(["GET", "POST"])
@requires("assets.correct_papers")
def asset_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the old paper left, the right one beside it, the reason below."""
    asset = _asset(cooperative, number)
    if asset.state == "reversed":
        return redirect("assets:asset_detail", cooperative.slug, number)
    kind = TakeOverForm if asset.origin == TAKEN_OVER else BuyForm
    form = put_right(_form(kind, posted(request), cooperative, initial=_typed(asset)))
    return correct_page(
        request,
        cooperative,
        number,
        form,
        partial(services.correct_asset, asset=asset),
        beside=FIELD_OF,
        before=facts_of(asset),
        detail="assets:asset_detail",
        money=("cost", "residual", "lost_before"),
    )


def _typed(asset: Asset) -> dict[str, Any]:
    names = (
        "name", "asset_class", "cost", "on", "used_since", "residual", "method", "location",
        "note", "place", "seller", "lost_before",
    )  # fmt: skip
    typed = {name: getattr(asset, name) for name in names}
    return typed | {"life": Decimal(asset.life_months) / 12 if asset.life_months else None}
