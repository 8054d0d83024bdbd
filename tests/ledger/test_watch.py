"""What supervisors, board and office read from the books: reversals, late papers, moving money."""

from datetime import date

from canting.ledger import selectors
from canting.ledger.rules import BusinessClass, Draft, credit, debit
from canting.ledger.services import close_month, post_entry, reverse_entry
from tests import builders
from tests.builders import there

N = BusinessClass.NONMEMBER
NOV_2, NOV_9 = date(2026, 11, 2), date(2026, 11, 9)


def post(cooperative, actor, number, on, lines, own_date=None):
    draft = Draft(
        source=f"test:{number}",
        entry_date=on,
        kind="test",
        memo=f"Percobaan {number}",
        lines=lines,
        own_date=own_date,
    )
    return post_entry(cooperative=cooperative, draft=draft, actor=actor)


def earn(amount, role="cash_main"):
    return [debit(role, amount), credit("other_income", amount)]


def test_money_that_only_changes_drawers_is_neither_in_nor_out(cooperative, actor):
    post(cooperative, actor, 1, NOV_2, earn(500_000))
    post(cooperative, actor, 2, NOV_2, [debit("bank", 300_000), credit("cash_main", 300_000)])
    post(cooperative, actor, 3, NOV_9, [debit("admin", 40_000), credit("cash_main", 40_000)])
    days = selectors.cash_days(cooperative=cooperative, since=NOV_2, until=NOV_9)
    assert [(d.day, d.came_in, d.went_out) for d in days] == [
        (NOV_2, 500_000, 0),
        (NOV_9, 0, 40_000),
    ]


def test_a_reversal_is_seen_with_what_it_took_back(cooperative, actor):
    first = post(cooperative, actor, 1, NOV_2, earn(75_000))
    entry = selectors.entry(cooperative=cooperative, position=first.position)
    assert entry is not None
    reverse_entry(entry=entry, on=NOV_9, reason="Salah jumlah", actor=actor)
    found = list(selectors.reversals(cooperative=cooperative, since=NOV_2))
    assert [there(one.reverses).position for one in found] == [first.position]
    assert not selectors.reversals(cooperative=cooperative, since=date(2026, 11, 10)).exists()


def test_a_paper_of_an_earlier_month_is_late_one_of_the_same_month_is_not(cooperative, actor):
    post(cooperative, actor, 1, NOV_9, earn(10_000), own_date=date(2026, 10, 30))
    post(cooperative, actor, 2, NOV_9, earn(10_000), own_date=NOV_2)
    late = selectors.late_papers(cooperative=cooperative, since=date(2026, 9, 1))
    assert [entry.memo for entry in late] == ["Percobaan 1"]


def test_months_of_an_account_come_oldest_first(cooperative, actor):
    post(cooperative, actor, 1, date(2026, 9, 5), earn(1_000))
    post(cooperative, actor, 2, NOV_2, earn(2_000))
    moves = selectors.month_moves(
        cooperative=cooperative, roles=["cash_main"], since=date(2026, 9, 1), until=NOV_9
    )
    assert [(m.month, m.debit, m.credit) for m in moves] == [
        (date(2026, 9, 1), 1_000, 0),
        (date(2026, 11, 1), 2_000, 0),
    ]


def test_figures_of_many_houses_take_three_queries(cooperative, actor, django_assert_num_queries):
    other = builders.cooperative(actor=actor)
    post(
        cooperative,
        actor,
        1,
        NOV_2,
        [debit("bank", 900_000), credit("sales_outside", 900_000, business=N)],
    )
    post(cooperative, actor, 2, NOV_9, [debit("admin", 100_000), credit("bank", 100_000)])
    close_month(cooperative=cooperative, month=date(2026, 1, 1), on=NOV_9, actor=actor)
    with django_assert_num_queries(3):
        found = selectors.house_figures(
            cooperative_ids=[cooperative.pk, other.pk], on=date(2026, 11, 24)
        )
    mine = found[cooperative.pk]
    assert (mine.turnover, mine.surplus, mine.assets) == (900_000, 800_000, 800_000)
    assert mine.closed_through == date(2026, 1, 31)
    assert (found[other.pk].turnover, found[other.pk].last_posted) == (0, None)


def test_a_closed_year_still_counts_in_turnover_and_surplus(cooperative, actor):
    last_day = date(2026, 12, 31)
    post(
        cooperative,
        actor,
        1,
        NOV_2,
        [debit("bank", 900_000), credit("sales_outside", 900_000, business=N)],
    )
    closing = Draft(
        source="test:tutup",
        entry_date=last_day,
        kind="year_close",
        memo="Tutup tahun",
        lines=[debit("sales_outside", 900_000, business=N), credit("shu_current", 900_000)],
    )
    post_entry(cooperative=cooperative, draft=closing, actor=actor)
    in_year = selectors.house_figures(cooperative_ids=[cooperative.pk], on=last_day)
    assert (in_year[cooperative.pk].turnover, in_year[cooperative.pk].surplus) == (
        900_000,
        900_000,
    )
    later = selectors.house_figures(cooperative_ids=[cooperative.pk], on=date(2027, 2, 3))
    assert (later[cooperative.pk].turnover, later[cooperative.pk].surplus) == (900_000, 0)


def test_the_opening_is_no_movement(cooperative, actor):
    opening = Draft(
        source="test:awal",
        entry_date=cooperative.cutover_date,
        kind="opening",
        memo="Saldo awal",
        lines=[debit("bank", 5_000_000), credit("grant_equity", 5_000_000)],
    )
    post_entry(cooperative=cooperative, draft=opening, actor=actor)
    gift = [debit("bank", 70_000), credit("grant_equity", 70_000)]
    post(cooperative, actor, 1, date(2026, 1, 8), gift)
    moves = selectors.month_moves(
        cooperative=cooperative, roles=["grant_equity"], since=date(2025, 12, 1), until=NOV_9
    )
    assert [(m.month.month, m.credit) for m in moves] == [(1, 70_000)]
