"""Nobody signs up by themselves; who signs in with a password is remembered with the device."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from canting.cooperatives.doors import remember_device


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closes sign-up and notes devices; the rest is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account is made under Orang by the manager or the board."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **facts: Any) -> Any:
        """Remember the device, so that it can be signed out from afar."""
        remember_device(request, user)
        return super().post_login(request, user, **facts)
