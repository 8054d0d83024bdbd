"""The bank's lines of an account: read, looked through, the sure ones matched at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cash import selectors as cash
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.treasury import selectors, services
from canting.treasury.forms import ReadForm
from canting.treasury.rules import sure_pairs
from canting.treasury.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

SHOWN_ENTRIES = 100


@require_safe
@requires("treasury.view_bank")
@listed()
def bank_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """How an account stands by bank and book, and the lines that wait for their entry."""
    accounts = cash.bank_accounts(cooperative=cooperative)
    account = _account(cooperative, request.GET.get("rekening", ""))
    shown = request.GET.get("lihat", "")
    if request.sheet and account is not None:
        return _as_file(request, cooperative, account, shown)
    context: dict[str, Any] = {"accounts": accounts, "account": account, "shown": shown, "sure": 0}
    if account is not None:
        context |= _lines(request, cooperative, account, shown)
        context["figures"] = selectors.figures(cooperative=cooperative, account=account)
        context["label"] = ledger.label(account)
        context["lists"] = list(selectors.statements(cooperative=cooperative, account=account)[:6])
    context["choices"] = [(one.code, ledger.label(one)) for one in accounts]
    return render_page(request, "treasury/bank_page.html", context, block="rows")


def _as_file(request: Request, cooperative: Cooperative, account: Any, shown: str) -> HttpResponse:
    """The lines asked for of an account, or the entries that the bank does not show."""
    name = f"bank-{account.code}"
    if shown == "buku":
        head = selectors.figures(cooperative=cooperative, account=account)
        entries = selectors.open_entries(cooperative=cooperative, account=account, until=head.until)
        return as_file(request, cooperative, name, columns.ENTRIES, entries)
    rows = selectors.lines(cooperative=cooperative, account=account)
    asked = rows if shown == "semua" else rows.filter(is_matched=False)
    lines = asked.order_by("-on", "-statement_id", "-place")
    return as_file(request, cooperative, name, columns.LINES, lines)


def _lines(request: Request, cooperative: Cooperative, account: Any, shown: str) -> dict[str, Any]:
    """The lines asked for, with what each may be; or the entries that the bank does not show."""
    if shown == "buku":
        head = selectors.figures(cooperative=cooperative, account=account)
        entries = selectors.open_entries(cooperative=cooperative, account=account, until=head.until)
        return {"entries": [(one, selectors.signed(one)) for one in entries[:SHOWN_ENTRIES]]}
    rows = selectors.lines(cooperative=cooperative, account=account)
    waiting = rows.filter(is_matched=False)
    found = selectors.candidates(
        cooperative=cooperative, account=account, found=waiting, on=today(cooperative.zone)
    )
    return {
        "page": page_of(
            rows if shown == "semua" else waiting,
            order=["-on", "-statement_id", "-place"],
            after=request.GET.get("after"),
        ),
        "maybe": found,
        "sure": len(sure_pairs(found)),
    }


def _account(cooperative: Cooperative, code: str) -> Any:
    found = selectors.account_of(cooperative=cooperative, code=code)
    if found is None and code:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@requires("treasury.match_bank")
def bank_read(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Read a list of the bank from a file or a pasted block."""
    on = today(cooperative.zone)
    accounts = cash.bank_accounts(cooperative=cooperative)
    form = ReadForm(
        request.POST or None,
        request.FILES or None,
        accounts=[(one.code, ledger.label(one)) for one in accounts],
        today=on,
        initial={"account": request.GET.get("rekening", "")},
    )
    if form.is_valid() and form.table is not None:
        account = _account(cooperative, form.cleaned_data["account"])
        with tried(form) as attempt:
            made, count = services.read_statement(
                cooperative=cooperative,
                account=account,
                table=form.table,
                on=on,
                actor=request.user,
                columns=form.columns() or None,
                style=form.cleaned_data["style"],
                until=form.cleaned_data["until"],
                filename=str(getattr(form.cleaned_data["file"], "name", "") or ""),
            )
        if attempt.done:
            undo = reverse("treasury:bank_take_back", args=[cooperative.slug, made.pk])
            notice(request, _("%(count)s new lines of the bank.") % {"count": count}, undo_url=undo)
            return redirect(_address(cooperative, account.code))
        form.ask_columns(services.guessed_columns(cooperative=cooperative, table=form.table))
    status = 422 if form.is_bound else 200
    return render_page(request, "treasury/bank_read.html", {"form": form}, status=status)


@require_POST
@requires("treasury.match_bank")
def bank_sure(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Match every line that can only be one entry."""
    account = _account(cooperative, request.POST.get("rekening", ""))
    if account is None:
        raise Http404
    count = services.match_sure(
        cooperative=cooperative,
        account=account,
        on=today(cooperative.zone),
        actor=request.user,
    )
    notice(request, _("%(count)s lines have their entry now.") % {"count": count})
    return redirect(_address(cooperative, account.code))


@require_http_methods(["GET", "POST"])
@requires("treasury.match_bank")
def bank_take_back(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Forget a list that was read by mistake."""
    statement = selectors.statement(cooperative=cooperative, pk=pk)
    if statement is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        code = statement.account.code
        with tried() as attempt:
            services.take_back(statement=statement, actor=request.user)
        if attempt.done:
            notice(request, _("The list is taken back. Nothing in the books has changed."))
            return redirect(_address(cooperative, code))
        refusal = attempt.words
    context = {
        "statement": statement,
        "label": ledger.label(statement.account),
        "count": statement.lines.count(),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render_page(request, "treasury/bank_take_back.html", context, status=status)


def _address(cooperative: Cooperative, code: str) -> str:
    return reverse("treasury:bank_page", args=[cooperative.slug]) + f"?rekening={code}"
