"""Choices that decide how the result is told: whose business it is, how shared costs are split.

Practice differs in each of them and the accountant decides (posting.md 5); the defaults are those
of the worked year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from canting.cooperatives.rules import BEGINNING, Dated, Parameter
from canting.kernel.texts import gettext_noop as _

REVENUE_KEY, GROSS_KEY, FIXED_KEY = "revenue", "gross", "fixed"
PENALTIES = frozenset({"penalty_m", "penalty_n"})
COMMISSION = frozenset({"sales_commission", "cogs_commission"})
_BY_LAWS = _("Decision of the board or by-laws (enter number and date)")

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "ledger.cost_key",
        _("Key that splits shared costs between business with members and with others"),
        (Dated(BEGINNING, REVENUE_KEY, _("Revenue net of returns and penalties, house rule")),),
        kind="choice",
        choices=(REVENUE_KEY, GROSS_KEY, FIXED_KEY),
    ),
    Parameter(
        "ledger.cost_key_percent",
        _("Members' part of shared costs where the key is fixed"),
        (Dated(BEGINNING, "100", _BY_LAWS),),
        kind="percent",
    ),
    Parameter(
        "ledger.member_base",
        _("Which side makes business with members: where goods come from, or who buys"),
        (Dated(BEGINNING, "origin", _("By-laws decide; a producers' cooperative: origin")),),
        kind="choice",
        choices=("origin", "class"),
    ),
    Parameter(
        "ledger.commission_is_member",
        _("Commission cloth made by members is business with members"),
        (Dated(BEGINNING, True, _("Its value comes from members' work; by-laws decide")),),
        kind="flag",
    ),
    Parameter(
        "ledger.penalty_place",
        _("Where penalties of buyers stand: less revenue, or other expenses"),
        (Dated(BEGINNING, "revenue", _("House rule: they lower the price got")),),
        kind="choice",
        choices=("revenue", "other"),
    ),
    Parameter(
        "ledger.member_cloth_role",
        _("Members' cloth that we buy: principal (full price) or agent (margin alone)"),
        (Dated(BEGINNING, "principal", _("We carry the risk of price and stock")),),
        kind="choice",
        choices=("principal", "agent"),
    ),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """The choices in force on a day."""

    cost_key: str = REVENUE_KEY
    cost_key_percent: Decimal = Decimal(100)
    member_base: str = "origin"
    commission_is_member: bool = True
    penalty_place: str = "revenue"
    member_cloth_role: str = "principal"

    def section(self, role: str, code: str, statement: str) -> str:
        """The section of the statement in which an account counts."""
        if role in PENALTIES and self.penalty_place == "other":
            return "other"
        if role == "cogs_member_cloth" and self.member_cloth_role == "agent":
            return "revenue"
        if code < "5":
            return "revenue"
        return "cost" if statement in {"member_cost", "other_cost"} else statement

    def is_others(self, role: str, split: str) -> bool:
        """True where the choice makes an account others' business, whatever its lines say."""
        if self.member_base == "class" and split == "origin":
            return True
        return role in COMMISSION and not self.commission_is_member

    def weights(self, revenue: tuple[int, int], gross: tuple[int, int]) -> tuple[int, int]:
        """Members' and others' weight of the key, from the figures of the time."""
        if self.cost_key == FIXED_KEY:
            members = int(self.cost_key_percent * 100)
            return members, 10_000 - members
        return gross if self.cost_key == GROSS_KEY else revenue


def telling_of(values: Mapping[str, Any]) -> Telling:
    """The choices from the values of the parameters by their names."""
    known = {name.partition(".")[2]: value for name, value in values.items()}
    known["cost_key_percent"] = Decimal(str(known.get("cost_key_percent", 100)))
    return Telling(**known)
