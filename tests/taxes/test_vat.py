"""VAT by DPP nilai lain as the tax office's own sample and every vector have it; the Coretax file."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.taxes.rules import (
    TaxBuyer,
    TaxGood,
    TaxInvoice,
    VatRule,
    coretax_xml,
    vat_line,
    vat_total,
)
from canting.taxes.rules.coretax import OTHER_UNIT, UNIT_CODES
from tests.builders import there

DATA = Path(__file__).parents[1] / "data"
VECTORS = json.loads((DATA / "vectors" / "coretax_dpp_nilai_lain.json").read_text())
FORMAT = json.loads((DATA / "coretax" / "format.json").read_text())
RULE = VatRule(Decimal(12), 11)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["TaxBase"])
def test_each_vector_gives_its_bases_and_its_vat(vector):
    line = vat_line(
        price=Decimal(vector["price"]),
        quantity=Decimal(vector["qty"]),
        discount=Decimal(vector["discount"]),
        rule=VatRule(Decimal(vector["VATRate"]), 11),
    )
    assert (f"{line.base:f}", f"{line.other_base:f}", f"{line.vat:f}") == (
        vector["TaxBase"],
        vector["OtherTaxBase"],
        vector["VAT"],
    )


def test_the_sample_of_the_tax_office_comes_out_to_the_cent():
    line = vat_line(
        price=Decimal("12000000.12"),
        quantity=10,
        discount=Decimal("10000.89"),
        rule=RULE,
        luxury=10,
    )
    assert line.base == Decimal("119990000.31")
    assert line.other_base == Decimal("109990833.62")
    assert line.vat == Decimal("13198900.03")
    assert line.luxury == Decimal("10999083.36")


@pytest.mark.parametrize(
    ("base", "other", "vat"),
    [
        (10_000_000, "9166666.67", "1100000.00"),
        (1_000_000, "916666.67", "110000.00"),
        (1_234_567, "1131686.42", "135802.37"),
        (99_999, "91665.75", "10999.89"),
    ],
)
def test_worked_bases_bear_their_vat(base, other, vat):
    line = vat_line(price=base, quantity=1, discount=0, rule=RULE)
    assert (line.other_base, line.vat) == (Decimal(other), Decimal(vat))


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8))
def test_the_vat_of_an_invoice_is_within_a_rupiah_a_line_of_eleven_percent(prices):
    lines = [vat_line(price=one, quantity=1, discount=0, rule=RULE) for one in prices]
    assert abs(vat_total(lines) - Decimal(sum(prices)) * 11 / 100) <= len(prices)


def test_the_file_has_the_elements_of_the_office_in_its_order():
    goods = tuple(
        TaxGood(f"Kain {n}", "helai", int(v["price"]), Decimal(v["qty"]), int(v["discount"]))
        for n, v in enumerate(VECTORS)
    )
    buyer = TaxBuyer("PT Wastra & Co", "Jl. Batik 1", "0012345678901000", "a@wastra.example", "03")
    made = TaxInvoice(date(2026, 11, 20), "FK/2026/11/0001", buyer, goods, RULE)
    root = ET.fromstring(coretax_xml("0098765432101000", [made]))
    assert root.tag == FORMAT["root"]
    assert [one.tag for one in root] == FORMAT["order"]
    (row,) = there(root.find("ListOfTaxInvoice"))
    assert (row.tag, [one.tag for one in row]) == ("TaxInvoice", FORMAT["TaxInvoice"])
    assert row.findtext("SellerIDTKU") == "0098765432101000000000"
    assert row.findtext("BuyerIDTKU") == "0012345678901000000000"
    assert row.findtext("BuyerName") == "PT Wastra & Co"
    assert row.findtext("TaxInvoiceOpt") in FORMAT["values"]["TaxInvoiceOpt"]
    assert row.findtext("TrxCode") in FORMAT["values"]["TrxCode"]
    assert row.findtext("BuyerDocument") in FORMAT["values"]["BuyerDocument"]
    assert row.findtext("TaxInvoiceDate") == "2026-11-20"
    for good, vector in zip(row.find("ListOfGoodService"), VECTORS, strict=True):
        assert [one.tag for one in good] == FORMAT["GoodService"]
        assert good.findtext("Opt") in FORMAT["values"]["Opt"]
        for name in ("TaxBase", "OtherTaxBase", "VATRate", "VAT"):
            assert good.findtext(name) == vector[name]
        assert Decimal(good.findtext("Qty")) == Decimal(vector["qty"])


def test_every_unit_code_stands_in_the_list_of_the_office():
    with (DATA / "coretax" / "satuan_UM.csv").open(encoding="utf-8") as file:
        known = {row["kode"] for row in csv.DictReader(file)}
    assert {*UNIT_CODES.values(), OTHER_UNIT} <= known
