"""Shapes of what is typed in the treasurer's daily work; see the modules of this package."""

from canting.treasury.forms.bank import BookForm, ReadForm
from canting.treasury.forms.budget import (
    ApproveForm,
    MonthsForm,
    SheetForm,
    StartForm,
    YearAmountsForm,
)
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
from canting.treasury.forms.units import (
    SHARED,
    RuleForm,
    UnitChangeForm,
    UnitForm,
    WeightsForm,
)

__all__ = [
    "SHARED",
    "AccrualForm",
    "ApproveForm",
    "BookForm",
    "MonthsForm",
    "OwedForm",
    "PayForm",
    "PrepayForm",
    "ReadForm",
    "ReasonForm",
    "RecurringForm",
    "RuleForm",
    "SheetForm",
    "StartForm",
    "UnitChangeForm",
    "UnitForm",
    "WeightsForm",
    "WhatForm",
    "YearAmountsForm",
    "put_right",
]
