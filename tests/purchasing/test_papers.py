"""The notes of material: rolls and sheets come out, with what they must say."""

import pytest

from canting.purchasing import papers, selectors
from tests.purchasing.worked_year import Year, day


@pytest.fixture
def year(db) -> Year:
    return Year()


@pytest.mark.parametrize("size", papers.SIZES)
@pytest.mark.parametrize("mode", ["credit", "custody"])
def test_a_hand_out_note_comes_out_in_every_size(year, size, mode):
    paper = year.hand("M4", mode, day(2, 1), ("mori", "10"))
    assert papers.hand_out_note(paper, size=size).startswith(b"%PDF")
    assert papers.hand_out_note(paper, size=size, format="png").startswith(b"\x89PNG")


def test_receipt_and_return_come_out(year):
    receipt = year.e006(year.e005())
    assert papers.receipt_note(receipt, size="80mm").startswith(b"%PDF")
    year.hand("M4", "custody", day(2, 1), ("mori", "10"))
    from canting.purchasing.services import return_materials

    back = return_materials(
        cooperative=year.coop,
        member=year.people["M4"],
        lines=[year.out("mori", "4")],
        on=day(2, 2),
        actor=year.actor,
    )
    assert papers.return_note(back, size="58mm").startswith(b"%PDF")
    assert selectors.return_lines(back).get().amount == back.value
