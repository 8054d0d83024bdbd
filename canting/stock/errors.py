"""Every way the stock can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class NotEnoughStock(DomainError):
    code = "stock.not_enough"
    message = _(
        "%(wanted)s of %(item)s cannot leave %(place)s: only %(left)s are left. "
        "Take less, or enter the receipt that is missing first."
    )


class NotEnoughLater(DomainError):
    code = "stock.not_enough_later"
    message = _(
        "%(wanted)s of %(item)s cannot leave %(place)s on %(date)s: on %(later)s only %(left)s "
        "would be left of what has gone out since. Choose a later date or take less."
    )


class BadQuantity(DomainError):
    code = "stock.bad_quantity"
    message = _("%(quantity)s of %(item)s cannot be moved. Write a quantity above zero.")


class BadValue(DomainError):
    code = "stock.bad_value"
    message = _("%(item)s cannot be kept at %(value)s. Its value is Rp0 or more in whole rupiah.")


class CannotUndo(DomainError):
    code = "stock.cannot_undo"
    message = _(
        "%(paper)s cannot be undone: part of the %(item)s it brought has gone out since, at the "
        "average price. Write a return or a price difference instead."
    )


class AlreadyUndone(DomainError):
    code = "stock.already_undone"
    message = _("The stock moves of %(paper)s were undone before.")


class CodeTaken(DomainError):
    code = "stock.code_taken"
    message = _("The cloth code %(number)s is in use. Take another label.")


class BadCode(DomainError):
    code = "stock.bad_code"
    message = _(
        "“%(number)s” is no cloth code: six signs from A-Z and 2-9, without O and I, such as K7Q-4MD."
    )


class NotPooled(DomainError):
    code = "stock.not_pooled"
    message = _("%(item)s is cloth that is kept piece by piece; name the piece by its code.")


class BatchNeeded(DomainError):
    code = "stock.batch_needed"
    message = _(
        "%(item)s is kept by batch, and this paper names none. Write the lot code that the "
        "supplier printed on it."
    )


class NotThisBatch(DomainError):
    code = "stock.not_this_batch"
    message = _("%(item)s has no batch “%(batch)s”. Choose one of %(known)s.")


class NotEnoughOfBatch(DomainError):
    code = "stock.not_enough_of_batch"
    message = _(
        "%(wanted)s of %(item)s, batch %(batch)s, cannot leave %(place)s on %(date)s: only "
        "%(left)s of it may leave then. Take less, choose another batch or a later date."
    )


class OtherExpiry(DomainError):
    code = "stock.other_expiry"
    message = _(
        "Batch %(batch)s of %(item)s came before with the expiry %(known)s, not %(given)s. "
        "Look at the label again, or write the code with a sign more."
    )


class CannotTrack(DomainError):
    code = "stock.cannot_track"
    message = _("%(item)s cannot be kept by batch: only cloth, wax, dyes and tools can.")


class StillThere(DomainError):
    code = "stock.still_there"
    message = _(
        "%(item)s stays kept by batch while %(left)s of it lie somewhere. Use it up or count it out "
        "first."
    )


class NoGoods(DomainError):
    code = "stock.no_goods"
    message = _("This paper moves nothing. Choose at least one material and write its quantity.")


class WrongWay(DomainError):
    code = "stock.wrong_way"
    message = _(
        "From %(start)s to %(end)s is no transfer. Goods move from one store to another, or from "
        "one maker to another; hand out and take back have papers of their own."
    )


class DayClosed(DomainError):
    code = "stock.day_closed"
    message = _("%(date)s is closed or before the books begin. The first open day is %(open)s.")


class ReasonNeeded(DomainError):
    code = "stock.reason_needed"
    message = _("Write why, so that whoever reads it later understands it.")


class StoreNeedsName(DomainError):
    code = "stock.store_needs_name"
    message = _("A further store needs a name, for example Gudang Kraksaan.")


class StoreThere(DomainError):
    code = "stock.store_there"
    message = _("There is already a store “%(name)s”.")


class CountOpen(DomainError):
    code = "stock.count_open"
    message = _(
        "%(number)s already counts this. Finish it or drop it before you begin another count."
    )


class CountClosed(DomainError):
    code = "stock.count_closed"
    message = _("%(number)s is no longer open: %(state)s.")


class SamePerson(DomainError):
    code = "stock.same_person"
    message = _(
        "%(name)s has counted %(number)s already. The second count is made by somebody else, under "
        "that person's own sign-in."
    )


class ThirdPerson(DomainError):
    code = "stock.third_person"
    message = _("%(number)s is counted by %(first)s and %(second)s; nobody else can write in it.")


class FirstMissing(DomainError):
    code = "stock.first_missing"
    message = _("%(number)s has no first count yet. The second one comes after it.")


class NotCounted(DomainError):
    code = "stock.not_counted"
    message = _(
        "%(number)s cannot be booked: %(count)s rows are not counted by both, first %(item)s. "
        "Write what is there; 0 when there is none."
    )


class CountsDiffer(DomainError):
    code = "stock.counts_differ"
    message = _(
        "%(number)s cannot be booked: the two counts differ in %(count)s rows, first %(item)s. "
        "Look at it together, then either of you corrects the own figure."
    )


class DifferenceReason(DomainError):
    code = "stock.difference_reason"
    message = _("%(item)s differs by %(quantity)s. Write the reason, or what you suppose it is.")


class NotAtAMaker(DomainError):
    code = "stock.not_at_a_maker"
    message = _(
        "%(item)s differs in the store, where nobody can be charged for it. Book it as a difference."
    )


class WorthNeeded(DomainError):
    code = "stock.worth_needed"
    message = _(
        "%(item)s was found where there was none, so its value is not known. "
        "Write what one %(unit)s of it is worth."
    )


class NotWax(DomainError):
    code = "stock.not_wax"
    message = _("%(item)s cannot go into a blend of wax: only wax and recovered wax can.")


class NotRepacked(DomainError):
    code = "stock.not_repacked"
    message = _(
        "%(item)s can only be packed of one other material of the same kind. Choose another, or "
        "make an item for the pack first."
    )


class MoreThanWentIn(DomainError):
    code = "stock.more_than_went_in"
    message = _("%(out)s cannot come out of %(into)s that go in. Write at most what goes in.")


class RecipeNameTaken(DomainError):
    code = "stock.recipe_name_taken"
    message = _("There is already a recipe “%(name)s”.")


class BadRows(DomainError):
    code = "stock.bad_rows"
    message = _("Nothing was taken in: %(count)s cells need care. The first: %(first)s")


class EvidenceNeeded(DomainError):
    code = "stock.evidence_needed"
    message = _(
        "Write where the price of %(item)s comes from: an offer, a market, a sale, with its day."
    )


class NothingThere(DomainError):
    code = "stock.nothing_there"
    message = _("There is nothing of %(item)s with a value, so nothing can be written down.")


class SameAllowance(DomainError):
    code = "stock.same_allowance"
    message = _(
        "%(item)s cost %(cost)s, would bring %(worth)s and is written down by %(standing)s: nothing "
        "changes. Write another price, or leave it."
    )


class LaterWriteDown(DomainError):
    code = "stock.later_write_down"
    message = _("%(number)s cannot be put right: %(later)s came after it. Put that right first.")


class AlreadyPutRight(DomainError):
    code = "stock.write_down_put_right"
    message = _("%(number)s was put right before. Open the paper that replaced it.")
