"""Words of a round: its states, how a need came, how what is short is shared, whose money pays."""

from enum import StrEnum


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


class DifferenceBy(StrEnum):
    """Who bears what bills said above or below the order: members in proportion, or we."""

    MEMBERS = "members"
    COOPERATIVE = "cooperative"


class FundKind(StrEnum):
    """Whose money pays a round."""

    DEPOSIT = "deposit"
    PLEDGE = "pledge"
    EXTRA_SHARE = "extra_share"
    DOWN_PAYMENT = "down_payment"
    FACILITY = "facility"
    OWN = "own"


class FundState(StrEnum):
    """Whether a source of money stands, was taken back by its giver, or was put right."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


class MoveKind(StrEnum):
    """What became of a deposit: paid her share, went back to her, waits for another round."""

    USED = "used"
    RETURNED = "returned"
    KEPT = "kept"


class ShareState(StrEnum):
    """A share waits for its member and her money, is handed out, or went to the store."""

    WAITING = "waiting"
    HANDED = "handed"
    RELEASED = "released"


class ShareOutState(StrEnum):
    """A share-out stands, or was undone as a whole."""

    STANDING = "standing"
    UNDONE = "undone"


# Steps of a round in the order of its time line.
STEPS_OF_LIFE = (
    RoundState.COLLECTING,
    RoundState.PLANNED,
    RoundState.ORDERED,
    RoundState.RECEIVED,
    RoundState.SHARED,
    RoundState.SETTLED,
)
# After the orders went out: what has come decides which of these a round is in.
UNDER_WAY = frozenset({RoundState.ORDERED, RoundState.RECEIVED, RoundState.SHARED})
OVER = frozenset({RoundState.SETTLED, RoundState.CANCELLED})
