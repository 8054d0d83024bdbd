"""What is known of members who leave: what they get, what they owe, what still ties them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from canting.kernel.money import format_rupiah
from canting.kernel.ties import Tie, ties_of
from canting.ledger import selectors as ledger
from canting.savings.models import Exit, ExitPaper
from canting.savings.rules import OWED_BY_HER, OWED_TO_HER, TIED_ROLES, ExitState

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

OPEN = (ExitState.ASKED, ExitState.APPROVED)
# Where what ties a leaver is settled; the pages of other domains, by account.
SETTLED_AT = {
    "custody": "purchasing:member_materials",
    "advance_maker": "production:member_work",
}


def exits(*, cooperative: Cooperative, state: str = "") -> QuerySet[Exit]:
    """Leavings with their member, newest first, of one state or all."""
    found = Exit.objects.filter(cooperative=cooperative)
    if state:
        found = found.filter(state=state)
    found = found.select_related("member__party", "decided_by", "made_by", "successor")
    return found.order_by("-asked_on", "-id")


def exits_waiting(*, cooperative: Cooperative) -> QuerySet[Exit]:
    """Leavings that wait for the board or for their payment, the earliest term first."""
    return exits(cooperative=cooperative).filter(state__in=OPEN).order_by("pay_by", "id")


def exit_by_number(*, cooperative: Cooperative, number: str) -> Exit | None:
    """The leaving with this number, or nothing."""
    return exits(cooperative=cooperative).filter(number=number).first()


def open_exit(*, member: Member) -> Exit | None:
    """The leaving of a member that is asked for or decided and not yet paid, or nothing."""
    return exits(cooperative=member.cooperative).filter(member=member, state__in=OPEN).first()


def last_exit(*, member: Member) -> Exit | None:
    """The last leaving of a member that was not ended without effect, or nothing."""
    found = exits(cooperative=member.cooperative).filter(member=member)
    return found.exclude(state=ExitState.ENDED).first()


def lock_exit(*, cooperative: Cooperative, number: str) -> Exit:
    """The leaving with this number, locked until the transaction ends."""
    return (
        Exit.objects.select_for_update(of=("self",))
        .select_related("member__party", "cooperative")
        .get(cooperative=cooperative, number=number)
    )


def exit_paper(*, cooperative: Cooperative, number: str) -> ExitPaper | None:
    """The payment or set-off with this number, or nothing."""
    return (
        ExitPaper.objects.filter(cooperative=cooperative, number=number)
        .select_related("exit__member__party", "successor", "made_by")
        .prefetch_related("parts")
        .first()
    )


def papers_of(leaving: Exit) -> QuerySet[ExitPaper]:
    """Payments and set-offs of one leaving, oldest first."""
    return leaving.papers.prefetch_related("parts").order_by("id")


def lock_exit_paper(*, cooperative: Cooperative, number: str) -> ExitPaper:
    """The payment or set-off with this number, locked until the transaction ends."""
    return (
        ExitPaper.objects.select_for_update(of=("self",))
        .select_related("exit__member__party", "cooperative")
        .get(cooperative=cooperative, number=number)
    )


def _of_roles(member: Member, roles: Iterable[str]) -> dict[str, int]:
    found = ledger.balances_of_party(cooperative=member.cooperative, party=member.party)
    return {role: found[role] for role in roles if found.get(role, 0) > 0}


def owed_to_her(*, member: Member) -> dict[str, int]:
    """What a leaver gets, by account: approved shares, savings, parts of surplus; whole rupiah."""
    return _of_roles(member, OWED_TO_HER)


def owed_by_her(*, member: Member) -> dict[str, int]:
    """What a leaver owes for material and damage, by account; whole rupiah."""
    return _of_roles(member, OWED_BY_HER)


def open_ties(*, member: Member, on: date) -> list[Tie]:
    """What has to be finished before a leaver is paid: goods, advances, work; a sentence each."""
    held = _of_roles(member, TIED_ROLES)
    found = [
        Tie(
            _("%(account)s: %(amount)s is still open.")
            % {"account": ledger.account_name(role), "amount": format_rupiah(amount)},
            SETTLED_AT.get(role, ""),
            member.number if role in SETTLED_AT else "",
        )
        for role, amount in held.items()
    ]
    return found + ties_of(cooperative=member.cooperative, party=member.party, on=on)
