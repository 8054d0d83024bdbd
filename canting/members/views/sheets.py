"""Import from Excel: bring, choose columns, look through and put right, take in, undo."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives import selectors as cooperatives
from canting.cooperatives import services as house
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.kernel.sealed import unseal
from canting.kernel.tables_in import Table, paste_to_table, read_table
from canting.members.forms import ColumnsForm, SheetForm
from canting.members.imports import (
    KIND,
    UNDO_FOR,
    Sheet,
    brought_sheet,
    column_samples,
    error_file,
    field_labels,
    mapping_for,
    opened_sheet,
    remember_columns,
    review,
    sealed_text,
    take_in,
    undo_import,
)
from canting.members.views.grid import grid_context

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, PastedSheet

CELL = re.compile(r"^c-(\d+)-([a-z_]+)$")
KEPT_SHEETS = 20


def _kept_or_404(cooperative: Cooperative, reference: str) -> PastedSheet:
    found = cooperatives.sheet(cooperative=cooperative, kind=KIND, reference=reference)
    if found is None:
        raise Http404
    return found


def _opened(kept: PastedSheet) -> Sheet:
    return opened_sheet(unseal(kept.content))


@require_http_methods(["GET", "POST"])
@requires("members.import_members")
def import_start(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Bring a file or pasted rows; sheets not finished, sheets taken in, layouts remembered."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with tried(form, beside="file" if form.cleaned_data.get("file") else "pasted") as attempt:
            table, name = _read(form)
        if attempt.done:
            return _keep(request, cooperative, table, name)
    now = timezone.now()
    sheets = [
        (kept, kept.taken_at is not None, kept.taken_at and now - kept.taken_at <= UNDO_FOR)
        for kept in cooperatives.sheets(cooperative=cooperative, kind=KIND)[:KEPT_SHEETS]
    ]
    context = {
        "form": form,
        "sheets": sheets,
        "mappings": cooperatives.mappings(cooperative=cooperative, kind=KIND),
        "labels": dict(field_labels()),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "members/import_start.html", context, block="form", status=status)


def _read(form: SheetForm) -> tuple[Table, str]:
    upload = form.cleaned_data.get("file")
    if upload:
        wanted = form.cleaned_data["sheet"] or None
        return read_table(upload.read(), filename=upload.name, sheet=wanted), upload.name
    return paste_to_table(form.cleaned_data["pasted"]), _("pasted rows")


def _keep(request: Request, cooperative: Cooperative, table: Table, name: str) -> HttpResponse:
    columns, known = mapping_for(cooperative=cooperative, header=table.header)
    kept = house.keep_sheet(
        cooperative=cooperative, kind=KIND, name=name,
        text=sealed_text(brought_sheet(table, columns)), actor=request.user,
        state={"rows": len(table.rows), "sheet": table.sheet or "", "known": known},
    )  # fmt: skip
    view = "members:import_review" if known else "members:import_columns"
    return redirect(view, cooperative.slug, kept.reference)


@require_http_methods(["GET", "POST"])
@requires("members.import_members")
def import_columns(request: Request, cooperative: Cooperative, reference: str) -> HttpResponse:
    """Which column holds what: guessed, shown with samples, chosen by hand, remembered."""
    kept = _kept_or_404(cooperative, reference)
    sheet = _opened(kept)
    form = ColumnsForm(
        request.POST or None, header=sheet.header, labels=field_labels(), columns=sheet.columns
    )
    if form.is_valid():
        columns = form.columns()
        house.update_sheet(sheet=kept, text=sealed_text(sheet.with_columns(columns)))
        remember_columns(
            cooperative=cooperative, header=sheet.header, columns=columns, actor=request.user
        )
        return redirect("members:import_review", cooperative.slug, reference)
    samples = column_samples(sheet)
    context = {
        "kept": kept,
        "form": form,
        "columns": [(bound, samples[place]) for place, bound in enumerate(form)],
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "members/import_columns.html", context, block="form", status=status)


@require_http_methods(["GET", "POST"])
@requires("members.import_members")
def import_review(request: Request, cooperative: Cooperative, reference: str) -> HttpResponse:
    """The grid: every row, what is wrong in its cell, sums beside the file's; put right in place."""
    kept = _kept_or_404(cooperative, reference)
    sheet = _opened(kept)
    here = reverse("members:import_review", args=[cooperative.slug, reference])
    if request.method == "POST" and kept.taken_at is None:
        sheet = _put_right(sheet, request)
        found = review(cooperative=cooperative, sheet=sheet, today=today(cooperative.zone))
        state = {**kept.state, "wrong": found.wrong_cells, "open": found.open_questions}
        house.update_sheet(sheet=kept, text=sealed_text(sheet), state=state)
        return redirect(here)
    found = review(cooperative=cooperative, sheet=sheet, today=today(cooperative.zone))
    everything = request.GET.get("semua") == "1"
    context = grid_context(kept=kept, sheet=sheet, found=found, everything=everything)
    context["now"] = timezone.now()
    return render_page(request, "members/import_review.html", context)


def _put_right(sheet: Sheet, request: Request) -> Sheet:
    """The sheet with what was typed and ticked; rows that were not on the page keep their state."""
    fixes: dict[str, dict[str, str]] = {}
    for key, value in request.POST.items():
        match = CELL.match(key)
        if match and isinstance(value, str) and (match[2] != "nik" or value.strip()):
            fixes.setdefault(match[1], {})[match[2]] = value.strip()
    on_page = {int(number) for number in request.POST.getlist("row") if number.isdecimal()}
    left_out = {int(number) for number in request.POST.getlist("out") if number.isdecimal()}
    asked = set(request.POST.getlist("asked"))
    answered = set(request.POST.getlist("ok"))
    return sheet.put_right(
        fixes=fixes,
        left_out=frozenset((sheet.left_out - on_page) | left_out),
        answered=frozenset((sheet.answered - asked) | (answered & asked)),
        stated={
            key.removeprefix("stated-"): str(value).strip()
            for key, value in request.POST.items()
            if key.startswith("stated-")
        },
    )


@require_safe
@requires("members.import_members")
def import_errors(request: Request, cooperative: Cooperative, reference: str) -> FileResponse:
    """The person's own file back, with a last column that says what is wrong in each row."""
    kept = _kept_or_404(cooperative, reference)
    sheet = _opened(kept)
    found = review(cooperative=cooperative, sheet=sheet, today=today(cooperative.zone))
    house.record(
        cooperative_id=cooperative.pk, actor=request.user, action="members.sheet_downloaded",
        subject=reference,
    )  # fmt: skip
    name = re.sub(r"\.\w+$", "", kept.name) + "-kesalahan.xlsx"
    return FileResponse(error_file(sheet=sheet, found=found), as_attachment=True, filename=name)


def _back(request: Request, cooperative: Cooperative, reference: str, refusal: str) -> HttpResponse:
    notice(request, refusal, kind="wrong")
    return redirect("members:import_review", cooperative.slug, reference)


@require_POST
@requires("members.import_members")
def import_take(request: Request, cooperative: Cooperative, reference: str) -> HttpResponse:
    """Everything in, or nothing."""
    kept = _kept_or_404(cooperative, reference)
    try:
        _found, numbers = take_in(
            cooperative=cooperative, kept=kept, on=today(cooperative.zone), now=timezone.now(),
            actor=request.user,
        )  # fmt: skip
    except DomainError as refusal:
        return _back(request, cooperative, reference, str(refusal))
    notice(
        request,
        _("%(count)s members are in.") % {"count": len(numbers)},
        undo_url=reverse("members:import_undo", args=[cooperative.slug, reference]),
    )
    return redirect("members:member_list", cooperative.slug)


@require_POST
@requires("members.import_members")
def import_undo(request: Request, cooperative: Cooperative, reference: str) -> HttpResponse:
    """Take all members of a sheet out again, while nothing depends on any of them."""
    kept = _kept_or_404(cooperative, reference)
    try:
        count = undo_import(
            cooperative=cooperative, kept=kept, now=timezone.now(), actor=request.user
        )
    except DomainError as refusal:
        notice(request, str(refusal), kind="wrong")
        return redirect("members:import_start", cooperative.slug)
    notice(request, _("%(count)s members are out again. The sheet is kept.") % {"count": count})
    return redirect("members:import_review", cooperative.slug, reference)


@require_POST
@requires("members.import_members")
def import_drop(request: Request, cooperative: Cooperative, reference: str) -> HttpResponse:
    """Throw a sheet away; members who came in with it stay."""
    house.drop_sheet(sheet=_kept_or_404(cooperative, reference), actor=request.user)
    notice(request, _("The sheet is thrown away."))
    return redirect("members:import_start", cooperative.slug)


@require_POST
@requires("members.import_members")
def import_forget(request: Request, cooperative: Cooperative, mapping: int) -> HttpResponse:
    """Forget how a layout was read."""
    found = cooperatives.mappings(cooperative=cooperative, kind=KIND).filter(pk=mapping).first()
    if found is None:
        raise Http404
    house.forget_mapping(mapping=found, actor=request.user)
    notice(request, _("This layout is forgotten; its next file is guessed anew."))
    return redirect("members:import_start", cooperative.slug)
