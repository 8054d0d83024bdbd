"""What is typed on the pages of buying together."""

from canting.rounds.forms.money import DepositCorrection, FundForm, ReturnForm
from canting.rounds.forms.papers import (
    HandForm,
    ReasonForm,
    RoundForm,
    SettleForm,
    TravellersForm,
    terms_of_round,
)

__all__ = [
    "DepositCorrection",
    "FundForm",
    "HandForm",
    "ReasonForm",
    "ReturnForm",
    "RoundForm",
    "SettleForm",
    "TravellersForm",
    "terms_of_round",
]
