"""Trying a deed in a view: a refusal goes onto the form, with everything typed kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from canting.kernel.errors import DomainError

if TYPE_CHECKING:
    from types import TracebackType

    from django import forms

Beside = str | Mapping[type[DomainError], str] | None


class Attempt:
    """One deed that may be refused; afterwards `done` tells how it went and `words` why not."""

    def __init__(self, form: forms.BaseForm | None, beside: Beside) -> None:
        self.done = False
        self.words = ""
        self._form = form
        self._beside = beside

    def __enter__(self) -> Attempt:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None
    ) -> bool:
        self.done = fault is None
        if not isinstance(fault, DomainError):
            return False
        self.words = str(fault)
        if self._form is not None:
            self._form.add_error(self._field(self._form, fault), self.words)
        return True

    def _field(self, form: forms.BaseForm, refusal: DomainError) -> str | None:
        if not isinstance(self._beside, Mapping):
            return self._beside
        field = next((name for of, name in self._beside.items() if isinstance(refusal, of)), None)
        return field if field in form.fields else None


def tried(form: forms.BaseForm | None = None, *, beside: Beside = None) -> Attempt:
    """Try what stands in the `with` block; a refusal (DomainError) ends the block, nothing else.

    The sentence is put on top of `form`, or beside a field: one name, or a name for each kind of
    refusal. A `transaction.atomic()` belongs inside, so that a refused deed leaves no trace.
    """
    return Attempt(form, beside)
