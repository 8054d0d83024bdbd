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
