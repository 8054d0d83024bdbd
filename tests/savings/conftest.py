"""Members for the savings tests."""

import pytest

from canting.members.services import admit_member


@pytest.fixture
def new_member(cooperative, actor):
    """Makes a member who joined on a day."""

    def make(on, name="Siti Aminah", **facts):
        return admit_member(cooperative=cooperative, full_name=name, on=on, actor=actor, **facts)

    return make
