"""What the demonstration buys, makes and sells; prices shaped after batik.md 2.5 and data/prices."""

from decimal import Decimal
from typing import NamedTuple


class Material(NamedTuple):
    """A material: purchase price of a unit and the price to members, whole rupiah."""

    code: str
    name: str
    kind: str
    unit: str
    cost: int
    to_members: int


MATERIALS = (
    Material("MORI-P", "Mori primissima", "cloth", "m", 26_000, 28_000),
    Material("MALAM", "Malam klowong", "wax", "kg", 48_000, 52_000),
    Material("WARNA", "Pewarna indigo dan naphthol", "dye", "takar", 14_000, 15_500),
    Material("SODA", "Soda abu dan TRO", "dye", "kg", 16_000, 18_000),
)
# Material of one cloth of 2.4 m (data/prices/bom_batik_tulis_2.4m.csv).
NORM = (
    ("MORI-P", Decimal("2.4")),
    ("MALAM", Decimal("0.18")),
    ("WARNA", Decimal(3)),
    ("SODA", Decimal("0.12")),
)


class Product(NamedTuple):
    """A cloth: prices by grade A, B, C in whole rupiah."""

    code: str
    name: str
    technique: str
    motif: str
    wage: tuple[int, int, int]
    bought: tuple[int, int, int]
    sold: tuple[int, int, int]


PRODUCTS = (
    Product("RGN-T", "Rengganis tulis 2,4 m", "tulis", "Mahkota Rengganis",
            (150_000, 130_000, 100_000), (290_000, 255_000, 200_000), (385_000, 340_000, 270_000)),
    Product("KLY-T", "Kelayu tulis 2,4 m", "tulis", "Kelayu",
            (140_000, 120_000, 95_000), (275_000, 240_000, 190_000), (365_000, 320_000, 255_000)),
    Product("BRM-C", "Bromo cap 2,4 m", "cap", "Letusan Bromo",
            (60_000, 50_000, 40_000), (190_000, 165_000, 130_000), (245_000, 215_000, 175_000)),
)  # fmt: skip
GRADES = ("A", "B", "C")
