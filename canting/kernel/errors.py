"""The one base of every refusal: a stable code and a sentence in the user's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal: what, which value, and the way out; `code` for programs, `facts` for the sentence."""

    code = "kernel.refused"
    message: Any = _("This cannot be done.")

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.code, facts)

    def __str__(self) -> str:
        return str(self.message) % self.facts if self.facts else str(self.message)
