"""The chart in hand is read once, and never out of date when it is changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from canting.cooperatives.models import Cooperative
from canting.ledger import selectors, services
from canting.ledger.errors import UnknownAccount


def test_many_questions_about_the_chart_read_it_once(cooperative):
    fresh = Cooperative.objects.get(pk=cooperative.pk)
    selectors.account_for(cooperative=fresh, role="cash_main")
    with CaptureQueriesContext(connection) as asked:
        for role in ("bank", "cash_till", "share_mandatory", "cash_main"):
            assert selectors.account_for(cooperative=fresh, role=role).role == role
    assert len(asked) == 0


def test_a_code_is_no_role_and_what_nobody_knows_is_refused(cooperative):
    code = selectors.account_for(cooperative=cooperative, role="bank").code
    assert selectors.account_named(cooperative=cooperative, name=code).role == "bank"
    assert selectors.account_named(cooperative=cooperative, name="bank").code == code
    for name in ("", "9999", "no_such_role"):
        with pytest.raises(UnknownAccount):
            selectors.account_named(cooperative=cooperative, name=name)
    for role in ("", code, "no_such_role"):
        with pytest.raises(UnknownAccount):
            selectors.account_for(cooperative=cooperative, role=role)


def test_a_new_name_is_seen_at_once(cooperative, actor):
    before = selectors.account_for(cooperative=cooperative, role="bank")
    services.change_account(
        cooperative=cooperative, number=before.code, name="BRI Bangil", actor=actor
    )
    assert selectors.account_for(cooperative=cooperative, role="bank").name == "BRI Bangil"
    other = Cooperative.objects.get(pk=cooperative.pk)
    assert selectors.account_named(cooperative=other, name="bank").name == "BRI Bangil"


def test_an_account_opened_elsewhere_is_found(cooperative, actor):
    selectors.account_for(cooperative=cooperative, role="bank")
    elsewhere = Cooperative.objects.get(pk=cooperative.pk)
    services.open_account(
        cooperative=elsewhere, number="1119", name="BPR", like="bank", actor=actor
    )
    assert selectors.account_named(cooperative=cooperative, name="1119").normal == "D"
