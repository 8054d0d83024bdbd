"""Sari paid an entry share, two years of regular shares and put savings beside them.

However many holdings she has, she is one row on the list, one in the count, one line in the file;
both shares are capital, the savings stand apart, and what kind of member she is comes from her
membership and from no holding.
"""

import re
from datetime import date

import pytest

from canting.cooperatives.rules import Role
from canting.cooperatives.services import set_parameter
from canting.kernel.dates import next_month
from canting.ledger.errors import CodeTaken
from canting.ledger.services import open_account
from canting.members import selectors as members
from canting.members.rules import MemberKind
from canting.savings.rules import ACCOUNT_ROLE, SavingsKind
from canting.savings.services import deposit
from tests.field_reports.ground import address, assert_clean, file_rows, shown

FIRST = date(2026, 1, 5)


@pytest.fixture
def sari(licensed, actor, joined):
    """1 entry share of 100.000, 24 regular shares of 20.000, savings of 350.000."""
    set_parameter(
        cooperative=licensed, name="savings.regular_share", value=20_000,
        valid_from=licensed.cutover_date, source="Anggaran rumah tangga", actor=actor,
    )  # fmt: skip
    sari = joined("Sari Wulandari")
    paid = [("entry_share", 100_000, FIRST)]
    paid += [("regular_share", 20_000, next_month(FIRST, n)) for n in range(24)]
    paid += [("voluntary", 350_000, FIRST)]
    for kind, amount, on in paid:
        deposit(
            cooperative=licensed, member=sari, kind=kind, amount=amount, cash_place="cash_main",
            on=on, actor=actor,
        )  # fmt: skip
    return sari


def test_the_list_shows_her_in_one_row_with_capital_and_savings_apart(
    licensed, sari, joined, client_as
):
    joined("Rina Astuti")
    page = shown(client_as(Role.MANAGER), licensed, "members:member_list")
    rows = [row for row in re.findall(r"<tr.*?</tr>", page, re.S) if "Sari Wulandari" in row]
    assert len(rows) == 1
    assert "Rp580.000" in rows[0]
    assert "Rp350.000" in rows[0]
    rina = next(row for row in re.findall(r"<tr.*?</tr>", page, re.S) if "Rina Astuti" in row)
    assert rina.count("Rp0") == 2
    counts = members.count_by_status(cooperative=licensed)
    assert (counts["member"], sum(counts.values())) == (2, 2)
    assert_clean(licensed)


def test_without_any_savings_the_list_has_no_column_for_them(cooperative, joined, client_as):
    joined("Rina Astuti")
    page = shown(client_as(Role.MANAGER), cooperative, "members:member_list")
    assert page.count("Rp0") == 1


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_file_holds_her_once_with_each_kind_and_the_sum_of_capital(
    licensed, sari, client_as, form
):
    answer = client_as(Role.MANAGER).get(address(licensed, "members:member_export", form))
    rows = file_rows(answer, form)
    assert len(rows) == 1
    amounts = [int(cell) for cell in list(rows[0].values())[-4:]]
    assert amounts == [100_000, 480_000, 580_000, 350_000]
    assert_clean(licensed)


def test_what_kind_of_member_she_is_comes_from_no_holding(licensed, sari, actor, client_as):
    assert sari.kind == MemberKind.ORDINARY
    page = shown(client_as(Role.MANAGER), licensed, "members:member_detail", sari.number)
    assert page.count("Anggota biasa") == 1
    for amount in ("Rp100.000", "Rp480.000", "Rp350.000"):
        assert amount in page


def test_no_two_kinds_of_shares_share_a_code(cooperative, actor):
    """Kinds are fixed here, each with an account of its own; a further account needs a free code."""
    assert len({str(kind) for kind in SavingsKind}) == len(SavingsKind)
    assert len(set(ACCOUNT_ROLE.values())) == len(ACCOUNT_ROLE) == len(SavingsKind)
    open_account(
        cooperative=cooperative, number="3109", name="Simpanan khusus", like="share_mandatory",
        actor=actor,
    )  # fmt: skip
    with pytest.raises(CodeTaken, match="3109"):
        open_account(
            cooperative=cooperative, number="3109", name="Simpanan lain", like="share_mandatory",
            actor=actor,
        )  # fmt: skip
