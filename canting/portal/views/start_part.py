"""One step of Mulai pakai: its grid, sheets read into it, saving, and the paper behind an entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.quantities import Convention
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.portal import forms, imports, selectors, services
from canting.portal.errors import TooManyRows
from canting.portal.rules.opening import PARTS, STEP_OF_WORD, WORDS, PartState, Step
from canting.savings import selectors as savings

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

# Pages of the domains where lists are kept that a step needs: step -> (label, view).
LISTS: Mapping[Step, tuple[tuple[Callable[[], str], str], ...]] = {
    Step.MEMBERS: (
        (lambda: _("Read a whole list of members"), "members:import_start"),
        (lambda: _("Members"), "members:member_list"),
    ),
    Step.DUES: (
        (lambda: _("Suppliers"), "purchasing:supplier_list"),
        (lambda: _("Buyers"), "sales:buyer_list"),
        (lambda: _("Members"), "members:member_list"),
    ),
    Step.STOCK: ((lambda: _("Items, units and prices"), "catalogue:item_list"),),
    Step.CLOTH: ((lambda: _("Products, piece rates and grades"), "catalogue:item_list"),),
    Step.ORDERS: ((lambda: _("Buyers"), "sales:buyer_list"),),
}


def lists_of(cooperative: Cooperative, step: Step) -> list[tuple[str, str]]:
    """The pages of other domains that a step needs, those that exist."""
    found = []
    for label, view in LISTS.get(step, ()):
        try:
            found.append((label(), reverse(view, args=[cooperative.slug])))
        except NoReverseMatch:
            continue
    return found


def _step(word: str) -> Step:
    if word not in STEP_OF_WORD:
        raise Http404
    return STEP_OF_WORD[word]


@require_http_methods(["GET", "POST"])
@requires("portal.start")
def start_part(request: Request, cooperative: Cooperative, step: str) -> HttpResponse:
    """One step: its grid, filled by hand, by pasting, or from a file; saved whole or not at all."""
    which = _step(step)
    known = forms.Known(cooperative)
    if request.method != "POST":
        return _part_page(request, cooperative, which, _kept_grid(which, known))
    grid = forms.GRID_OF[which](request.POST, prefix=forms.PREFIX, form_kwargs={"known": known})
    if "read" in request.POST:
        return _read(request, cooperative, which, grid)
    if not grid.is_valid():
        return _part_page(request, cooperative, which, grid, status=422)
    try:
        _save(cooperative, which, grid, request)
    except DomainError as refusal:
        return _part_page(request, cooperative, which, grid, status=422, refusal=str(refusal))
    notice(request, _("Saved: %(step)s.") % {"step": selectors.step_name(which)})
    return redirect("portal:start_page", cooperative.slug)


def _kept_grid(step: Step, known: forms.Known) -> forms.Grid:
    """The draft with its errors when there is one, else what is booked and what may be filled in."""
    cooperative = known.cooperative
    draft = selectors.part(cooperative=cooperative, step=step, state=PartState.DRAFT)
    options: dict[str, Any] = {"prefix": forms.PREFIX, "form_kwargs": {"known": known}}
    if draft:
        grid: forms.Grid = forms.GRID_OF[step](forms.grid_data(draft.rows), **options)
        return grid
    booked = selectors.part(cooperative=cooperative, step=step)
    rows = list(booked.rows) if booked else []
    grid = forms.GRID_OF[step](initial=rows + _to_fill_in(step, known, rows), **options)
    return grid


def _to_fill_in(step: Step, known: forms.Known, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows without amounts: every cash place, every account, every member not entered yet."""
    if step == Step.SAVINGS:
        there = {row["number"] for row in rows}
        found = members.active_members(cooperative=known.cooperative)[:2000]
        stated = _stated_shares(known.cooperative)
        return [
            {"number": m.number, "name": m.full_name, **stated.get(m.number, {})}
            for m in found
            if m.number not in there
        ]
    choices = {Step.CASH: known.cash_choices, Step.BALANCES: known.balance_choices}.get(step)
    there = {row.get("account", "") for row in rows}
    return [{"account": code} for code, _label in choices() if code not in there] if choices else []


def _stated_shares(cooperative: Cooperative) -> dict[str, dict[str, str]]:
    """Savings that imported sheets stated and no opening holds yet, as typed cells by member number."""
    found: dict[str, dict[str, str]] = {}
    for member, kind, amount in savings.brought_rows(cooperative=cooperative):
        found.setdefault(member.number, {})[kind] = str(amount)
    return found


def _part_page(
    request: Request,
    cooperative: Cooperative,
    step: Step,
    grid: forms.Grid,
    *,
    status: int = 200,
    refusal: str = "",
    sheet: forms.SheetForm | None = None,
) -> HttpResponse:
    trial = selectors.opening_trial(cooperative=cooperative)
    valid = grid.is_bound and grid.is_valid()
    return render_page(
        request,
        "portal/start/part.html",
        {
            "step": step,
            "name": selectors.step_name(step),
            "word": WORDS[step],
            "grid": grid,
            "errors": [] if valid or not grid.is_bound else grid.cell_errors(),
            "refusal": refusal,
            "sums": grid.sums(),
            "draft": selectors.part(cooperative=cooperative, step=step, state=PartState.DRAFT),
            "booked": selectors.part(cooperative=cooperative, step=step),
            "difference": selectors.difference_of(trial),
            "sheet": sheet or forms.SheetForm(),
            "lists": lists_of(cooperative, step),
            "people": _people(grid, step),
            "money": forms.MONEY,
            "numbers": forms.NUMBERS,
            "is_part": step in PARTS,
            "frozen": bool(cooperative.signed_at) and step in PARTS,
            "licence": step != Step.SAVINGS or _known(grid).has_licence,
        },
        status=status,
    )


def _known(grid: Any) -> forms.Known:
    known: forms.Known = grid.form_kwargs["known"]
    return known


def _people(grid: forms.Grid, step: Step) -> dict[str, list[str]]:
    """Names and items that help typing, by the id of their list."""
    known = _known(grid)
    people = known.parties("member").labels if step in {Step.STOCK, Step.CLOTH} else []
    if step == Step.DUES:
        kinds = {known.accounts[code].party_kind for code, _label in known.due_choices()}
        people = [label for kind in sorted(kinds) for label in known.parties(kind).labels]
    if step == Step.ORDERS:
        people = known.buyers.labels
    items = {
        Step.STOCK: lambda: known.materials.labels,
        Step.CLOTH: lambda: known.products.labels,
        Step.ORDERS: lambda: known.products.labels,
    }
    return {"who": people, "items": items.get(step, list)()}


def _read(request: Request, cooperative: Cooperative, step: Step, grid: forms.Grid) -> HttpResponse:
    """Turn a sheet into rows of the grid; they wait as a draft, nothing is booked."""
    sheet = forms.SheetForm(request.POST, request.FILES)
    if not sheet.is_valid():
        return _part_page(request, cooperative, step, grid, status=422, sheet=sheet)
    upload = sheet.cleaned_data["file"]
    with tried(sheet, beside="file" if upload else "text") as attempt:
        found = _sheet_of(sheet, step)
        before = grid.typed_rows() if sheet.cleaned_data["add"] else []
        if len(before) + len(found.rows) > forms.MOST_ROWS:
            raise TooManyRows(count=len(before) + len(found.rows), most=forms.MOST_ROWS)
        services.keep_draft(
            cooperative=cooperative,
            step=step,
            rows=[*before, *found.rows],
            facts={
                "name": upload.name if upload else "",
                "columns": found.columns,
                "left_out": found.left_out,
                "numbers": sheet.cleaned_data["numbers"] or "id",
                "samples": found.samples,
                "read": len(found.rows),
            },
            actor=request.user,
        )
    if not attempt.done:
        return _part_page(request, cooperative, step, grid, status=422, sheet=sheet)
    return redirect("portal:start_part", cooperative.slug, WORDS[step])


def _sheet_of(sheet: forms.SheetForm, step: Step) -> imports.Sheet:
    """What the file or the pasted block holds, its figures read as the person said it writes them."""
    upload = sheet.cleaned_data["file"]
    convention: Convention = "en" if sheet.cleaned_data["numbers"] == "en" else "id"
    if upload:
        return imports.sheet_of_file(
            step=step, data=upload.read(), filename=upload.name, convention=convention
        )
    return imports.sheet_of_text(step=step, text=sheet.cleaned_data["text"], convention=convention)


def _save(cooperative: Cooperative, step: Step, grid: forms.Grid, request: Request) -> None:
    """Give the valid rows to the service of the step."""
    filled, actor = grid.filled(), request.user
    if step == Step.MEMBERS:
        rows = [form.facts() for form in filled]
        services.admit_members(cooperative=cooperative, rows=rows, actor=actor)
    elif step == Step.ORDERS:
        taken = [form.taken() for form in filled]
        services.take_open_orders(cooperative=cooperative, lines=taken, actor=actor)
    elif step == Step.SAVINGS:
        balances = [one for form in filled for one in form.balances()]
        services.put_savings(
            cooperative=cooperative, balances=balances, rows=grid.rows(), actor=actor
        )
    elif step in {Step.STOCK, Step.CLOTH}:
        goods = [form.goods() for form in filled]
        services.put_goods(
            cooperative=cooperative, step=step, goods=goods, rows=grid.rows(), actor=actor
        )
    else:
        lines = forms.lines_of(
            filled,
            lambda kind, name: services.new_partner(cooperative=cooperative, kind=kind, name=name),
        )
        if step == Step.DUES:
            claims = [claim for form in filled if (claim := form.claim())]
            services.put_dues(
                cooperative=cooperative, lines=lines, claims=claims, rows=grid.rows(), actor=actor
            )
        else:
            services.put_balances(
                cooperative=cooperative, step=step, lines=lines, rows=grid.rows(), actor=actor
            )


@require_POST
@requires("portal.start")
def start_drop(request: Request, cooperative: Cooperative, step: str) -> HttpResponse:
    """Drop the rows that were read from a sheet; what is booked stays."""
    dropped = services.drop_draft(cooperative=cooperative, step=_step(step))
    notice(request, _("%(count)s rows were dropped.") % {"count": dropped})
    return redirect("portal:start_part", cooperative.slug, step)


@require_safe
@requires("ledger.view_books")
def start_paper(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What an entry of the opening came from: the rows of one step as they were saved then."""
    step, _colon, count = number.partition(":")
    found = selectors.part_by_number(
        cooperative=cooperative, step=step, number=count.partition(".")[0]
    )
    if found is None:
        raise Http404
    grid = forms.GRID_OF[Step(found.step)](
        initial=found.rows, prefix=forms.PREFIX, form_kwargs={"known": forms.Known(cooperative)}
    )
    return render_page(
        request,
        "portal/start/paper.html",
        {
            "part": found,
            "name": selectors.step_name(Step(found.step)),
            "word": WORDS[Step(found.step)],
            "table": forms.as_read(grid),
            "is_current": found.state == PartState.POSTED,
        },
    )
