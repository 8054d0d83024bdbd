"""What several pages of slips share: the way to WhatsApp of each slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from canting.kernel.wa import wa_address
from canting.members import selectors as members
from canting.settlement.papers import slip_text
from canting.settlement.services import slip_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from canting.cooperatives.models import Cooperative
    from canting.settlement.models import Slip


@dataclass(frozen=True)
class SendRow:
    """A slip in a list, and whether its maker can be reached by WhatsApp."""

    slip: Slip
    has_phone: bool


def send_rows(cooperative: Cooperative, slips: Sequence[Slip]) -> list[SendRow]:
    """Slips with the reach of their makers; one query for all phones."""
    found = members.members_of_parties(
        cooperative=cooperative, party_ids=[slip.party_id for slip in slips]
    )
    phones = {party_id: member.phone for party_id, member in found.items()}
    return [SendRow(slip, bool(wa_address(phones.get(slip.party_id, "")))) for slip in slips]


def message_of(slip: Slip) -> tuple[str, str]:
    """The text of a slip and the address that opens it in WhatsApp ("" without a mobile)."""
    link = ""
    if settings.PUBLIC_URL:
        link = f"{settings.PUBLIC_URL}{reverse('token', args=[slip_token(slip=slip).token])}"
    text = slip_text(slip, link=link)
    member = members.member_of_party(cooperative=slip.cooperative, party_id=slip.party_id)
    return text, wa_address(member.phone, text) if member else ""
