"""From the file of another program to books that hold: by clicks and typing alone."""

from __future__ import annotations

import pytest

from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.members.services import admit_member
from tests import builders
from tests.browser.hands import Hands, faults
from tests.portal.old_book_desk import FILES, LAYOUTS


@pytest.fixture
def office(transactional_db):
    """A cooperative of two members, before its opening."""
    actor = builders.user("pendiri")
    made = builders.cooperative(actor=actor)
    for number, name in (("A-001", "Contoh Satu"), ("A-002", "Contoh Dua")):
        admit_member(
            cooperative=made, full_name=name, number=number, on=made.cutover_date, actor=actor
        )
    return made


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_a_book_of_months_is_brought_answered_booked_and_proved(office, visit, phone):
    manager = builders.person_with_role(office, Role.MANAGER)
    page = visit(f"/{office.slug}/mulai/", manager, phone=phone)
    hands = Hands(page, office.slug)
    page.click("a[href$='/mulai/berkas/']")
    page.set_input_files("main input[type=file]", LAYOUTS / FILES["S5"])
    page.click("main form button[type=submit]")
    page.wait_for_url("**/mulai/berkas/1/")
    assert "650.000" in page.inner_text("#left")
    hands.select("product", "wajib")
    hands.type(year="2025", control="900.000")
    page.locator("main select[name^='q-']").select_option("fine")
    page.locator(
        "main form.stack button.primary, main form.stack button[type=submit]"
    ).first.click()
    page.wait_for_load_state()
    assert page.locator("#left").count() == 0
    page.click("main button[name='book']")
    page.wait_for_url("**/mulai/berkas/surat/1")
    assert "Rp900.000" in page.inner_text("main")
    page.click("main table a[href*='/riwayat/'] >> nth=0")
    page.wait_for_url("**/riwayat/**")
    assert "S5_rekap_bulanan.csv" in page.inner_text("main")
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0
    assert ledger.balance(cooperative=office, role="share_mandatory") == 900_000
    hands.go("periksa-buku/")
    assert page.locator("main .note.wrong").count() == 0
    assert faults(page) == []
