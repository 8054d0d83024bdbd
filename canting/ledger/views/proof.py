"""The page behind the code on a receipt: this payment is in the books, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import by_token
from canting.kernel.htmx import render_page
from canting.ledger import selectors
from canting.ledger.rules import PROOF_PURPOSE

if TYPE_CHECKING:
    from canting.cooperatives.models import Token


@require_safe
@by_token(PROOF_PURPOSE)
def paper_proof(request: HttpRequest, token: Token) -> HttpResponse:
    """Date, amount, number and place in the chain of one paper; nobody's name."""
    proof = selectors.proof_of(cooperative=token.cooperative, paper=token.subject)
    if proof is None:
        raise Http404
    context = {"cooperative": token.cooperative, "proof": proof}
    return render_page(request, "ledger/proof.html", context)
