"""A round of buying together: its states, how a need came, how what is short is shared."""

from collections.abc import Mapping
from enum import StrEnum

from canting.cooperatives.rules import Role


class RoundState(StrEnum):
    """The life of a round: needs come in, are planned, ordered, received, shared out, settled."""

    COLLECTING = "collecting"
    PLANNED = "planned"
    ORDERED = "ordered"
    RECEIVED = "received"
    SHARED = "shared"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class NeedSource(StrEnum):
    """How a need came: asked on the phone, at the desk, pasted, or worked out by us."""

    PHONE = "phone"
    DESK = "desk"
    PASTE = "paste"
    WORK_ORDER = "work_order"
    REORDER = "reorder"


class ShareRule(StrEnum):
    """Who gets what when less came than was asked: active makers first, first need, in proportion."""

    ACTIVE = "active"
    FIRST = "first"
    PROPORTION = "proportion"


class PriceRule(StrEnum):
    """What a share costs its member: the landed cost (with a margin), or the member's price list."""

    LANDED = "landed"
    LIST = "list"


class FundKind(StrEnum):
    """Whose money pays a round."""

    DEPOSIT = "deposit"
    PLEDGE = "pledge"
    EXTRA_SHARE = "extra_share"
    DOWN_PAYMENT = "down_payment"
    FACILITY = "facility"
    OWN = "own"


RIGHTS: Mapping[str, frozenset[Role]] = {}
