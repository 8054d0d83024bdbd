"""Buyers: facts kept, numbers of persons sealed, found by what people type."""

from datetime import date

import pytest

from canting.cooperatives.errors import PartyTaken
from canting.kernel.identity import BadNpwp
from canting.kernel.phones import BadPhone
from canting.sales import selectors, services
from canting.sales.models import Buyer
from tests.sales.conftest import refused

DAY = date(2026, 11, 20)


def test_a_buyer_gets_a_number_and_a_clean_phone(shop):
    buyer = shop.buyer("Toko Melati", phone="0812 3456 7890", contact="Pak Budi")
    assert (buyer.party.number, buyer.phone) == ("B-0001", "+6281234567890")
    for typed in ("B-0001", "toko melati", "B-0001 Toko Melati"):
        assert selectors.buyer_named(cooperative=shop.cooperative, typed=typed) == buyer
    found = selectors.buyers(cooperative=shop.cooperative, words="budi 3456")
    assert list(found) == [buyer]


def test_the_tax_number_is_sealed_in_the_table(shop):
    buyer = shop.buyer(tax_number="3513142002800004")
    stored = bytes(Buyer.objects.get(pk=buyer.pk).tax_number)
    assert b"3513142002800004" not in stored
    assert selectors.tax_number_of(buyer) == "3513142002800004"


def test_what_cannot_be_read_is_refused(shop):
    shop.buyer(number="B-77")
    for facts, error in (
        ({"phone": "12"}, BadPhone),
        ({"tax_number": "12"}, BadNpwp),
        ({"number": "B-77"}, PartyTaken),
    ):
        with refused(shop, error):
            shop.buyer("Lain", **facts)


def test_two_of_one_name_are_not_guessed(shop):
    shop.buyer("Sari")
    second = shop.buyer("Sari")
    assert selectors.buyer_named(cooperative=shop.cooperative, typed="Sari") is None
    number = second.party.number
    assert selectors.buyer_named(cooperative=shop.cooperative, typed=number) == second


@pytest.mark.parametrize(("tax_number", "kept"), [(None, True), ("", False)])
def test_facts_change_and_an_unasked_tax_number_stays(shop, tax_number, kept):
    buyer = shop.buyer(tax_number="01.234.567.8-901.000")
    services.change_buyer(
        buyer=buyer, actor=shop.actor, name="Nama Baru", tax_number=tax_number, withholds_tax=True
    )
    buyer = Buyer.objects.get(pk=buyer.pk)
    assert (buyer.name, buyer.party.name, buyer.withholds_tax) == ("Nama Baru", "Nama Baru", True)
    assert bool(buyer.tax_number) == kept
