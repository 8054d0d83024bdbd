"""Trying a deed: what is refused is said on the form, everything else goes on as it was."""

import pytest
from django import forms

from canting.kernel.errors import DomainError
from canting.kernel.refusals import tried


class Refused(DomainError):
    message = "%(what)s cannot be done."


class Short(Refused):
    message = "%(what)s is too little."


class Typed(forms.Form):
    amount = forms.CharField()


def sent() -> Typed:
    form = Typed({"amount": "5"})
    assert form.is_valid()
    return form


def test_a_deed_that_is_done_leaves_the_form_as_it_was():
    form = sent()
    with tried(form) as attempt:
        made = 7
    assert (attempt.done, attempt.words, made) == (True, "", 7)
    assert form.is_valid()


def test_a_refusal_stands_on_top_of_the_form_and_what_was_typed_is_kept():
    form = sent()
    with tried(form) as attempt:
        raise Refused(what="This")
    assert not attempt.done
    assert attempt.words == "This cannot be done."
    assert form.non_field_errors() == ["This cannot be done."]
    assert form.data["amount"] == "5"


def test_a_refusal_stands_beside_the_field_that_was_named():
    form = sent()
    with tried(form, beside="amount"):
        raise Refused(what="This")
    assert form.errors == {"amount": ["This cannot be done."]}


@pytest.mark.parametrize(
    ("beside", "where"),
    [({Refused: "amount"}, "amount"), ({Refused: "date"}, "__all__"), ({Short: "x"}, "__all__")],
)
def test_each_kind_of_refusal_finds_its_field_if_the_form_has_it(beside, where):
    form = sent()
    with tried(form, beside=beside):
        raise Refused(what="This")
    assert list(form.errors) == [where]


def test_a_kind_of_refusal_takes_the_field_of_the_kind_it_comes_from():
    form = sent()
    with tried(form, beside={Refused: "amount"}):
        raise Short(what="One")
    assert form.errors == {"amount": ["One is too little."]}


def test_without_a_form_the_words_are_kept_for_the_page():
    with tried() as attempt:
        raise Refused(what="This")
    assert attempt.words == "This cannot be done."


def test_a_fault_that_is_no_refusal_goes_up():
    form = sent()
    with pytest.raises(ValueError, match="broken"), tried(form):
        raise ValueError("broken")
    assert form.is_valid()
