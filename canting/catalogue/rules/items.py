"""What the cooperative works with and sells: kinds, units, grades, price lists."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from canting.cooperatives.rules import Role


class ItemKind(StrEnum):
    CLOTH = "cloth"
    WAX = "wax"
    DYE = "dye"
    TOOL = "tool"
    PRODUCT = "product"
    BYPRODUCT = "byproduct"


MATERIALS = (ItemKind.CLOTH, ItemKind.WAX, ItemKind.DYE, ItemKind.TOOL)
# Kept in one pool at a moving average; products are valued per lot instead.
POOLED = (*MATERIALS, ItemKind.BYPRODUCT)
CODE_PREFIX: Mapping[str, str] = {
    ItemKind.CLOTH: "K",
    ItemKind.WAX: "M",
    ItemKind.DYE: "W",
    ItemKind.TOOL: "L",
    ItemKind.PRODUCT: "P",
    ItemKind.BYPRODUCT: "S",
}


class Technique(StrEnum):
    TULIS = "tulis"
    CAP = "cap"
    COMBINED = "combined"


class PriceList(StrEnum):
    """member: material to members; public: to others; purchase: cloth bought from makers;
    piece_rate: commission wage a piece; sale: cloth to buyers; market: seen elsewhere;
    outside_wage: what others pay for making a piece."""

    MEMBER = "member"
    PUBLIC = "public"
    PURCHASE = "purchase"
    PIECE_RATE = "piece_rate"
    SALE = "sale"
    MARKET = "market"
    OUTSIDE_WAGE = "outside_wage"


class Compared(NamedTuple):
    """What one party got or paid here and would have elsewhere; what is not known apart."""

    party_id: int
    ours: int
    market: int
    unknown: int


class ComparedLine(NamedTuple):
    """One line of a paper beside what it would have been elsewhere; market 0: not known.

    `source` names the paper as entries do, so that its page can be found; amounts in rupiah.
    """

    day: date
    paper: str
    source: str
    what: str
    quantity: Decimal
    ours: int
    market: int
    seen: str = ""


GRADES = ("A", "B", "C")
MATERIAL_LISTS = (PriceList.MEMBER, PriceList.PUBLIC, PriceList.MARKET)
PRODUCT_LISTS = (
    PriceList.PURCHASE,
    PriceList.PIECE_RATE,
    PriceList.SALE,
    PriceList.MARKET,
    PriceList.OUTSIDE_WAGE,
)

UNITS = (
    *("m", "yard", "cm", "pis", "roll", "kg", "g", "ons", "kuintal", "l", "ml"),
    *("helai", "pcs", "kodi", "lusin", "set", "takar"),
)
# How a unit is written in sheets and on notas.
UNIT_WORDS: Mapping[str, str] = {
    "meter": "m",
    "metre": "m",
    "mtr": "m",
    "yd": "yard",
    "yards": "yard",
    "piece": "pis",
    "pcs/pis": "pis",
    "kilo": "kg",
    "kilogram": "kg",
    "gr": "g",
    "gram": "g",
    "ltr": "l",
    "liter": "l",
    "litre": "l",
    "lembar": "helai",
    "lbr": "helai",
    "potong": "helai",
    "ptg": "helai",
    "buah": "pcs",
    "bh": "pcs",
    "biji": "pcs",
    "unit": "pcs",
    "pc": "pcs",
    "kwintal": "kuintal",
}
# Exact by definition (1 yard = 0.9144 m); a pis, a roll and a takar have no fixed size.
FIXED_FACTORS: Mapping[tuple[str, str], Decimal] = {
    ("yard", "m"): Decimal("0.9144"),
    ("cm", "m"): Decimal("0.01"),
    ("g", "kg"): Decimal("0.001"),
    ("ons", "kg"): Decimal("0.1"),
    ("kuintal", "kg"): Decimal(100),
    ("kg", "g"): Decimal(1000),
    ("ons", "g"): Decimal(100),
    ("ml", "l"): Decimal("0.001"),
    ("l", "ml"): Decimal(1000),
    ("kodi", "helai"): Decimal(20),
    ("kodi", "pcs"): Decimal(20),
    ("lusin", "helai"): Decimal(12),
    ("lusin", "pcs"): Decimal(12),
}

# Words by which a sheet's item is guessed; the guess is shown and can be changed.
KIND_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (ItemKind.PRODUCT, ("kain batik", "batik jadi", "kemeja", "selendang", "sarung", "syal")),
    (ItemKind.BYPRODUCT, ("malam bekas", "lilin bekas", "gladhagan")),
    (ItemKind.TOOL, ("canting", "cap tembaga", "kompor", "wajan", "gawangan", "kemasan", "kuas")),
    (ItemKind.WAX, ("malam", "lilin", "gondorukem", "parafin", "damar", "kote", "kendal")),
    (
        ItemKind.DYE,
        (
            *("warna", "remasol", "remazol", "naphthol", "naptol", "indigo", "soga", "diazo"),
            *("soda", "tro", "tawas", "tunjung", "kapur", "kostik", "waterglass", "nitrit"),
        ),
    ),
    (
        ItemKind.CLOTH,
        ("mori", "kain", "primisima", "primissima", "prima", "dobi", "sutra", "rayon"),
    ),
)


def unit_of(word: str) -> str:
    """The unit a sheet or a nota means (meter is m), small letters; unknown words stay as they are."""
    plain = word.strip().lower().rstrip(".")
    return UNIT_WORDS.get(plain, plain)


def guess_kind(name: str) -> str:
    """The kind of item that a name suggests; a tool when no word is known."""
    low = f" {name.lower()} "
    for kind, words in KIND_WORDS:
        if any(word in low for word in words):
            return kind
    return ItemKind.TOOL


_STORE = frozenset({Role.STOREKEEPER, Role.MANAGER})
RIGHTS: Mapping[str, frozenset[Role]] = {
    "catalogue.view_items": frozenset(
        {*_STORE, Role.CASHIER, Role.MENTOR, Role.BOARD, Role.SUPERVISOR}
    ),
    "catalogue.edit_items": _STORE,
    "catalogue.set_prices": frozenset({Role.MANAGER, Role.BOARD}),
    "catalogue.keep_recipes": frozenset({*_STORE, Role.MENTOR}),
    "catalogue.ban_items": frozenset({Role.MANAGER, Role.BOARD}),
}
