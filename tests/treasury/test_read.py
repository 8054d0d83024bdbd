"""Reading a list of the bank: the usual shapes, overlaps, what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.kernel.tables_in import read_table
from canting.treasury import selectors, services
from canting.treasury.errors import (
    BadBankLine,
    BalanceBroken,
    ColumnMissing,
    EndsTooEarly,
    LinesMatched,
    NothingNew,
    NotYetThere,
)
from canting.treasury.models import BankLayout, BankLine, BankStatement
from canting.treasury.rules import DOTS, POINTS, ReadLine, amount_of, in_order
from tests.treasury.conftest import LISTS, TWO_COLUMNS

AMOUNTS = [20_000_000, -450_000, -12_500]


@pytest.mark.parametrize("name", list(LISTS))
def test_each_usual_shape_is_read_oldest_first(desk, name):
    made, count = desk.read(LISTS[name])
    lines = BankLine.objects.filter(statement=made).order_by("place")
    assert count == 3
    assert [line.amount for line in lines] == AMOUNTS
    assert [line.balance for line in lines] == [20_000_000, 19_550_000, 19_537_500]
    assert made.until == date(2026, 7, 31)


def test_a_list_that_overlaps_brings_only_what_is_new(desk):
    desk.read()
    longer = TWO_COLUMNS + "01/08/2026;BUNGA;;1.000,00;19.538.500,00\n"
    assert desk.read(longer)[1] == 1
    assert BankLine.objects.count() == 4


def test_two_equal_movements_of_a_day_stay_two(desk):
    text = "Tanggal;Uraian;Debet;Kredit\n01/07/2026;PARKIR;2.000;\n01/07/2026;PARKIR;2.000;\n"
    assert desk.read(text)[1] == 2
    with pytest.raises(NothingNew):
        desk.read(text)
    assert BankLine.objects.count() == 2


def test_columns_that_a_person_chose_are_remembered(desk):
    text = "Kapan;Apa;Geser;Sisa\n01/07/2026;MODAL;5.000,00;5.000,00\n"
    with pytest.raises(ColumnMissing):
        desk.read(text)
    chosen = {"day": 0, "text": 1, "amount": 2, "balance": 3}
    desk.read(text, columns=chosen, style=DOTS)
    assert desk.read(text + "02/07/2026;LAGI;2.000,00;7.000,00\n")[1] == 1
    assert BankLayout.objects.get().columns == chosen


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Tanggal;Uraian;Debet;Kredit\n40/07/2026;X;1.000;\n", BadBankLine),
        ("Tanggal;Uraian;Debet;Kredit\n01/07/2026;X;1.0.0;\n", BadBankLine),
        ("Tanggal;Uraian;Debet;Kredit\n01/07/2026;X;9.000.000.000.000.000;\n", BadBankLine),
        ("Tanggal;Uraian;Debet;Kredit\n01/07/2027;X;1.000;\n", NotYetThere),
        ("Tanggal;Uraian;Debet;Kredit\nSaldo Awal;;;\n", NothingNew),
        (TWO_COLUMNS.replace("19.550.000", "19.540.000"), BalanceBroken),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(desk, text, error):
    with pytest.raises(error):
        desk.read(text)
    assert not BankStatement.objects.exists()
    assert not BankLayout.objects.exists()


def test_a_list_cannot_end_before_its_last_line(desk):
    with pytest.raises(EndsTooEarly):
        desk.read(until=date(2026, 7, 30))
    assert desk.read(until=date(2026, 8, 5))[0].until == date(2026, 8, 5)


def test_a_list_is_taken_back_until_a_line_has_its_entry(desk):
    made, _count = desk.read()
    services.take_back(statement=made, actor=desk.actor)
    assert not BankLine.objects.exists()
    made, _count = desk.read()
    desk.fund()
    assert desk.sure() == 1
    with pytest.raises(LinesMatched):
        services.take_back(statement=made, actor=desk.actor)
    assert BankLine.objects.count() == 3


def test_the_bank_speaks_of_a_day_only_when_its_lists_reach_it(desk):
    desk.read(until=date(2026, 8, 3))
    say = lambda day: selectors.bank_statement(  # noqa: E731
        cooperative=desk.coop, account=desk.account, on=day
    )
    assert say(date(2026, 8, 4)) is None
    assert say(date(2026, 6, 30)) is None
    assert say(date(2026, 7, 15)).balance == 19_550_000
    assert (say(date(2026, 8, 3)).balance, say(date(2026, 8, 3)).unmatched) == (19_537_500, 3)


@pytest.mark.parametrize(
    ("typed", "style", "mark", "amount"),
    [
        ("1.250.000,50", DOTS, "", "1250000.50"),
        ("1,250,000.50", POINTS, "", "1250000.50"),
        ("(1,000.00)", POINTS, "", "-1000.00"),
        ("Rp 1.000 DB", DOTS, "", "-1000"),
        ("1.000", DOTS, "K", "1000"),
        ("1.000", POINTS, "", None),
        ("1,000.00 XX", POINTS, "", None),
        ("", DOTS, "", None),
        (1500.5, DOTS, "D", "-1500.5"),
    ],
)
def test_a_figure_is_read_in_its_own_way(typed, style, mark, amount):
    assert amount_of(typed, style, mark) == (None if amount is None else Decimal(amount))


@given(st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=2, max_size=12), st.booleans())
def test_lines_come_oldest_first_whichever_way_the_bank_wrote_them(moves, is_reversed):
    balance, lines = Decimal(0), []
    for row, move in enumerate(moves):
        balance += Decimal(move) / 100
        lines.append(ReadLine(row, date(2026, 7, 1), "", Decimal(move) / 100, balance))
    given_lines = list(reversed(lines)) if is_reversed else lines
    found, wrong = in_order(given_lines)
    assert wrong is None
    assert found[-1].balance in (
        lines[-1].balance,
        (found[0].balance or Decimal(0)) + sum((line.amount for line in found[1:]), Decimal(0)),
    )


def test_sen_never_move_the_lines_from_the_balances(desk):
    text = (
        "Tanggal;Uraian;Debet;Kredit;Saldo\n"
        "01/07/2026;BUNGA;;100,40;100,40\n02/07/2026;BUNGA;;100,40;200,80\n"
        "03/07/2026;PAJAK;20,30;;180,50\n"
    )
    desk.read(text)
    lines = list(BankLine.objects.order_by("place"))
    assert sum(line.amount for line in lines) == lines[-1].balance == 181
    assert read_table(text.encode()).delimiter == ";"
