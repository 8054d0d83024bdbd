"""The link on a receipt that shows its holder that the payment is in the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from canting.cooperatives.services import issue_token
from canting.kernel.addresses import address
from canting.ledger.rules import PROOF_PURPOSE

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def proof_link(*, cooperative: Cooperative, paper: str) -> str:
    """The whole address of a paper's proof, always the same one.

    Empty without a public address: no paper shows a link that could not open.
    """
    if not settings.PUBLIC_URL:
        return ""
    made = issue_token(cooperative=cooperative, purpose=PROOF_PURPOSE, subject=paper)
    return f"{settings.PUBLIC_URL}{address('token', made.token)}"
