"""The worked year's journal gives changes in equity and cash flows to the rupiah."""

from datetime import date

import pytest

from canting.reports.statements import Period, cash_flow, equity_changes
from tests.ledger import worked_year

YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))
COLUMNS = {
    "entry_shares": "pokok",
    "regular_shares": "wajib",
    "grants": "hibah",
    "general_reserve": "cadangan umum",
    "risk_reserve": "cadangan risiko",
    "surplus": "SHU",
}
LINES = {
    "receivables": "piutang",
    "inventory": "persediaan",
    "payable_suppliers": "utang usaha",
    "payable_other": "utang lain",
}


@pytest.fixture
def year(actor):
    return worked_year.posted(actor)


@pytest.fixture
def expected():
    return worked_year.read("expected")


def shown_equity(found):
    return {
        COLUMNS[column.key]: {
            "opening": column.opening,
            **column.moves,
            **({"shu_tahun_berjalan": column.result} if column.key == "surplus" else {}),
            "closing": column.closing,
        }
        for column in found.columns
    }


def test_changes_in_equity_are_the_worked_years(year, expected):
    found = equity_changes(cooperative=year, period=YEAR)
    assert shown_equity(found) == expected["changes_in_equity"]
    assert found.difference == 0


def shown_cash(found):
    indirect = {"shu": found.result}
    indirect |= {LINES[key]: amount for key, amount in found.changes.items()}
    indirect |= {f"bukan kas: {kind}": amount for kind, amount in found.adjustments.items()}
    return {
        "opening": found.opening,
        "direct": dict(found.direct),
        "totals": {head: found.total(head) for head in ("op", "inv", "fin")},
        "closing": found.closing,
        "indirect": indirect,
        "noncash": {f"{kind} {flow}": amount for (kind, flow), amount in found.noncash.items()},
    }


def test_cash_flows_are_the_worked_years_both_ways(year, expected):
    found = cash_flow(cooperative=year, period=YEAR)
    assert shown_cash(found) == expected["cash_flow"]
    assert (found.difference, found.between) == (0, 0)
