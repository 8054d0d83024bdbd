"""Every way selling can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class UnknownBuyer(DomainError):
    code = "sales.unknown_buyer"
    message = _("There is no buyer “%(buyer)s”. Choose one from the list, or add the buyer first.")


class UnknownProduct(DomainError):
    code = "sales.unknown_product"
    message = _(
        "“%(product)s” is no product of this cooperative. Choose one from the list, "
        "or add it to the catalogue first."
    )


class NoLines(DomainError):
    code = "sales.no_lines"
    message = _("There is no line yet. Add at least one product, piece or amount.")


class BadQuantityHere(DomainError):
    code = "sales.bad_quantity"
    message = _("%(what)s: the quantity %(quantity)s must be above zero.")


class BadPercent(DomainError):
    code = "sales.bad_percent"
    message = _("%(percent)s%% is no part of a price. Write a number from 0 to 100.")


class BadPrice(DomainError):
    code = "sales.bad_price"
    message = _("%(what)s: the price %(price)s must be above zero.")


class OrderClosed(DomainError):
    code = "sales.order_closed"
    message = _("Order %(order)s is closed. Write a new order, or open this one again.")


class OpeningStands(DomainError):
    code = "sales.opening_stands"
    message = _(
        "%(paper)s came with the opening, which is signed and stands. Pay the rest back to the "
        "buyer, or put the difference right with a journal entry."
    )


class BelowDelivered(DomainError):
    code = "sales.below_delivered"
    message = _(
        "%(what)s: %(delivered)s pieces are sent already, so the order cannot be less and keeps "
        "its product, grade and price."
    )


class StillOpen(DomainError):
    code = "sales.still_open"
    message = _("Order %(order)s cannot be closed yet: %(what)s")


class UnknownPiece(DomainError):
    code = "sales.unknown_piece"
    message = _("No cloth has the code “%(piece)s”. Look at the label and type it again.")


class NotReleased(DomainError):
    code = "sales.not_released"
    message = _(
        "%(piece)s was not inspected and released yet, so it cannot be sold. "
        "Inspect it first (Periksa kain)."
    )


class PieceTwice(DomainError):
    code = "sales.piece_twice"
    message = _("%(piece)s stands on this paper twice. Take one of the two lines off.")


class PieceNotHere(DomainError):
    code = "sales.piece_not_here"
    message = _("%(piece)s is not in the store: %(where)s. Only %(left)s can be sold from here.")


class NotOnOrder(DomainError):
    code = "sales.not_on_order"
    message = _(
        "%(piece)s (%(product)s %(grade)s) is not on order %(order)s, or all of it is sent. "
        "Change the order first, or take the piece off."
    )


class ConsignedPiece(DomainError):
    code = "sales.consigned_piece"
    message = _(
        "%(piece)s belongs to %(owner)s and is here on consignment. Sell it at the gallery; "
        "for an order buy it first."
    )


class AlreadyConfirmed(DomainError):
    code = "sales.already_confirmed"
    message = _(
        "%(delivery)s was confirmed on %(date)s with %(accepted)s accepted. "
        "What is wrong with it is put right by a credit note."
    )


class WrongCounts(DomainError):
    code = "sales.wrong_counts"
    message = _("%(what)s: %(rejected)s were sent back, but only %(sent)s were sent.")


class NoteNeeded(DomainError):
    code = "sales.note_needed"
    message = _("Say in a few words what was wrong with the pieces that go back.")


class AlreadyReversed(DomainError):
    code = "sales.already_reversed"
    message = _("%(paper)s was put right already; its successor is %(successor)s.")


class DependsOnIt(DomainError):
    code = "sales.depends_on_it"
    message = _("%(paper)s cannot be put right: %(what)s")


class NothingToInvoice(DomainError):
    code = "sales.nothing_to_invoice"
    message = _(
        "Nothing of order %(order)s is accepted and not invoiced yet. "
        "Confirm a delivery first; an invoice follows what was accepted."
    )


class BuyerLacksFact(DomainError):
    code = "sales.buyer_lacks_fact"
    message = _(
        "The Coretax file cannot be made, these facts are missing: %(facts)s. Write them on the "
        "buyer's page, then take the file again."
    )


class NoTaxInvoices(DomainError):
    code = "sales.no_tax_invoices"
    message = _("No invoice of %(month)s bears VAT, so there is no Coretax file.")


class MoreVatThanInvoiced(DomainError):
    code = "sales.more_vat_than_invoiced"
    message = _(
        "%(paper)s bears %(vat)s of VAT; a buyer who collects it cannot keep %(amount)s. Write the "
        "rest as another tax or as money."
    )


class TooMuchPaid(DomainError):
    code = "sales.too_much_paid"
    message = _(
        "%(paper)s has %(open)s open, but %(amount)s was entered. Enter at most what is open; "
        "money beyond it belongs to another paper."
    )


class NothingPaid(DomainError):
    code = "sales.nothing_paid"
    message = _("The amount is missing: write how much came in.")


class DownPaymentTooMuch(DomainError):
    code = "sales.down_payment_too_much"
    message = _(
        "Order %(order)s is worth %(total)s and %(received)s was paid in advance; "
        "%(amount)s more is too much. Look at the amount, or at the order."
    )


class NotPaidInAdvance(DomainError):
    code = "sales.not_paid_in_advance"
    message = _("Of the down payment for %(order)s only %(left)s is left; %(amount)s is too much.")


class DateBefore(DomainError):
    code = "sales.date_before"
    message = _("%(date)s is before %(before)s, the day of %(paper)s. Choose that day or a later.")


class RoundingTooMuch(DomainError):
    code = "sales.rounding_too_much"
    message = _(
        "%(received)s against a total of %(total)s rounds %(difference)s; at most %(limit)s may be "
        "rounded. Correct the amount received, or give a discount."
    )


class DiscountTooMuch(DomainError):
    code = "sales.discount_too_much"
    message = _("A discount of %(discount)s leaves nothing of %(total)s. Lower the discount.")


class BuyerNeeded(DomainError):
    code = "sales.buyer_needed"
    message = _("A sale on credit or by bank transfer needs a known buyer. Choose one first.")


class QrisTooMuch(DomainError):
    code = "sales.qris_too_much"
    message = _(
        "%(amount)s cannot have come in by QRIS: only %(left)s was on its way on %(date)s. "
        "Look at the acquirer's report."
    )


class ProceedsPaid(DomainError):
    code = "sales.proceeds_paid"
    message = _(
        "%(paper)s cannot be put right: %(owner)s was already paid for it. "
        "Put %(slip)s right first."
    )


class NotReturnable(DomainError):
    code = "sales.not_returnable"
    message = _(
        "%(piece)s cannot come back by credit note: its maker's share depends on this sale. "
        "Put the sale itself right with Betulkan."
    )


class NoTaxDue(DomainError):
    code = "sales.no_tax_due"
    message = _("%(month)s has no taxed turnover, so there is no final tax to book.")


class MonthNotOver(DomainError):
    code = "sales.month_not_over"
    message = _("%(month)s is not over on %(date)s: its tax is booked on its last day or later.")


class TooMuchTax(DomainError):
    code = "sales.too_much_tax"
    message = _("Only %(left)s of final tax is still to be paid; %(amount)s is too much.")


class WhyNeeded(DomainError):
    code = "sales.why_needed"
    message = _(
        "Write why: what is known of %(buyer)s, or the number of the board's decision, for example "
        "RP-12/2026."
    )


class SameDoubt(DomainError):
    code = "sales.same_doubt"
    message = _("%(amount)s stands aside for %(buyer)s already. Write another amount, or leave it.")


class MoreThanOpen(DomainError):
    code = "sales.more_than_open"
    message = _("%(paper)s has %(open)s open, so %(amount)s is too much. Write at most %(open)s.")


class LaterDoubt(DomainError):
    code = "sales.later_doubt"
    message = _("%(paper)s cannot be put right: %(later)s came after it. Put that right first.")
