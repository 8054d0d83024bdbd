"""The page of the house: each person finds what that task may open, and only that."""

import pytest

from canting.cooperatives.rules import Role
from canting.members.services import admit_member
from tests import builders


@pytest.mark.parametrize(
    ("role", "found", "hidden"),
    [
        (Role.MANAGER, ("/orang/", "/parameter/", "/cadangan/", "/mulai/"), ()),
        (Role.SUPERVISOR, ("/periksa-buku/", "/jejak/"), ("/orang/", "/cadangan/", "/mulai/")),
        (Role.STOREKEEPER, ("/kas/hitung/", "/pemasok/"), ("/jejak/", "/orang/", "/tautan-masuk/")),
        (Role.CASHIER, ("/tautan-masuk/", "/setor/semua/"), ("/mulai/", "/jejak/")),
    ],
)
def test_everybody_finds_the_lists_of_the_own_task(cooperative, client_as, role, found, hidden):
    page = client_as(role).get(f"/{cooperative.slug}/koperasi/").content.decode()
    for path in found:
        assert f'href="/{cooperative.slug}{path}"' in page
    for path in hidden:
        assert f'href="/{cooperative.slug}{path}"' not in page


def test_a_member_has_no_page_of_the_house(cooperative, client_as):
    assert client_as(Role.MEMBER).get(f"/{cooperative.slug}/koperasi/").status_code == 403


@pytest.mark.parametrize("path", ["spk/anggota/A-9/", "bahan/anggota/A-9/", "anggota/A-9/"])
def test_the_pages_of_one_member_open_and_lead_to_each_other(cooperative, actor, client_as, path):
    admit_member(
        cooperative=cooperative, full_name="Siti", number="A-9", on=builders.CUTOVER, actor=actor
    )
    manager = client_as(Role.MANAGER)
    page = manager.get(f"/{cooperative.slug}/{path}")
    assert page.status_code == 200
    assert "A-9" in page.content.decode()
    assert manager.get(f"/{cooperative.slug}/{path.replace('A-9', 'A-99')}").status_code == 404
