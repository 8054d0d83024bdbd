"""Numbers of papers: gapless, and every kind of fault is named."""

from datetime import date

import pytest
from django.db import transaction

from canting.cooperatives.selectors import numbering_gaps
from canting.cooperatives.services import next_number

NOV, JAN = date(2026, 11, 24), date(2027, 1, 2)


def take(cooperative, *days) -> list[str]:
    return [next_number(cooperative=cooperative, series="KW", on=on) for on in days]


def test_numbers_follow_each_other_within_a_year_and_begin_anew(cooperative):
    taken = take(cooperative, NOV, NOV, JAN)
    assert taken == ["KW/2026/11/0001", "KW/2026/11/0002", "KW/2027/01/0001"]
    assert numbering_gaps(cooperative=cooperative, series="KW", numbers=taken) == []


def test_a_deed_that_fails_gives_its_number_back(cooperative):
    with pytest.raises(RuntimeError), transaction.atomic():
        take(cooperative, NOV)
        raise RuntimeError
    assert take(cooperative, NOV) == ["KW/2026/11/0001"]


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        (["KW/2026/11/0001", "KW/2026/11/0003"], "2"),
        (["KW/2026/11/0001", "KW/2026/11/0002", "KW/2026/11/0002", "KW/2026/11/0003"], "2"),
        ([f"KW/2026/11/000{n}" for n in (1, 2, 3, 9)], "9"),
        (["KW/2026/11/0001", "KW/2026/11/0002", "KW/2026/11/0003", "BK/2026/11/0001"], "BK/2026"),
    ],
)
def test_each_fault_in_a_series_is_named(cooperative, numbers, named):
    take(cooperative, NOV, NOV, NOV)
    (fault,) = numbering_gaps(cooperative=cooperative, series="KW", numbers=numbers)
    assert named in fault
