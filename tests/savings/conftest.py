"""Members for the savings tests."""

import pytest

from canting.cooperatives.services import set_parameter
from canting.members.services import admit_member


@pytest.fixture
def new_member(cooperative, actor):
    """Makes a member who joined on a day."""

    def make(on, name="Siti Aminah", **facts):
        return admit_member(cooperative=cooperative, full_name=name, on=on, actor=actor, **facts)

    return make


@pytest.fixture
def licensed(cooperative, actor):
    set_parameter(
        cooperative=cooperative, name="savings_loan.licence", value="USP-1/2026",
        valid_from=cooperative.cutover_date, source="Izin USP 1/2026", actor=actor,
    )  # fmt: skip
    return cooperative
