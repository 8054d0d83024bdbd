"""Business units: the result of each beside the whole, whose an account is, how costs are shared."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.charts import Bar, compare_bars
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import asked_day
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.treasury import papers, selectors, services
from canting.treasury.errors import UnitIsThere, UnknownPlanAccount
from canting.treasury.forms import SHARED, RuleForm, UnitChangeForm, UnitForm, WeightsForm
from canting.treasury.rules import FIXED, GROSS, KINDS, REVENUE, SECTIONS

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.treasury.models import Unit
    from canting.treasury.selectors import UnitResults

FIELD_OF: dict[type[DomainError], str] = {UnitIsThere: "name", UnknownPlanAccount: "account"}
INKS = (1, 2, 3, 4, 5, 6)


def _time(request: Request, cooperative: Cooperative) -> tuple[date, date]:
    """The days of the address: this year until today."""
    until = asked_day(request.GET.get("sampai"), today(cooperative.zone))
    since = asked_day(request.GET.get("dari"), until.replace(month=1, day=1))
    return min(since, until), until


@require_safe
@requires("treasury.view_units")
def unit_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The result of each unit, which together make the surplus; as a sheet with ?bentuk=xlsx or csv."""
    since, until = _time(request, cooperative)
    told = selectors.unit_results(cooperative=cooperative, since=since, until=until)
    form = request.GET.get("bentuk", "")
    if form in ("xlsx", "csv"):
        file = papers.units_sheet(told, as_csv=form == "csv")
        name = f"unit-usaha-{cooperative.slug}-{until.isoformat()}.{form}"
        return downloads.sheet(file, name)
    context = {
        "told": told,
        "since": since,
        "until": until,
        "rows": papers.unit_rows(told),
        "chart": _chart(told),
        "key": _key_words(told.key),
        "shared": [one for one in told.rows if one.shared],
    }
    return render_page(request, "treasury/unit_page.html", context)


def _key_words(key: str) -> str:
    return {
        REVENUE: _("by the revenue of each unit"),
        GROSS: _("by the gross result of each unit"),
        FIXED: _("by fixed weights"),
    }[key]


def _chart(told: UnitResults) -> Any:
    if not told.units or not any(told.results):
        return None
    best = max(range(len(told.units)), key=lambda at: told.results[at])
    title = _("%(name)s brought the most: %(amount)s") % {
        "name": told.units[best].name,
        "amount": format_rupiah(told.results[best]),
    }
    pairs = zip(told.units, told.results, strict=True)
    bars = [Bar(one.name, result, INKS[at % 6]) for at, (one, result) in enumerate(pairs)]
    return compare_bars(title, bars)


@require_http_methods(["GET", "POST"])
@requires("treasury.set_units")
def unit_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Open a business unit."""
    form = UnitForm(request.POST or None, today=today(cooperative.zone))
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.add_unit(
                cooperative=cooperative, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            notice(request, _("%(name)s is a business unit now.") % {"name": made.name})
            return redirect("treasury:unit_rules", cooperative.slug)
    status = 422 if form.is_bound else 200
    return render_page(request, "treasury/unit_new.html", {"form": form}, status=status)


@require_safe
@requires("treasury.view_units")
def unit_detail(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """One unit: what its result is made of, account by account."""
    return _detail(request, cooperative, _unit(cooperative, pk), None)


def _detail(
    request: Request, cooperative: Cooperative, unit: Unit, form: UnitChangeForm | None
) -> HttpResponse:
    since, until = _time(request, cooperative)
    told = selectors.unit_results(cooperative=cooperative, since=since, until=until)
    at = next(place for place, one in enumerate(told.units) if one.pk == unit.pk)
    rows = [(one, one.own[at], one.parts[at]) for one in told.rows if one.own[at] or one.parts[at]]
    context = {
        "unit": unit,
        "since": since,
        "until": until,
        "rows": rows,
        "sections": {key: _(word) for key, word in SECTIONS.items()},
        "own": sum(own for _row, own, _part in rows),
        "part": sum(part for _row, _own, part in rows),
        "key": _key_words(told.key),
        "form": form or UnitChangeForm(initial={"name": unit.name, "active": unit.active}),
    }
    status = 422 if form is not None else 200
    return render_page(request, "treasury/unit_detail.html", context, status=status)


@require_POST
@requires("treasury.set_units")
def unit_change(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Rename a unit, or close it."""
    unit = _unit(cooperative, pk)
    form = UnitChangeForm(request.POST)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            services.change_unit(unit=unit, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(request, _("The unit is changed."))
            return redirect("treasury:unit_detail", cooperative.slug, pk)
    return _detail(request, cooperative, unit, form)


@require_http_methods(["GET", "POST"])
@requires("treasury.set_units")
def unit_rules(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Whose each account is, and a new rule from a day on."""
    form = _rule_form(cooperative, request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        unit = None if typed["unit"] == SHARED else _unit(cooperative, int(typed["unit"]))
        with tried(form, beside=FIELD_OF) as attempt:
            services.set_unit_rule(
                cooperative=cooperative, actor=request.user, **{**typed, "unit": unit}
            )
        if attempt.done:
            notice(request, _("The rule is set."))
            return redirect("treasury:unit_rules", cooperative.slug)
    return _rules(request, cooperative, form, None)


@require_POST
@requires("treasury.set_units")
def unit_weights(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Set the fixed weights of the units."""
    form = _weights_form(cooperative, request.POST)
    if form.is_valid():
        services.set_unit_weights(
            cooperative=cooperative,
            weights=form.weights(),
            valid_from=form.cleaned_data["valid_from"],
            actor=request.user,
        )
        notice(request, _("The weights are set."))
        return redirect("treasury:unit_rules", cooperative.slug)
    return _rules(request, cooperative, None, form)


def _rules(
    request: Request, cooperative: Cooperative, form: RuleForm | None, weights: WeightsForm | None
) -> HttpResponse:
    on = today(cooperative.zone)
    held = selectors.rules_in_force(cooperative=cooperative, on=on)
    bound = any(one is not None and one.is_bound for one in (form, weights))
    context = {
        "held": [(one, ledger.label(one.account), _(KINDS.get(one.kind, ""))) for one in held],
        "coming": list(selectors.unit_rules(cooperative=cooperative).filter(valid_from__gt=on)),
        "units": list(selectors.units(cooperative=cooperative)),
        "form": form or _rule_form(cooperative, None),
        "weights": weights or _weights_form(cooperative, None),
    }
    status = 422 if bound else 200
    return render_page(request, "treasury/unit_rules.html", context, status=status)


def _rule_form(cooperative: Cooperative, data: Any) -> RuleForm:
    accounts = selectors.plan_accounts(cooperative=cooperative)
    active = selectors.units(cooperative=cooperative).filter(active=True)
    return RuleForm(
        data,
        accounts=[(one.code, ledger.label(one)) for one in accounts],
        units=[(str(one.pk), one.name) for one in active],
        today=today(cooperative.zone),
    )


def _weights_form(cooperative: Cooperative, data: Any) -> WeightsForm:
    on = today(cooperative.zone)
    held = selectors.weights_in_force(cooperative=cooperative, on=on)
    found = selectors.units(cooperative=cooperative)
    units = [(one.pk, one.name, held.get(one.pk, 0)) for one in found]
    return WeightsForm(data, units=units, today=on)


def _unit(cooperative: Cooperative, pk: int) -> Unit:
    found = selectors.unit(cooperative=cooperative, pk=pk)
    if found is None:
        raise Http404
    return found
