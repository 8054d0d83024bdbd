"""A month's tax invoices as the file that Coretax takes in: names and order as the office has them.

Element names are the office's own, its spelling too. There is no field for the invoice's number:
the office gives it after the upload; our own number goes along as the reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from canting.taxes.rules.vat import VatLine, VatRule, cents, vat_line

HEAD_OFFICE = "000000"
NILAI_LAIN, STATE_ENTERPRISE, TREASURER = "04", "03", "02"
OTHER_UNIT = "UM.0033"
# Codes of the office's list (satuan_UM.csv) for the units that goods are counted in here.
UNIT_CODES = {
    "kg": "UM.0003",
    "g": "UM.0004",
    "l": "UM.0007",
    "m": "UM.0013",
    "cm": "UM.0015",
    "yard": "UM.0016",
    "lusin": "UM.0017",
    "unit": "UM.0018",
    "set": "UM.0019",
    "helai": "UM.0020",
    "lembar": "UM.0020",
    "pcs": "UM.0021",
    "roll": "UM.0039",
}
SCHEMA = {
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:noNamespaceSchemaLocation": "TaxInvoice.xsd",
}


@dataclass(frozen=True, slots=True)
class TaxGood:
    """What was sold in one line: price of a unit and discount in whole rupiah."""

    name: str
    unit: str
    price: int
    quantity: Decimal
    discount: int = 0

    def reckoned(self, rule: VatRule) -> VatLine:
        """Its bases and its VAT."""
        return vat_line(price=self.price, quantity=self.quantity, discount=self.discount, rule=rule)


@dataclass(frozen=True, slots=True)
class TaxBuyer:
    """Whom the invoice is for; the tax number has 16 digits."""

    name: str
    address: str
    tax_number: str
    email: str = ""
    code: str = NILAI_LAIN


@dataclass(frozen=True, slots=True)
class TaxInvoice:
    """One tax invoice: its day, our own number, the buyer, the goods, the rule of that day."""

    day: date
    reference: str
    buyer: TaxBuyer
    goods: tuple[TaxGood, ...]
    rule: VatRule


def coretax_xml(seller: str, invoices: Sequence[TaxInvoice]) -> bytes:
    """The file of these invoices; `seller` is our own tax number of 16 digits."""
    root = ET.Element("TaxInvoiceBulk", SCHEMA)
    ET.SubElement(root, "TIN").text = seller
    rows = ET.SubElement(root, "ListOfTaxInvoice")
    for invoice in invoices:
        _add(rows, seller, invoice)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(rows: ET.Element, seller: str, invoice: TaxInvoice) -> None:
    buyer = invoice.buyer
    row = ET.SubElement(rows, "TaxInvoice")
    facts = {
        "TaxInvoiceDate": invoice.day.isoformat(),
        "TaxInvoiceOpt": "Normal",
        "TrxCode": buyer.code,
        "AddInfo": "",
        "CustomDoc": "",
        "CustomDocMonthYear": "",
        "RefDesc": invoice.reference,
        "FacilityStamp": "",
        "SellerIDTKU": seller + HEAD_OFFICE,
        "BuyerTin": buyer.tax_number,
        "BuyerDocument": "TIN",
        "BuyerCountry": "IDN",
        "BuyerDocumentNumber": "-",
        "BuyerName": buyer.name,
        "BuyerAdress": buyer.address,
        "BuyerEmail": buyer.email,
        "BuyerIDTKU": buyer.tax_number + HEAD_OFFICE,
    }
    _fill(row, facts)
    goods = ET.SubElement(row, "ListOfGoodService")
    for good in invoice.goods:
        _fill(ET.SubElement(goods, "GoodService"), _good_facts(good, invoice.rule))


def _good_facts(good: TaxGood, rule: VatRule) -> dict[str, str]:
    line = good.reckoned(rule)
    return {
        "Opt": "A",
        "Code": "000000",
        "Name": good.name,
        "Unit": UNIT_CODES.get(good.unit, OTHER_UNIT),
        "Price": f"{cents(good.price):f}",
        "Qty": f"{good.quantity.normalize():f}",
        "TotalDiscount": f"{cents(good.discount):f}",
        "TaxBase": f"{line.base:f}",
        "OtherTaxBase": f"{line.other_base:f}",
        "VATRate": f"{rule.percent.normalize():f}",
        "VAT": f"{line.vat:f}",
        "STLGRate": "0",
        "STLG": f"{line.luxury:f}",
    }


def _fill(element: ET.Element, facts: dict[str, str]) -> None:
    for name, text in facts.items():
        ET.SubElement(element, name).text = text
