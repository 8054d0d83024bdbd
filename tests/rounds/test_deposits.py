"""Money that members leave for a round: a debt with a receipt, given back, kept, carried on."""

import pytest

from canting.cash import selectors as cash_papers
from canting.cash import services as cash
from canting.cash.errors import KeptElsewhere, NotEnoughCash
from canting.kernel.errors import DomainError
from canting.ledger import selectors as ledger
from canting.ledger.models import JournalEntry
from canting.rounds import selectors, services
from canting.rounds.errors import FundUsed, MoreThanLeft, ReasonNeeded, WrongState
from canting.rounds.models import Fund
from tests.rounds.market import CAME, DEADLINE, OPENED


def take(market, found, maker="M1", amount=300_000, place="cash_main"):
    return services.take_deposit(
        found=found,
        member=market.member(maker),
        amount=amount,
        cash_place=place,
        on=OPENED,
        actor=market.actor,
    )


def lines(market, paper):
    entry = JournalEntry.objects.get(cooperative=market.cooperative, source=f"cash.paper:{paper}")
    return entry.kind, [
        (ref.account, str(ref.side), ref.amount) for ref in ledger.lines_of(entry=entry)
    ]


def test_a_deposit_is_a_debt_to_the_member_with_a_receipt(market):
    found = market.open()
    made = take(market, found)
    assert made.paper.startswith("KW/2027/")
    kind, posted = lines(market, made.paper)
    assert kind == "round_deposit"
    assert posted == [("cash_main", "D", 300_000), ("round_deposit", "K", 300_000)]
    assert market.owes("M1", "round_deposit") == 300_000
    [held] = selectors.held_by_member(found)
    assert (held.brought, held.left, held.free) == (300_000, 300_000, 300_000)


def test_what_is_left_goes_back_with_a_voucher_and_not_more(market):
    found = market.open()
    take(market, found)
    party = market.member("M1").party
    facts = {"found": found, "party": party, "on": CAME, "actor": market.actor}
    with pytest.raises(MoreThanLeft, match=r"Rp300\.000"):
        services.give_back(amount=300_001, cash_place="cash_main", **facts)
    with pytest.raises(NotEnoughCash):
        services.give_back(amount=300_000, cash_place="cash_till", **facts)
    assert Fund.objects.get().returned == 0
    number = services.give_back(amount=120_000, cash_place="cash_main", **facts)
    kind, posted = lines(market, number)
    assert (kind, number[:3]) == ("round_deposit_returned", "BK/")
    assert posted == [("round_deposit", "D", 120_000), ("cash_main", "K", 120_000)]
    assert market.owes("M1", "round_deposit") == 180_000
    back = services.undo_return(
        found=found, number=number, reason="Salah orang", on=CAME, actor=market.actor
    )
    assert back == 120_000
    assert market.owes("M1", "round_deposit") == Fund.objects.get().left == 300_000
    with pytest.raises(DomainError):
        services.undo_return(found=found, number=number, reason="Lagi", on=CAME, actor=market.actor)


def test_a_wrong_receipt_is_put_right_on_the_round_and_nowhere_else(market):
    found = market.open()
    wrong = take(market, found, amount=3_000_000)
    paper = cash_papers.paper(cooperative=market.cooperative, number=wrong.paper)
    with pytest.raises(KeptElsewhere, match=wrong.paper):
        cash.correct_paper(paper=paper, reason="Salah", on=CAME, actor=market.actor)
    facts = {"fund": wrong, "on": CAME, "actor": market.actor}
    with pytest.raises(ReasonNeeded):
        services.correct_deposit(reason=" ", amount=300_000, **facts)
    right = services.correct_deposit(reason="Nol kelebihan", amount=300_000, **facts)
    assert right.amount == market.owes("M1", "round_deposit") == 300_000
    assert services.correct_deposit(reason="Lagi", amount=300_000, **facts) is None
    services.give_back(
        found=found,
        party=right.party,
        amount=100_000,
        cash_place="cash_main",
        on=CAME,
        actor=market.actor,
    )
    with pytest.raises(FundUsed, match=r"Rp100\.000"):
        services.correct_deposit(fund=right, reason="Salah", on=CAME, actor=market.actor)
    assert market.owes("M1", "round_deposit") == 200_000


def test_a_round_called_off_keeps_the_money_for_the_next_or_to_be_fetched(market):
    found = market.open()
    take(market, found)
    with pytest.raises(ReasonNeeded):
        services.cancel_round(found=found, reason="", on=DEADLINE, actor=market.actor)
    services.cancel_round(found=found, reason="Harga naik", on=DEADLINE, actor=market.actor)
    services.cancel_round(found=found, reason="Lagi", on=DEADLINE, actor=market.actor)
    assert market.again(found).reason == "Harga naik"
    with pytest.raises(WrongState):
        take(market, found)
    later = market.open(title="Mori April")
    party = market.member("M1").party
    facts = {"found": later, "party": party, "on": CAME, "actor": market.actor}
    # Some of it is fetched after all, the rest is used in the next round; the books do not move.
    services.give_back(
        found=found,
        party=party,
        amount=50_000,
        cash_place="cash_main",
        on=CAME,
        actor=market.actor,
    )
    before = JournalEntry.objects.count()
    assert services.carry_over(**facts) == 250_000
    assert services.carry_over(**facts) == 0
    assert JournalEntry.objects.count() == before
    assert selectors.held_by_member(later)[0].left == 250_000
    assert selectors.held_by_member(found)[0].free == 0
    assert market.owes("M1", "round_deposit") == 250_000
    with pytest.raises(MoreThanLeft):
        services.give_back(
            found=found,
            party=party,
            amount=1,
            cash_place="cash_main",
            on=CAME,
            actor=market.actor,
        )
