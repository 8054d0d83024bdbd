"""States, ways and memos in the words people read."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from canting.purchasing.models import (
    HandOut,
    MaterialReturn,
    OrderReceipt,
    OrderReturn,
    Purchase,
    PurchaseChange,
    SupplierBill,
    SupplierPayment,
)
from canting.purchasing.rules import ChangeKind, Match, Mode, OrderState, Payment, State


def state_name(state: str) -> str:
    """A state as people read it."""
    names: dict[str, str] = {
        State.SHIPPED: _("on the road"),
        State.POSTED: _("booked"),
        State.REVERSED: _("put right"),
    }
    return names[state]


def mode_name(mode: str) -> str:
    """A way to hand out as people read it."""
    names: dict[str, str] = {
        Mode.CASH: _("sold for cash"),
        Mode.CREDIT: _("credit, due next month"),
        Mode.CREDIT_ON_SALE: _("credit, due when the cloth is sold"),
        Mode.CUSTODY: _("in trust, stays ours"),
    }
    return names[mode]


def purchase_how(*, payment: str, terms: str) -> str:
    """How a purchase is made, in the middle of a sentence."""
    return _("on credit") if payment == Payment.CREDIT else _("that is ours from loading")


def purchase_memo(purchase: Purchase) -> str:
    """What the journal says of a purchase."""
    name = purchase.seller_name or _("the market")
    text = _("Materials from %(name)s") % {"name": name}
    return f"{text}, {purchase.nota}" if purchase.nota else text


def cloth_memo(purchase: Purchase) -> str:
    """What the journal says of cloth bought outside."""
    name = purchase.seller_name or _("the market")
    text = _("Cloth from %(name)s, no member") % {"name": name}
    return f"{text}, {purchase.nota}" if purchase.nota else text


def hand_out_memo(hand_out: HandOut) -> str:
    """What the journal says of a hand-out."""
    facts = {"name": hand_out.receiver, "how": mode_name(hand_out.mode)}
    text = _("Materials to %(name)s: %(how)s") % facts
    return f"{text}, {hand_out.work_order}" if hand_out.work_order else text


def return_memo(paper: MaterialReturn) -> str:
    """What the journal says of material that came back."""
    text = _("Unused material back from %(name)s") % {"name": paper.member.full_name}
    return f"{text}, {paper.work_order}" if paper.work_order else text


def change_memo(change: PurchaseChange) -> str:
    """What the journal says of goods sent back or of another price."""
    facts = {"item": change.line.item.name, "number": change.purchase.number}
    if change.kind == ChangeKind.RETURN:
        return _("%(item)s of %(number)s sent back") % facts
    return _("Another price for %(item)s of %(number)s") % facts


def payment_memo(payment: SupplierPayment) -> str:
    """What the journal says of a payment to a supplier."""
    return _("Paid to %(name)s") % {"name": payment.supplier.name}


def changes_text(numbers: Sequence[str]) -> str:
    """That returns or price differences stand on a purchase."""
    return _("%(numbers)s was written on it since") % {"numbers": ", ".join(numbers)}


def bought_together_text(number: str) -> str:
    """That a receipt was written together with its purchase."""
    return _("it was written together with %(number)s, which is put right instead") % {
        "number": number
    }


def order_state_name(state: str) -> str:
    """A state of a supplier order as people read it."""
    names: dict[str, str] = {
        OrderState.OPEN: _("waiting for goods"),
        OrderState.PART: _("received in part"),
        OrderState.RECEIVED: _("all received"),
        OrderState.CLOSED: _("closed"),
        OrderState.REVERSED: _("put right"),
    }
    return names[state]


def order_receipt_memo(receipt: OrderReceipt) -> str:
    """What the journal says of goods that came on an order."""
    facts = {"name": receipt.order.supplier.name, "number": receipt.order.number}
    text = _("Goods from %(name)s on %(number)s, not yet billed") % facts
    return f"{text}, {receipt.nota}" if receipt.nota else text


def bill_memo(bill: SupplierBill) -> str:
    """What the journal says of a supplier's bill."""
    facts = {"name": bill.supplier.name, "nota": bill.nota, "number": bill.order.number}
    return _("Bill %(nota)s of %(name)s for %(number)s") % facts


def order_return_memo(paper: OrderReturn) -> str:
    """What the journal says of goods of an order that went back."""
    facts = {"name": paper.order.supplier.name, "number": paper.order.number}
    return _("Goods of %(number)s back to %(name)s") % facts


def freight_word() -> str:
    """Freight, in the middle of a sentence."""
    return _("the freight")


def match_words(match: str) -> tuple[str, str]:
    """What ordered, received and billed say about each other: the state's kind and its words."""
    told: dict[str, tuple[str, str]] = {
        Match.AGREES: ("done", _("agrees")),
        Match.WAITING: ("wait", _("not received yet")),
        Match.SHORT: ("wait", _("part received")),
        Match.OVER: ("info", _("more than ordered")),
        Match.UNBILLED: ("wait", _("not billed yet")),
        Match.DEARER: ("wrong", _("billed higher")),
        Match.CHEAPER: ("info", _("billed lower")),
    }
    return told[match]
