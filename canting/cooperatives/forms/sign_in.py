"""What signing in asks for: shape only; whether it is right is the services' word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.cooperatives.rules import PIN_DIGITS, Role
from canting.kernel.member_text import m_lazy
from canting.kernel.phones import BadPhone, parse_phone

ROLE_NAMES = {
    Role.MEMBER: _("Member"),
    Role.CASHIER: _("Cashier"),
    Role.STOREKEEPER: _("Storekeeper"),
    Role.MANAGER: _("Manager"),
    Role.MENTOR: _("Mentor"),
    Role.BOARD: _("Board"),
    Role.SUPERVISOR: _("Supervisor"),
}


class PinInput(forms.PasswordInput):
    """Six digits, typed on a number pad, never shown again; may be pasted (WCAG 3.3.8)."""

    def __init__(self, autocomplete: str) -> None:
        super().__init__(
            attrs={"inputmode": "numeric", "autocomplete": autocomplete, "maxlength": PIN_DIGITS}
        )


class PinSignInForm(forms.Form):
    """Cooperative (when there are several), member number or phone, PIN.

    The cooperative is typed, never chosen: whom an installation serves is nobody else's business.
    """

    place = forms.CharField(
        label=m_lazy("Cooperative"),
        max_length=120,
        help_text=m_lazy("Its name as it stands on your receipts."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    who = forms.CharField(
        label=m_lazy("Member number or phone"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "characters"}),
    )
    pin = forms.CharField(
        label=m_lazy("PIN, 6 digits"), max_length=6, widget=PinInput("current-password")
    )

    def __init__(self, *args: Any, only: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if only:
            self.fields["place"].widget = forms.HiddenInput()
            self.initial["place"] = only


class NewPinForm(forms.Form):
    """A new PIN, twice."""

    pin = forms.CharField(
        label=m_lazy("New PIN, 6 digits"),
        max_length=6,
        widget=PinInput("new-password"),
        help_text=m_lazy("No row like 123456, no 000000, no year of birth. Tell nobody."),
    )
    again = forms.CharField(
        label=m_lazy("The same PIN again"), max_length=6, widget=PinInput("new-password")
    )


class SignInLinkForm(forms.Form):
    """The phone to which a link may go, and by which she may sign in later."""

    phone = forms.CharField(label=_("Phone (WhatsApp)"), max_length=30, required=False)

    def clean_phone(self) -> str:
        """The phone as +62…, or nothing."""
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        try:
            return parse_phone(typed)
        except BadPhone as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
