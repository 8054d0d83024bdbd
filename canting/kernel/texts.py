"""The mark for texts that rules carry and pages translate (rules import no Django)."""

from django.utils.translation import gettext_noop

__all__ = ["gettext_noop"]
