"""The facts of the cooperative, and what the old book said in total."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives.rules import CooperativeKind, Role
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, RupiahField
from canting.kernel.phones import parse_phone
from canting.portal import selectors
from canting.portal.rules.opening import OldTotal

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

REGION = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


class FactsForm(forms.Form):
    """Who the cooperative is and from which day its books are kept here."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    region_code = forms.CharField(
        label=gettext_lazy("Region code"),
        max_length=13,
        help_text=gettext_lazy(
            "Kabupaten Probolinggo is 35.13; the regency office finds you by it."
        ),
    )
    phone = forms.CharField(label=gettext_lazy("Phone (WhatsApp of the office)"), required=False)
    legal_number = forms.CharField(
        label=gettext_lazy("Number of the deed"), max_length=60, required=False
    )
    registry_number = forms.CharField(
        label=gettext_lazy("NIK of the cooperative"), max_length=20, required=False
    )
    cutover_date = DayField(
        label=gettext_lazy("First day of the books here"),
        help_text=gettext_lazy(
            "The balances of the evening before are entered on this day. The first day of a year "
            "is easiest."
        ),
    )

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        day: Any = self.fields["cutover_date"]
        day.today = cooperative.cutover_date
        if cooperative.signed_at:
            day.disabled = True

    def clean_phone(self) -> str:
        """The phone as it is stored."""
        typed = self.cleaned_data["phone"]
        try:
            return parse_phone(typed) if typed else ""
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_region_code(self) -> str:
        """A code of the ministry: province, regency, district, village."""
        typed: str = self.cleaned_data["region_code"].strip()
        if not REGION.fullmatch(typed):
            raise forms.ValidationError(_("A region code is written like 35.13 or 35.13.14.1001."))
        return typed


def kind_choices() -> list[tuple[str, str]]:
    """The five kinds of cooperative (UU 25/1992 art. 16)."""
    return [
        (CooperativeKind.PRODUCER, _("Producers")),
        (CooperativeKind.CONSUMER, _("Consumers")),
        (CooperativeKind.SERVICE, _("Services")),
        (CooperativeKind.MARKETING, _("Marketing")),
        (CooperativeKind.SAVINGS_LOAN, _("Savings and loans")),
    ]


class OldBookForm(forms.Form):
    """The sums of the old balance sheet; only the total assets are needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in OldTotal:
            self.fields[name] = RupiahField(
                label=selectors.total_name(name), required=name == OldTotal.ASSETS, least=None
            )

    def totals(self) -> dict[str, int]:
        """The sums that were typed, in whole rupiah."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class SheetForm(forms.Form):
    """A block pasted from a spreadsheet, or its file."""

    text = forms.CharField(
        label=gettext_lazy("Paste from Excel"), required=False, widget=forms.Textarea, strip=False
    )
    file = forms.FileField(label=gettext_lazy("Or the file itself"), required=False)
    numbers = forms.ChoiceField(
        label=gettext_lazy("How the file writes figures"),
        required=False,
        initial="id",
        choices=[
            ("id", gettext_lazy("Indonesian: 1.500,5")),
            ("en", gettext_lazy("English: 1,500.5")),
        ],
    )
    add = forms.BooleanField(
        label=gettext_lazy("Keep the rows of the table and add these below"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        if not self.cleaned_data.get("text", "").strip() and not self.cleaned_data.get("file"):
            self.add_error("text", _("Paste a block with its heading, or choose a file."))
        return self.cleaned_data


class RoleForm(forms.Form):
    """A role for somebody: new here, or one who has another role already."""

    username = forms.CharField(
        label=gettext_lazy("Signs in as"),
        max_length=60,
        help_text=gettext_lazy("A short word, such as rini. For one of the list, their own word."),
    )
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    password = forms.CharField(
        label=gettext_lazy("First password"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "At least ten signs. Tell it in person; the second step is set up at the first sign-in."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role, selectors.role_name(role)) for role in Role if role != Role.MEMBER]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
