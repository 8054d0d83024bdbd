"""Every way the cash desk can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class UnknownPlace(DomainError):
    code = "cash.unknown_place"
    message = _("“%(place)s” is no cash place of this cooperative. Choose one from the list.")


class NotEnoughCash(DomainError):
    code = "cash.not_enough_cash"
    message = _(
        "%(place)s holds %(left)s on %(date)s; %(amount)s cannot leave it. Take it from another "
        "cash place, move money there first, or write down what came in and is not entered yet."
    )
