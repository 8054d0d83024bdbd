"""Every way buying and handing out can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class NoLines(DomainError):
    code = "purchasing.no_lines"
    message = _("There is no line. Choose at least one material and write its quantity.")


class BadPrice(DomainError):
    code = "purchasing.bad_price"
    message = _("%(item)s cannot cost %(price)s. Write the price of one %(unit)s, above Rp0.")


class NotMaterial(DomainError):
    code = "purchasing.not_material"
    message = _("%(item)s is no material. Cloth of makers is taken in under Terima kain.")


class NotCloth(DomainError):
    code = "purchasing.not_cloth"
    message = _("%(item)s is no finished product. Material is bought under “Buy material”.")


class GradeNeeded(DomainError):
    code = "purchasing.grade_needed"
    message = _("Say which grade %(item)s has (%(grades)s): its price depends on it.")


class WholePieces(DomainError):
    code = "purchasing.whole_pieces"
    message = _("%(item)s is bought by the piece; %(quantity)s is no number of pieces.")


class SellerNeeded(DomainError):
    code = "purchasing.seller_needed"
    message = _("Say who sold the cloth: choose a supplier, or write the seller's name.")


class SoldSince(DomainError):
    code = "purchasing.sold_since"
    message = _(
        "%(number)s cannot be put right: of the cloth %(codes)s something has left the store. "
        "Take that sale or delivery back first."
    )


class ClothByPurchase(DomainError):
    code = "purchasing.cloth_by_purchase"
    message = _(
        "%(number)s is cloth, a lot for each code. Use “Put right” on the purchase, with the "
        "pieces and the price as they should be."
    )


class SupplierNeeded(DomainError):
    code = "purchasing.supplier_needed"
    message = _(
        "A purchase %(how)s needs a supplier, so that it is known whom we owe. Choose one, "
        "or say that it was paid at once."
    )


class CashPlaceNeeded(DomainError):
    code = "purchasing.cash_place_needed"
    message = _("Say from which cash place %(amount)s was paid.")


class NameTaken(DomainError):
    code = "purchasing.name_taken"
    message = _("There is already a supplier “%(name)s” (%(number)s). Use that one.")


class NameNeeded(DomainError):
    code = "purchasing.name_needed"
    message = _("A supplier needs a name, for example Toko Mori Klewer.")


class NotOnTheRoad(DomainError):
    code = "purchasing.not_on_the_road"
    message = _("%(number)s is not on the road any more: %(state)s.")


class AlreadyReversed(DomainError):
    code = "purchasing.already_reversed"
    message = _("%(number)s was put right before; see %(successor)s.")


class DependsOnIt(DomainError):
    code = "purchasing.depends_on_it"
    message = _("%(number)s cannot be put right: %(what)s. Undo that first.")


class PaidAlready(DomainError):
    code = "purchasing.paid_already"
    message = _(
        "%(number)s cannot be put right by itself: %(supplier)s would owe us %(amount)s, since "
        "payments were made on it. Put the payment right first."
    )


class MoreThanOwed(DomainError):
    code = "purchasing.more_than_owed"
    message = _(
        "We owe %(supplier)s %(owed)s; %(amount)s cannot be paid. Pay at most what is owed, or "
        "enter the purchase that is missing first."
    )


class BadAmount(DomainError):
    code = "purchasing.bad_amount"
    message = _("The amount %(amount)s cannot be used here. Write whole rupiah above zero.")


class MoreThanBought(DomainError):
    code = "purchasing.more_than_bought"
    message = _(
        "%(quantity)s of %(item)s cannot go back: %(number)s brought %(bought)s, of which "
        "%(returned)s went back before."
    )


class NoDifference(DomainError):
    code = "purchasing.no_difference"
    message = _("The price of %(item)s on %(number)s is %(price)s already; there is no difference.")


class WrongBasis(DomainError):
    code = "purchasing.wrong_basis"
    message = _(
        "“%(mode)s” cannot be used with the basis “%(basis)s”: material that stays ours is handed "
        "out as custody for commission work, material that is sold is purchase."
    )


class UnknownMode(DomainError):
    code = "purchasing.unknown_mode"
    message = _("“%(mode)s” is no way to hand out material. Choose one of %(known)s.")


class NotActive(DomainError):
    code = "purchasing.not_active"
    message = _("%(name)s is no member today, so nothing can be handed out on credit or in trust.")


class HoldsNothing(DomainError):
    code = "purchasing.holds_nothing"
    message = _("%(name)s holds no %(item)s of ours, so none can come back.")


class OwesLess(DomainError):
    code = "purchasing.owes_less"
    message = _(
        "%(number)s cannot be put right by itself: %(name)s has paid on it, %(amount)s of it is "
        "no longer owed. Put the payment right first."
    )


class ReasonNeeded(DomainError):
    code = "purchasing.reason_needed"
    message = _("Say in a few words why: the reason stays beside the correction.")


class BadBreaks(DomainError):
    code = "purchasing.bad_breaks"
    message = _(
        "The prices of %(item)s are not complete. The first price holds from 1 pack; each further "
        "one from more packs, and all are above Rp0."
    )


class BadPack(DomainError):
    code = "purchasing.bad_pack"
    message = _(
        "The pack of %(item)s (%(unit)s) cannot be like this. Write what one pack holds, above "
        "zero, and a most that is not below the least."
    )


class BadPeriod(DomainError):
    code = "purchasing.bad_period"
    message = _("A list from %(first)s cannot end on %(last)s. Write a later last day, or none.")


class BadPacks(DomainError):
    code = "purchasing.bad_packs"
    message = _("%(packs)s packs of %(item)s cannot be ordered. Write whole packs above zero.")


class PromiseBefore(DomainError):
    code = "purchasing.promise_before"
    message = _("%(promised)s lies before the order itself (%(on)s). Write the day promised.")


class OrderDone(DomainError):
    code = "purchasing.order_done"
    message = _("%(number)s is %(state)s. What you want needs an order that waits for goods.")


class NotOfOrder(DomainError):
    code = "purchasing.not_of_order"
    message = _("%(item)s does not stand on %(number)s. Choose lines of this order.")


class OverDelivery(DomainError):
    code = "purchasing.over_delivery"
    message = _(
        "%(quantity)s of %(item)s is more than %(number)s waits for (at most %(most)s with the "
        "tolerance). Send the rest back with the driver, or write why it is kept."
    )


class MoreThanReceived(DomainError):
    code = "purchasing.more_than_received"
    message = _(
        "%(quantity)s of %(item)s cannot be billed: of what %(number)s brought, %(left)s is not "
        "billed yet. Enter the delivery that is missing first, or bill what came."
    )


class DifferenceTooLarge(DomainError):
    code = "purchasing.difference_too_large"
    message = _(
        "The bill says %(billed)s for %(item)s; %(expected)s was ordered. A difference of "
        "%(difference)s is beyond the tolerance: the manager enters this bill, with the reason."
    )


class DifferenceNeedsReason(DomainError):
    code = "purchasing.difference_needs_reason"
    message = _(
        "The bill says %(billed)s for %(item)s; %(expected)s was ordered. Write why the "
        "difference of %(difference)s is accepted, or ask the supplier for another bill."
    )


class NotaNeeded(DomainError):
    code = "purchasing.nota_needed"
    message = _("Write the number that stands on the supplier's bill.")


class NotaTwice(DomainError):
    code = "purchasing.nota_twice"
    message = _(
        "Bill %(nota)s of %(supplier)s was entered before as %(number)s. Look there; put that one "
        "right if it is wrong."
    )


class MoreThanKept(DomainError):
    code = "purchasing.more_than_kept"
    message = _(
        "%(quantity)s of %(item)s cannot go back: of what %(number)s brought, %(left)s is left "
        "that did not go back before."
    )


class NooneAsked(DomainError):
    code = "purchasing.noone_asked"
    message = _("Choose at least one supplier to ask.")


class OverLimit(DomainError):
    code = "purchasing.over_limit"
    message = _(
        "%(name)s owes %(owed)s for material and may owe %(limit)s at most, so %(amount)s more is "
        "too much: %(room)s is left. Let her pay some of it, sell for cash, or ask the board for a "
        "higher limit."
    )


class CreditOverdue(DomainError):
    code = "purchasing.credit_overdue"
    message = _(
        "The oldest credit of %(name)s has been due since %(since)s, more than %(days)s days. Let "
        "her pay first, or sell for cash."
    )


class PartOfAnother(DomainError):
    code = "purchasing.part_of_another"
    message = _(
        "%(number)s was handed out by %(above)s. Take the share back on the page of %(above)s; "
        "this paper is put right with it."
    )


class TooLittleMoney(DomainError):
    code = "purchasing.too_little_money"
    message = _(
        "%(tendered)s is %(short)s less than the total of %(total)s. Ask for the rest, or take a "
        "line off."
    )


class MemberNeeded(DomainError):
    code = "purchasing.member_needed"
    message = _("Only a member buys on credit. Say which one, or take cash.")


class BadLimit(DomainError):
    code = "purchasing.bad_limit"
    message = _("A limit of %(amount)s is not possible. Write 0 for no credit, or an amount.")


class LimitNeedsReason(DomainError):
    code = "purchasing.limit_needs_reason"
    message = _("Say by which decision or for what reason the limit is set.")


class SoldElsewhere(DomainError):
    code = "purchasing.sold_elsewhere"
    message = _("%(number)s was not sold at the till. Put it right on its own page.")


class QrisAtBank(DomainError):
    code = "purchasing.qris_at_bank"
    message = _(
        "The QRIS money of %(number)s, %(amount)s, is at the bank already. Put that arrival right "
        "first, or give the money back from the office and write it as a payment."
    )


class UnknownMaterial(DomainError):
    code = "purchasing.unknown_material"
    message = _("No material is called “%(typed)s”. Scan its label, or type a part of its name.")
