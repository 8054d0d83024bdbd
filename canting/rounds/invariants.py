"""What must always hold in buying together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.ledger import selectors as ledger
from canting.purchasing import selectors as purchasing
from canting.rounds.models import Fund, FundMove, Round, Share, ShareOutItem
from canting.rounds.rules import FundKind, FundState, MoveKind, ShareOutState, ShareState

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """Every number given in BB stands on exactly one round."""
    numbers = Round.objects.filter(cooperative=cooperative).values_list("number", flat=True)
    yield from house.numbering_gaps(cooperative=cooperative, series="BB", numbers=numbers)


def shares_add_up(cooperative: Cooperative) -> Iterator[str]:
    """Of every material in a sharing: to members and to the store is what came, to the rupiah too."""
    sums: dict[tuple[int, int], dict[str, Any]] = {
        (row["share_out_id"], row["item_id"]): dict(row)
        for row in Share.objects.filter(share_out__cooperative=cooperative)
        .order_by()
        .values("share_out_id", "item_id")
        .annotate(quantity=Sum("base_quantity"), money=Sum("amount"), paid=Sum("cost"))
    }
    items = ShareOutItem.objects.filter(share_out__cooperative=cooperative)
    for one in items.select_related("item", "share_out__round").order_by("id").iterator():
        row = sums.get((one.share_out_id, one.item_id), {})
        quantity, money, paid = (row.get(name, 0) for name in ("quantity", "money", "paid"))
        facts = {
            "number": one.share_out.round.number,
            "item": one.item.name,
            "left": format_quantity(one.arrived - one.to_store - Decimal(quantity)),
        }
        if one.arrived != one.to_members + one.to_store or one.to_members != quantity:
            yield _("%(number)s: shares of %(item)s differ from what came by %(left)s.") % facts
        if one.charged != money or one.landed != paid + one.store_cost:
            yield _("%(number)s: the amounts of %(item)s do not add up.") % facts


def deposits_stand_in_the_books(cooperative: Cooperative) -> Iterator[str]:
    """What is held of each member by the rounds is what her account in the books says."""
    by_party: dict[int, int] = {}
    funds = Fund.objects.filter(
        cooperative=cooperative, kind=FundKind.DEPOSIT, state=FundState.STANDING
    )
    rows = (
        funds.order_by()
        .values("party_id", "carried")
        .annotate(brought=Sum("amount"), gone=Sum(F("used") + F("returned")))
    )
    for row in rows:
        brought = 0 if row["carried"] else row["brought"]
        by_party[row["party_id"]] = by_party.get(row["party_id"], 0) + brought - row["gone"]
    for balance in ledger.party_balances(cooperative=cooperative, role="round_deposit"):
        held = by_party.pop(balance.party_id, 0)
        if held != balance.balance:
            yield _("%(name)s: rounds hold %(held)s, the books say %(booked)s.") % {
                "name": balance.name,
                "held": format_rupiah(held),
                "booked": format_rupiah(balance.balance),
            }
    for held in by_party.values():
        if held:
            yield _("%(held)s of a deposit stands in no book.") % {"held": format_rupiah(held)}


def moves_explain_deposits(cooperative: Cooperative) -> Iterator[str]:
    """What was used and given back of a deposit is the sum of its moves that stand."""
    moved: dict[tuple[int, str], int] = {}
    moves = FundMove.objects.filter(fund__cooperative=cooperative, undone=False)
    for row in moves.order_by().values("fund_id", "kind").annotate(sum=Sum("amount")):
        moved[row["fund_id"], row["kind"]] = row["sum"]
    funds = Fund.objects.filter(cooperative=cooperative, kind=FundKind.DEPOSIT).order_by("id")
    for fund in funds.iterator():
        for kind, said in ((MoveKind.USED, fund.used), (MoveKind.RETURNED, fund.returned)):
            if moved.get((fund.pk, kind), 0) != said:
                yield _("Deposit %(paper)s and its moves differ.") % {"paper": fund.paper}


def handed_shares_have_their_paper(cooperative: Cooperative) -> Iterator[str]:
    """A share that was handed out names its hand-out, one that waits has none."""
    shares = Share.objects.filter(
        share_out__cooperative=cooperative, share_out__state=ShareOutState.STANDING
    )
    odd = shares.filter(
        Q(state=ShareState.HANDED, hand_out="") | (Q(state=ShareState.WAITING) & ~Q(hand_out=""))
    )
    for share in odd.select_related("round").order_by("id"):
        yield _("%(number)s: a share and its hand-out do not agree.") % {
            "number": share.round.number
        }


def handed_shares_stand(cooperative: Cooperative) -> Iterator[str]:
    """A share that was handed out lies on a hand-out that was not put right."""
    handed = Share.objects.filter(
        share_out__cooperative=cooperative,
        share_out__state=ShareOutState.STANDING,
        state=ShareState.HANDED,
    )
    standing = purchasing.standing_hand_outs(
        cooperative=cooperative, numbers=handed.values_list("hand_out", flat=True)
    )
    for share in handed.select_related("round").order_by("id"):
        if share.hand_out not in standing:
            yield _("%(number)s: the hand-out %(paper)s of a share was put right.") % {
                "number": share.round.number,
                "paper": share.hand_out,
            }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "rounds.numbers_have_no_gap",
        gettext_lazy("Rounds of buying together are numbered without a gap."),
        numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
    Invariant(
        "rounds.shares_add_up",
        gettext_lazy("Shares and what went to the store are what came, to the rupiah."),
        shares_add_up,
    ),
    Invariant(
        "rounds.deposits_stand_in_the_books",
        gettext_lazy("Money held for each member is what the books say."),
        deposits_stand_in_the_books,
        "parties",
        "portal:verify_page",
    ),
    Invariant(
        "rounds.moves_explain_deposits",
        gettext_lazy("What was used and given back of deposits is explained by papers."),
        moves_explain_deposits,
    ),
    Invariant(
        "rounds.handed_shares_have_their_paper",
        gettext_lazy("Every share that was handed out has its hand-out."),
        handed_shares_have_their_paper,
    ),
    Invariant(
        "rounds.handed_shares_stand",
        gettext_lazy("No share lies on a hand-out that was put right."),
        handed_shares_stand,
    ),
)
