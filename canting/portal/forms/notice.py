"""The form of a word to all members."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, propose


class NoticeForm(forms.Form):
    """What the members should know, and through which day."""

    text = forms.CharField(
        label=_("What the members should know"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = DayField(label=_("Shown through"))

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "until", day)
        self.initial.setdefault("until", day + timedelta(days=7))
