"""Every way making can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class NoPieces(DomainError):
    code = "production.no_pieces"
    message = _("Say how many pieces: 1 or more, and at least one for every maker named.")


class SplitDiffers(DomainError):
    code = "production.split_differs"
    message = _(
        "The makers together get %(given)s pieces, but the work order is for %(quantity)s. "
        "Change the split by %(difference)s."
    )


class MakerTwice(DomainError):
    code = "production.maker_twice"
    message = _("%(maker)s stands twice in the split. Put her pieces on one line.")


class MakerNotActive(DomainError):
    code = "production.maker_not_active"
    message = _("%(maker)s is not a member now. Choose another maker, or admit her first.")


class NoRateForGrade(DomainError):
    code = "production.no_rate_for_grade"
    message = _(
        "There is no price for grade “%(grade)s” on this work order; it has %(grades)s. "
        "Choose one of these, or enter the price and open a new work order."
    )


class NoRates(DomainError):
    code = "production.no_rates"
    message = _(
        "%(product)s has no price per grade on %(date)s, so the maker would not know her pay. "
        "Enter it in the price list “%(list)s” first."
    )


class PartTooSmall(DomainError):
    code = "production.part_too_small"
    message = _(
        "%(maker)s has already brought %(settled)s pieces of this work order; "
        "her part cannot be less than that."
    )


class StagesTooMany(DomainError):
    code = "production.stages_too_many"
    message = _(
        "%(given)s pieces are named, but %(left)s are still being made. "
        "Pieces that are finished are counted by the report, not here."
    )


class TooManyPieces(DomainError):
    code = "production.too_many_pieces"
    message = _(
        "%(maker)s still has %(left)s pieces to bring here; %(given)s are named. "
        "Give her more in the split first, or receive the others under another work order."
    )


class OrderClosed(DomainError):
    code = "production.order_closed"
    message = _("The work order %(number)s is closed. Open a new one for further pieces.")


class NotFinished(DomainError):
    code = "production.not_finished"
    message = _(
        "%(number)s still has %(value)s in work. Press “Finish” first, so that it becomes cloth."
    )


class NothingToFinish(DomainError):
    code = "production.nothing_to_finish"
    message = _("%(number)s has no accepted pieces in work; there is nothing to finish.")


class CloseReasonNeeded(DomainError):
    code = "production.close_reason_needed"
    message = _("%(number)s is still open for %(left)s pieces. Say in a few words why it ends now.")


class ReasonNeeded(DomainError):
    code = "production.reason_needed"
    message = _("Say in a few words what happened: the maker may ask, and the reason stays here.")


class NotEnoughInWork(DomainError):
    code = "production.not_enough_in_work"
    message = _(
        "%(number)s has %(left)s in work, less than the recovered wax worth %(value)s. Enter less, "
        "or enter the wax before the cloth is finished."
    )


class BadTerms(DomainError):
    code = "production.bad_terms"
    message = _(
        "These terms cannot hold: the advance is above 0, the agreed price is not below it, the "
        "share is from 0 to 100 percent, and there is at least one piece."
    )


class AdvanceSpent(DomainError):
    code = "production.advance_spent"
    message = _("%(number)s is for %(left)s more pieces; %(given)s are named. Check the contract.")


class AdvanceInUse(DomainError):
    code = "production.advance_in_use"
    message = _("Cloth was bought back under %(number)s. Undo that receipt first.")


class AlreadyReversed(DomainError):
    code = "production.already_reversed"
    message = _("%(number)s was put right before; open the paper that took its place.")


class CodeTaken(DomainError):
    code = "production.code_taken"
    message = _("The code %(number)s is on another cloth already. Scan the label of this one.")


class AlreadyPaid(DomainError):
    code = "production.already_paid"
    message = _(
        "%(maker)s was already paid for this: only %(left)s of %(amount)s is still open. "
        "Put %(paper)s right first."
    )


class NotHerCloth(DomainError):
    code = "production.not_her_cloth"
    message = _(
        "The cloth %(number)s cannot go back to a maker: it was not bought or taken from one. "
        "Choose a cloth that a member delivered."
    )


class NotMaterial(DomainError):
    code = "production.not_material"
    message = _("%(item)s is no material that a maker holds for us. Choose one from the list.")


class FinishedClothGone(DomainError):
    code = "production.finished_cloth_gone"
    message = _(
        "%(number)s stays finished: %(paper)s has taken %(piece)s out of the store since. "
        "Put that right first."
    )


class NoFinish(DomainError):
    code = "production.no_finish"
    message = _(
        "%(number)s has no finish that stands. Open the work order to see what waits in work."
    )


class FinishedSince(DomainError):
    code = "production.finished_since"
    message = _(
        "%(number)s was finished since, so this acceptance is part of the cost of its cloth. "
        "Put the finish right first, on the page of the work order."
    )
