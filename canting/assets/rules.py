"""Fixed assets: their classes, how they lose value month by month, who may act, and grants."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.money import half_up
from canting.kernel.texts import gettext_noop as _

ASSET_SERIES, RUN_SERIES, DISPOSAL_SERIES, GRANT_SERIES = "AT", "SU", "LA", "HB"
ASSET, RUN, DISPOSAL, GRANT = "assets.asset", "assets.run", "assets.disposal", "assets.grant"
# Further entries of the same papers: conditions met, loss booked at disposal, loss taken back.
MET, CHARGED, TAKEN_BACK = "assets.grant_met", "assets.charged", "assets.taken_back"
STRAIGHT, DECLINING, NONE = "straight", "declining", "none"
METHODS: Mapping[str, str] = {
    STRAIGHT: _("Straight line: the same each month"),
    DECLINING: _("Declining: twice the straight rate of what is left each year"),
}
BOUGHT, GRANTED, TAKEN_OVER = "bought", "granted", "opening"
ORIGINS: Mapping[str, str] = {
    BOUGHT: _("Bought"),
    GRANTED: _("Received as a grant"),
    TAKEN_OVER: _("Taken over from the old book"),
}
EQUITY, INCOME, HELD = "equity", "income", "held"
TREATMENTS: Mapping[str, str] = {
    EQUITY: _("Own capital: the deed says it adds to capital"),
    INCOME: _("Income: its conditions are met"),
    HELD: _("Held: its conditions are not met yet"),
}
# Of a treatment, and whether a thing was given: the kind of the entry (posting.md 2.7).
GRANT_KINDS = {
    (EQUITY, False): "grant_cash",
    (EQUITY, True): "grant_kind",
    (INCOME, False): "grant_cash_income",
    (INCOME, True): "grant_kind_income",
    (HELD, False): "grant_cash_held",
    (HELD, True): "grant_kind_held",
}
SOLD, SCRAPPED, LOST, GIVEN = "sold", "scrapped", "lost", "given"
ENDINGS: Mapping[str, str] = {
    SOLD: _("It was sold"),
    SCRAPPED: _("Broken, no longer used"),
    LOST: _("Lost or stolen"),
    GIVEN: _("Given away"),
}


class AssetClass(NamedTuple):
    """A class of fixed assets: its account, the account of what it has lost, its usual life."""

    key: str
    label: str
    role: str
    accumulated: str
    years: int  # 0: it does not lose value


CLASSES: Mapping[str, AssetClass] = {
    one.key: one
    for one in (
        AssetClass("land", _("Land"), "land", "", 0),
        AssetClass("building", _("Buildings"), "building", "building_acc", 20),
        AssetClass("machine", _("Machinery and equipment"), "equipment", "equipment_acc", 5),
        AssetClass("vehicle", _("Vehicles"), "vehicle", "vehicle_acc", 8),
        AssetClass("office", _("Office equipment"), "office", "office_acc", 4),
    )
}
NEVER = frozenset(key for key, one in CLASSES.items() if not one.years)
LIVES: Mapping[str, tuple[str, str]] = {
    "building": (
        _("Usual life of buildings"),
        _("Income Tax Law article 11: permanent buildings 20 years (from memory: check)"),
    ),
    "machine": (
        _("Usual life of machinery and equipment"),
        _("Five years, as in the worked year of these books; the board decides"),
    ),
    "vehicle": (
        _("Usual life of vehicles"),
        _("Income Tax Law article 11, group 2: 8 years (from memory: check)"),
    ),
    "office": (
        _("Usual life of office equipment"),
        _("Income Tax Law article 11, group 1: 4 years (from memory: check)"),
    ),
}


def life_parameter(kind: str) -> str:
    """The parameter that holds the usual life of a class."""
    return f"assets.life_{kind}"


PARAMETERS: tuple[Parameter, ...] = tuple(
    Parameter(
        life_parameter(kind),
        label,
        (Dated(BEGINNING, CLASSES[kind].years, source),),
        kind="years",
    )
    for kind, (label, source) in LIVES.items()
)

DESK = frozenset({Role.CASHIER, Role.MANAGER})
LOOK = DESK | {Role.BOARD, Role.SUPERVISOR}
RIGHTS: Mapping[str, frozenset[Role]] = {
    "assets.view_assets": LOOK,
    "assets.record_assets": DESK,
    "assets.depreciate_assets": DESK,
    "assets.receive_grants": DESK,
    "assets.correct_papers": DESK,
}
PAPERS: Mapping[str, tuple[str, str]] = {
    ASSET: ("assets:asset_detail", "number"),
    RUN: ("assets:run_detail", "number"),
    DISPOSAL: ("assets:disposal_detail", "number"),
    GRANT: ("assets:grant_detail", "number"),
    MET: ("assets:grant_detail", "number"),
    CHARGED: ("assets:disposal_detail", "number"),
    TAKEN_BACK: ("assets:asset_detail", "number"),
}


class Terms(NamedTuple):
    """What an asset's loss of value is reckoned from; amounts in whole rupiah."""

    cost: int  # what was left of it when the reckoning began
    residual: int
    months: int  # of life from then on; 0: it does not lose value
    method: str
    since: date  # the first day of the month from which it is reckoned
    life: int = 0  # whole life in months, where some of it was over before; 0: the same


def month_number(day: date) -> int:
    """A month as one number, so that months can be counted."""
    return day.year * 12 + day.month - 1


def months_used(terms: Terms, until: date) -> int:
    """How many months of its life are over at the end of `until`'s month.

    The month of first use counts whole, and so does the month of disposal (worked year E103, E104).
    """
    gone = month_number(until) - month_number(terms.since) + 1
    return min(max(gone, 0), terms.months)


def lost_after(terms: Terms, months: int) -> int:
    """What an asset has lost after so many months, in whole rupiah; never past its residual value.

    Reckoned from the beginning each time, so that the months add up to the whole.
    """
    whole = terms.cost - terms.residual
    if terms.months == 0 or months <= 0:
        return 0
    if months >= terms.months:
        return whole
    if terms.method == STRAIGHT:
        return half_up(Decimal(whole) * months / terms.months)
    return min(_declined(terms, months), whole)


def _declined(terms: Terms, months: int) -> int:
    """Twice the straight rate of the book value at the start of each year of use.

    Whatever remains above the residual value goes with the last month of the life.
    """
    years, rest = divmod(months, 12)
    book = terms.cost
    for _year in range(years):
        book -= _of_a_year(terms, book)
    return terms.cost - book + half_up(Decimal(_of_a_year(terms, book)) * rest / 12)


def _of_a_year(terms: Terms, book: int) -> int:
    life = terms.life or terms.months
    return min(half_up(Decimal(book) * 24 / life), book - terms.residual)


def lost_until(terms: Terms, until: date) -> int:
    """What an asset has lost by the end of a month (posting.md 2.7), in whole rupiah."""
    return lost_after(terms, months_used(terms, until))
