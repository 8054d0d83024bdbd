"""Business units: which account is whose, from which day on, and how shared costs are split."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from canting.kernel.money import share
from canting.kernel.texts import gettext_noop as _

REVENUE, GROSS, FIXED = "revenue", "gross", "fixed"
ANY_KIND = ""
# Kinds of entries by which one account may belong to two units, in plain words.
KINDS: Mapping[str, str] = {
    ANY_KIND: _("from any paper"),
    "sale_material_nonmember": _("from materials sold to non-members"),
    "handout_cash": _("from materials sold to members for cash"),
    "handout_credit": _("from materials handed out on credit"),
    "gallery_sale": _("from the gallery, paid in cash"),
    "gallery_sale_qris": _("from the gallery, paid by QRIS"),
    "gallery_sale_mixed": _("from the gallery, paid in several ways"),
    "sale_credit": _("from goods delivered to buyers"),
    "credit_note": _("from goods that came back"),
    "count_difference": _("from a stock count"),
    "price_difference": _("from another price of a supplier"),
    "overhead": _("from money paid out at the cash desk"),
    "depreciation": _("from depreciation"),
    "prepaid_used": _("from costs paid ahead"),
    "accrual": _("from costs not billed yet"),
    "manual": _("from entries by hand"),
}
_CLOTH = (
    *("sales_member_cloth", "sales_commission", "consign_fee", "returns_m", "penalty_m"),
    *("sales_outside", "returns_n", "penalty_n", "cogs_member_cloth", "cogs_commission"),
    *("cogs_n", "quality_loss"),
)


class Starter(NamedTuple):
    """What a new unit usually holds: account roles, with the kind of entry where it matters."""

    label: str
    roles: tuple[tuple[str, str], ...]


STARTERS: Mapping[str, Starter] = {
    "cloth": Starter(_("Batik: cloth sold"), tuple((role, ANY_KIND) for role in _CLOTH)),
    "materials": Starter(
        _("Material shop: materials sold"),
        (
            ("sales_material_m", ANY_KIND),
            ("sales_material_n", ANY_KIND),
            ("cogs_material_m", ANY_KIND),
            ("cogs_n", "sale_material_nonmember"),
        ),
    ),
    "loans": Starter(
        _("Savings and loans: interest"),
        (("loan_interest", ANY_KIND), ("loan_fee", ANY_KIND), ("savings_interest", ANY_KIND)),
    ),
    "": Starter(_("Nothing yet: I choose the accounts myself"), ()),
}


class Rule(NamedTuple):
    """From a day on, an account (with entries of a kind) is a unit's; without a unit it is shared."""

    account: int
    kind: str
    unit: int | None
    valid_from: date


def changes_between(rules: Sequence[Rule], since: date, until: date) -> list[tuple[date, date]]:
    """The time cut where a rule begins within it, so that one set of rules holds in each piece."""
    starts = sorted({since, *(r.valid_from for r in rules if since < r.valid_from <= until)})
    ends = [date.fromordinal(start.toordinal() - 1) for start in starts[1:]]
    return list(zip(starts, [*ends, until], strict=True))


def in_force(rules: Sequence[Rule], on: date) -> dict[tuple[int, str], int | None]:
    """The unit of each account and kind on a day; of rules from one day the later written holds."""
    found: dict[tuple[int, str], tuple[date, int | None]] = {}
    for rule in rules:
        key = (rule.account, rule.kind)
        if rule.valid_from <= on and (key not in found or found[key][0] <= rule.valid_from):
            found[key] = (rule.valid_from, rule.unit)
    return {key: unit for key, (_day, unit) in found.items()}


def unit_of(held: Mapping[tuple[int, str], int | None], account: int, kind: str) -> int | None:
    """Whose an amount is: by account and kind, else by account, else it is shared (None)."""
    if (account, kind) in held:
        return held[account, kind]
    return held.get((account, ANY_KIND))


def split(amount: int, weights: Sequence[int]) -> list[int] | None:
    """An amount split by weight to the rupiah; None where no unit has a weight above zero."""
    positive = [max(weight, 0) for weight in weights]
    return share(amount, positive) if any(positive) else None
