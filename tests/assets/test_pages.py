"""The pages of assets and grants as a cashier meets them."""

from datetime import date

import pytest
from django.test import Client

from canting.assets import selectors
from canting.assets.models import Asset, DepreciationRun, Disposal, Grant
from canting.cooperatives.rules import Role
from canting.ledger.rules import credit, debit
from canting.ledger.services import post_manual
from tests import builders
from tests.corrections import draft_on, send
from tests.portal.clock import stop_clock

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)


@pytest.fixture
def cashier(yard, monkeypatch):
    stop_clock(monkeypatch)
    client = Client()
    client.force_login(builders.person_with_role(yard.coop, Role.CASHIER))
    return client


def fill(client, yard, path, **typed):
    """Fill the form of a page as it stands there, and send it."""
    address = f"/{yard.coop.slug}/{path}"
    page = client.get(address).text
    name = "reason" if "reason" in typed else next(iter(typed))
    return send(client, address, draft_on(page, address, name).values, **typed)


def test_a_cashier_buys_an_asset_and_sees_it_in_the_register(yard, cashier):
    answer = fill(
        cashier, yard, "aset/beli/",
        name="Meja cap", asset_class="machine", cost="1.200.000", place="bank", on="01/07/2026",
    )  # fmt: skip
    assert answer.status_code == 302
    asset = Asset.objects.get()
    assert (asset.cost, asset.life_months, asset.method) == (1_200_000, 60, "straight")
    assert "Meja cap" in cashier.get(f"/{yard.coop.slug}/aset/").text
    page = cashier.get(answer["Location"]).text
    assert "Rp1.200.000" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"cost": "0"}, "Rp1"),
        ({"cost": "-5"}, "Rp1"),
        ({"cost": "1000000000000"}, "Kas kantor"),
        ({"life": "0,3"}, "0,3"),
        ({"name": ""}, ""),
        ({"asset_class": "kapal"}, ""),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(yard, cashier, typed, says):
    first = {
        "name": "Meja", "asset_class": "machine", "cost": "100.000", "place": "cash_main",
        "on": "01/07/2026", "note": "Merek Kuda",
    }  # fmt: skip
    answer = fill(cashier, yard, "aset/beli/", **{**first, **typed})
    assert answer.status_code == 422
    assert "Merek Kuda" in answer.text
    assert says in answer.text
    assert not Asset.objects.exists()


def test_a_month_is_shown_then_booked(yard, cashier):
    yard.buy()
    page = cashier.get(f"/{yard.coop.slug}/aset/susut/").text
    assert "Rp100.000" in page
    address = f"/{yard.coop.slug}/aset/susut/buku/"
    typed = draft_on(page, address, "bulan").values
    assert send(cashier, address, typed).status_code == 302
    assert DepreciationRun.objects.get().until == date(2026, 7, 31)
    assert send(cashier, address, typed).status_code == 422  # booked already, and says so
    assert DepreciationRun.objects.count() == 1


def test_an_asset_is_sold_from_its_page(yard, cashier):
    asset = yard.buy()
    answer = fill(
        cashier, yard, f"aset/lepas/{asset.number}",
        ending="sold", received="5.000.000", place="bank", on="31/07/2026",
    )  # fmt: skip
    assert answer.status_code == 302
    assert Disposal.objects.get().received == 5_000_000
    assert selectors.standing_disposal(asset) is not None
    assert yard.is_sound()


def test_a_grant_of_money_needs_its_place_and_a_thing_its_class(yard, cashier):
    known = {"giver": "Dinas", "amount": "5.000.000", "treatment": "equity", "on": "05/07/2026"}
    assert fill(cashier, yard, "hibah/baru/", what="money", **known).status_code == 422
    assert fill(cashier, yard, "hibah/baru/", what="thing", **known).status_code == 422
    thing = {"what": "thing", "name": "Wajan", "asset_class": "machine"}
    assert fill(cashier, yard, "hibah/baru/", **thing, **known).status_code == 302
    assert Grant.objects.get().asset.cost == 5_000_000


def test_the_register_is_a_file_with_real_figures(yard, cashier):
    yard.buy()
    answer = cashier.get(f"/{yard.coop.slug}/aset/?unduh=csv")
    assert "6000000" in answer.getvalue().decode("utf-8-sig")
    sheet = cashier.get(f"/{yard.coop.slug}/aset/?unduh=xlsx")
    assert sheet.getvalue().startswith(b"PK")


def test_a_register_that_differs_from_the_books_says_by_how_much(yard, cashier):
    lines = [debit("vehicle", 700_000), credit("other_income", 700_000)]
    post_manual(lines=lines, memo="Sepeda", on=JULY, **yard.make)
    assert "Rp700.000" in cashier.get(f"/{yard.coop.slug}/aset/").text


@pytest.mark.parametrize(
    "path", ["aset/lihat/AT/2026/07/0009", "hibah/lihat/HB/1", "aset/susut/lihat/SU/9"]
)
def test_a_paper_of_nobody_is_not_found(yard, cashier, path):
    assert cashier.get(f"/{yard.coop.slug}/{path}").status_code == 404
