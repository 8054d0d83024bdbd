"""What makers agreed to in writing, and where their transfers go."""

from __future__ import annotations

import re
import secrets
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.services import record
from canting.kernel.dates import format_date
from canting.kernel.typed import clean, shown
from canting.settlement.errors import BadAccountNumber, BadConsent, ConsentEnded
from canting.settlement.models import BankAccount, Consent
from canting.settlement.rules import CONSENT_ROLES

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User


@transaction.atomic
def note_consent(
    *,
    cooperative: Cooperative,
    party: Party,
    role: str,
    purpose: str,
    amount: int,
    signed_on: date,
    on: date,
    actor: User,
) -> Consent:
    """Note a signed consent: at most this amount from each pay, for this purpose. Raises BadConsent."""
    words = clean(purpose)[:80]
    if role not in CONSENT_ROLES or not words or amount <= 0 or signed_on > on:
        raise BadConsent()
    made = Consent.objects.create(
        cooperative=cooperative,
        reference=f"PS-{secrets.token_hex(4)}",
        party=party,
        role=role,
        purpose=words,
        amount=amount,
        signed_on=signed_on,
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="settlement.consent_noted",
        subject=made.reference,
        facts={"purpose": words, "amount": amount, "signed_on": signed_on},
        for_party=party,
    )
    return made


@transaction.atomic
def end_consent(*, consent: Consent, on: date, actor: User) -> Consent:
    """End a consent from a day on; slips already written keep theirs. Raises ConsentEnded."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.ended_on:
        raise ConsentEnded(purpose=consent.purpose, date=format_date(consent.ended_on))
    consent.ended_on = on
    consent.save(update_fields=["ended_on"])
    record(
        cooperative_id=consent.cooperative_id,
        actor=actor,
        action="settlement.consent_ended",
        subject=consent.reference,
        for_party=consent.party,
    )
    return consent


@transaction.atomic
def set_bank_account(
    *, cooperative: Cooperative, party: Party, bank: str, number: str, holder: str, actor: User
) -> BankAccount:
    """Keep or change where a maker's transfers go; the former account stays in the audit trail."""
    digits = re.sub(r"[ .-]", "", clean(number))
    if not re.fullmatch(r"\d{5,30}", digits):
        raise BadAccountNumber(typed=shown(number))
    before = BankAccount.objects.filter(party=party).first()
    account, _made = BankAccount.objects.update_or_create(
        party=party,
        defaults={
            "cooperative": cooperative,
            "bank": clean(bank)[:60],
            "number": digits,
            "holder": clean(holder)[:120] or party.name,
            "changed_by": actor,
            "changed_at": timezone.now(),
        },
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="settlement.bank_account_set",
        subject=party.number,
        facts={"before": str(before or ""), "after": str(account)},
        for_party=party,
    )
    return account
