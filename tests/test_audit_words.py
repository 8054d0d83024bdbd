"""Every act that the audit trail may tell has its sentence, and every sentence its act."""

import pytest
from django.utils import translation

from canting.cooperatives.selectors import act_words, all_acts
from tests.audit_codes import recorded

# Written by the ledger itself, beside every posting, in one statement.
BESIDE = {"ledger.posted"}


def test_every_recorded_act_has_its_sentence():
    missing = {code: where for code, where in recorded().items() if code not in all_acts()}
    assert missing == {}, "Give it a sentence in acts.py of its domain."


def test_no_sentence_stands_without_its_act():
    assert set(all_acts()) == set(recorded()) | BESIDE


def test_an_act_is_declared_once_and_by_its_own_domain():
    from importlib import import_module

    for domain in {code.split(".")[0] for code in all_acts()}:
        own = import_module(f"canting.{domain}.acts").ACTIONS
        assert {code.split(".")[0] for code in own} == {domain}


@pytest.mark.parametrize("code", sorted(all_acts()))
def test_it_is_told_in_both_languages(code):
    with translation.override("en"):
        english = act_words(code)
    with translation.override("id"):
        indonesian = act_words(code)
    assert english != code
    assert indonesian != english


def test_a_code_that_is_no_longer_written_is_shown_as_it_stands():
    assert act_words("gone.act") == "gone.act"
