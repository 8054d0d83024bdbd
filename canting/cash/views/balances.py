"""What the bank says at a month's end, beside what the book says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cash import selectors, services
from canting.cash.forms import BankBalanceForm
from canting.cash.views import columns
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import last_of_month, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import asked_day
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

LATEST = 24


@require_http_methods(["GET", "POST"])
@requires("cash.count_drawer")
@listed()
def bank_balance(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write down the balance on the bank's statement; the latest ones beside what the book says."""
    if request.sheet:
        found = selectors.typed_balances(cooperative=cooperative)
        return as_file(request, cooperative, "saldo-bank", columns.BANK_BALANCES, found)
    head = ledger.book(cooperative=cooperative)
    month = ledger.next_month_to_close(book=head)
    end = min(last_of_month(month), today(cooperative.zone))
    accounts = selectors.bank_accounts(cooperative=cooperative)
    form = BankBalanceForm(
        request.POST or None,
        accounts=[(one.code, ledger.label(one)) for one in accounts],
        initial={"on": asked_day(request.GET.get("tanggal"), end)},
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = services.write_bank_balance(
                cooperative=cooperative, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            book = selectors.bank_book(
                cooperative=cooperative, account=made.account, on=made.on
            ).balance
            is_same = book == made.amount
            text = _("Written down: the bank and the book agree.")
            if not is_same:
                text = _("Written down: the bank and the book differ.")
            notice(request, text, kind="done" if is_same else "wait")
            return redirect("cash:bank_balance", cooperative.slug)
    latest = list(selectors.typed_balances(cooperative=cooperative)[:LATEST])
    books = {
        (one.account_id, one.on): selectors.bank_book(
            cooperative=cooperative, account=one.account, on=one.on
        ).balance
        for one in {(row.account_id, row.on): row for row in latest}.values()
    }
    context = {
        "form": form,
        "rows": [(one, ledger.label(one.account), books[one.account_id, one.on]) for one in latest],
        "held": [
            (
                ledger.label(one),
                selectors.bank_book(cooperative=cooperative, account=one, on=end).balance,
            )
            for one in accounts
        ],
        "end": end,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "cash/bank_balance.html", context, status=status)
