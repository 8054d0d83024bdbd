"""Facts that taxes depend on, each with its document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.services import record
from canting.kernel.identity import parse_npwp
from canting.taxes.errors import DocumentNeeded, OwnNumberNeeded
from canting.taxes.models import TaxFact
from canting.taxes.rules import PKP, PKP_ON

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User


@transaction.atomic
def state_fact(
    *,
    cooperative: Cooperative,
    kind: str,
    valid_from: date,
    document: str,
    actor: User,
    party: Party | None = None,
    value: str = "",
    tax_number: str = "",
) -> TaxFact:
    """Write down, with its document, a fact the taxes depend on; a later one takes its place.

    When the final tax began, whether a payee has a number, from when we are a VAT payer (PKP; with
    our own number). Raises DocumentNeeded, OwnNumberNeeded, BadNpwp.
    """
    if not document.strip():
        raise DocumentNeeded()
    own = parse_npwp(tax_number) or "" if kind == PKP else ""
    if kind == PKP and value == PKP_ON and not own:
        raise OwnNumberNeeded()
    made = TaxFact.objects.create(
        cooperative=cooperative,
        kind=kind,
        party=party,
        value=value,
        valid_from=valid_from,
        document=document.strip()[:120],
        tax_number=own,
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="taxes.fact_stated",
        subject=kind,
        facts={"from": valid_from.isoformat(), "value": value, "document": made.document},
        for_party=party,
    )
    return made
