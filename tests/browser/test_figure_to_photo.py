"""From a figure of the statements to the photo of a paper: four clicks at most."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from canting.cash.services import pay_cash
from canting.cooperatives.rules import Role
from canting.kernel.dates import today
from canting.kernel.papers import render_pages
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from tests import builders

MEMO = "Listrik galeri"


@pytest.fixture
def house(transactional_db, settings, tmp_path):
    """One bill paid out of the bank, with the photo of the bill."""
    settings.MEDIA_ROOT = tmp_path
    actor = builders.user("rini")
    on = today("Asia/Jakarta")
    made = builders.cooperative(actor=actor, cutover=date(on.year, 1, 1))
    lines = [debit("bank", 900_000), credit("grant_equity", 900_000)]
    post_entry(
        cooperative=made,
        draft=Draft("test:1", date(on.year, 1, 1), "opening", "Saldo awal", lines),
        actor=actor,
    )
    values = {"shop": "PLN", "facts": [("Untuk", MEMO)], "amount": "Rp185.000"}
    picture = render_pages("portal/demo/nota.typ", values, ppi=72)[0]
    pay_cash(
        cooperative=made,
        purpose="electricity",
        amount=185_000,
        place="bank",
        memo=MEMO,
        on=on,
        actor=actor,
        photo=SimpleUploadedFile("nota.png", picture, "image/png"),
    )
    assert timezone.now().year == on.year
    return made


def to_photo(page, *steps) -> int:
    """Click through the steps to the photo, and say how many clicks it took."""
    for step in steps:
        page.locator(step).first.click()
        page.wait_for_load_state()
    with page.expect_response(lambda answer: "/berkas/" in answer.url) as photo:
        page.locator('main a[href*="/berkas/"]').first.click()
    assert photo.value.headers["content-type"] == "image/png"
    return len(steps) + 1


@pytest.mark.parametrize(
    ("statement", "steps"),
    [
        (
            "laporan/posisi-keuangan/",
            ('main a[href*="neraca-saldo"]', 'main table a[href*="/buku/"]'),
        ),
        ("laporan/hasil-usaha/", ('main tr.under:has-text("Listrik") a',)),
    ],
    ids=["position", "surplus"],
)
def test_a_figure_opens_its_photo_in_four_clicks(house, visit, statement, steps):
    user = builders.person_with_role(house, Role.SUPERVISOR)
    page = visit(f"/{house.slug}/{statement}", user)
    assert to_photo(page, *steps, f'main tr:has-text("{MEMO}") a') <= 4
