"""Shapes of what is typed in the treasurer's daily work; see the modules of this package."""

from canting.treasury.forms.bank import BookForm, ReadForm
from canting.treasury.forms.costs import (
    AccrualForm,
    OwedForm,
    PayForm,
    PrepayForm,
    ReasonForm,
    RecurringForm,
    WhatForm,
    put_right,
)

__all__ = [
    "AccrualForm",
    "BookForm",
    "OwedForm",
    "PayForm",
    "PrepayForm",
    "ReadForm",
    "ReasonForm",
    "RecurringForm",
    "WhatForm",
    "put_right",
]
