"""Shapes of what is typed on the pages of the house; see the modules of this package."""

from canting.cooperatives.forms.house import (
    AskedAuditForm,
    HouseForm,
    NewPersonForm,
    ParameterForm,
    PasswordForm,
    RoleForm,
)
from canting.cooperatives.forms.sign_in import (
    ROLE_NAMES,
    NewPinForm,
    PinInput,
    PinSignInForm,
    SignInLinkForm,
)

__all__ = [
    "ROLE_NAMES",
    "AskedAuditForm",
    "HouseForm",
    "NewPersonForm",
    "NewPinForm",
    "ParameterForm",
    "PasswordForm",
    "PinInput",
    "PinSignInForm",
    "RoleForm",
    "SignInLinkForm",
]
