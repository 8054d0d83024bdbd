"""The supervisors' pages: who may open them, what they say, what they refuse."""

from datetime import date

import pytest
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from canting.oversight.models import Finding, Sample, SampleTick
from canting.oversight.rules import Kind, Population
from canting.oversight.services import draw_sample, write_finding
from tests import builders
from tests.portal.clock import stop_clock

ON = date(2027, 3, 20)
KEY = "oversight-{}"


@pytest.fixture(autouse=True)
def saturday(monkeypatch):
    stop_clock(monkeypatch)


@pytest.fixture
def late(cooperative, actor):
    """Thirty receipts, each entered nineteen days after the date of its own paper."""
    drafts = [
        Draft(
            f"test:{n}", ON, "test", f"Uji {n}",
            [debit("cash_main", 5_000), credit("other_income", 5_000)],
            own_date=date(2027, 3, 1), paper=f"KW/2027/03/{n:04d}",
        )
        for n in range(1, 31)
    ]  # fmt: skip
    post_entries(cooperative=cooperative, drafts=drafts, actor=actor)


def page(client, cooperative, view, *parts, **asked):
    return client.get(reverse(f"oversight:{view}", args=[cooperative.slug, *parts]), asked)


def post(client, cooperative, view, *parts, key="a", **typed):
    address = reverse(f"oversight:{view}", args=[cooperative.slug, *parts])
    return client.post(address, {"request_key": KEY.format(key * 4), **typed})


@pytest.mark.parametrize(
    ("role", "exceptions", "findings", "writes"),
    [
        (Role.SUPERVISOR, 200, 200, 200),
        (Role.BOARD, 200, 200, 403),
        (Role.MANAGER, 200, 200, 403),
        (Role.CASHIER, 403, 200, 403),
        (Role.STOREKEEPER, 403, 403, 403),
    ],
)
def test_each_role_opens_what_is_hers(client_as, cooperative, role, exceptions, findings, writes):
    client = client_as(role)
    assert page(client, cooperative, "exception_list").status_code == exceptions
    assert page(client, cooperative, "sample_list").status_code == exceptions
    assert page(client, cooperative, "finding_list").status_code == findings
    assert page(client, cooperative, "finding_new").status_code == writes
    assert page(client, cooperative, "sample_new").status_code == writes


def test_exceptions_are_counted_filtered_and_given_as_a_file(client_as, cooperative, late):
    client = client_as(Role.SUPERVISOR)
    text = page(client, cooperative, "exception_list").content.decode()
    assert "Uji 30" in text
    assert "Rp150.000" in text
    asked = page(client, cooperative, "exception_list", jenis=Kind.REVERSED.value)
    assert "Uji 30" not in asked.content.decode()
    file = page(client, cooperative, "exception_list", unduh="csv")
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 31
    assert page(client, cooperative, "exception_list", after="x").status_code == 200


def test_a_finding_is_written_answered_and_closed_on_pages(client_as, cooperative):
    supervisor, manager = client_as(Role.SUPERVISOR), client_as(Role.MANAGER)
    typed = {"text": "Nota hilang", "addressed_to": "manager", "due_on": "2027-04-01"}
    assert post(supervisor, cooperative, "finding_new", **typed).status_code == 302
    number = Finding.objects.get().number
    answer = post(manager, cooperative, "finding_answer", number, key="b", text="Sudah ada")
    assert answer.status_code == 302
    assert "Sudah ada" in page(supervisor, cooperative, "finding_detail", number).content.decode()
    closed = post(supervisor, cooperative, "finding_close", number, key="c", text="Dilihat")
    assert closed.status_code == 302
    again = post(manager, cooperative, "finding_answer", number, key="d", text="Lagi")
    assert again.status_code == 422
    assert page(supervisor, cooperative, "finding_print").content.startswith(b"%PDF")


def test_a_finding_of_another_house_does_not_exist(client_as, cooperative, actor):
    other = builders.cooperative(actor=actor)
    theirs = write_finding(
        cooperative=other, text="Rahasia", addressed_to=Role.BOARD, on=ON, actor=actor
    )
    client = client_as(Role.SUPERVISOR)
    assert page(client, cooperative, "finding_detail", theirs.number).status_code == 404
    assert page(client, other, "finding_detail", theirs.number).status_code == 404


def test_a_strange_address_is_not_kept_as_the_page_of_a_finding(client_as, cooperative):
    typed = {"text": "Ada", "addressed_to": "board", "due_on": "2027-04-01"}
    post(client_as(Role.SUPERVISOR), cooperative, "finding_new", page="//evil.example", **typed)
    assert Finding.objects.get().page == ""


def test_a_sample_is_drawn_ticked_and_printed_on_pages(client_as, cooperative, late):
    client = client_as(Role.SUPERVISOR)
    typed = {
        "population": "receipts", "since": "2027-03-01", "until": "2027-03-20",
        "method": "uniform", "size": "25", "seed": "2027",
    }  # fmt: skip
    assert post(client, cooperative, "sample_new", **typed).status_code == 302
    made = Sample.objects.get()
    assert (made.seed, made.papers) == ("2027", 30)
    ticked = post(client, cooperative, "sample_tick", 1, made.number, key="b", agrees="on")
    assert ticked["Location"].endswith("#p1")
    refused = post(client, cooperative, "sample_tick", 2, made.number, key="c")
    assert refused.status_code == 422
    differs = {"note": "Beda", "addressed_to": "cashier"}
    post(client, cooperative, "sample_tick", 2, made.number, key="d", **differs)
    assert SampleTick.objects.count() == 2
    text = page(client, cooperative, "sample_detail", made.number).content.decode()
    assert Finding.objects.get().number in text
    assert page(client, cooperative, "sample_print", made.number).content.startswith(b"%PDF")
    assert page(client, cooperative, "sample_list").status_code == 200


def test_only_supervisors_tick(client_as, cooperative, late, actor):
    made = draw_sample(
        cooperative=cooperative, population=Population.ENTRIES, since=date(2027, 3, 1), until=ON,
        seed="1", on=ON, actor=actor,
    )  # fmt: skip
    refused = post(client_as(Role.BOARD), cooperative, "sample_tick", 1, made.number, agrees="on")
    assert refused.status_code == 403
    assert not SampleTick.objects.exists()


def test_today_counts_what_came_since_the_last_look(client_as, cooperative, late):
    client = client_as(Role.SUPERVISOR)
    home = f"/{cooperative.slug}/hari-ini/"
    text = client.get(home).content.decode()
    assert 'id="exceptions"' in text
    assert "30" in text.split('id="exceptions"')[1][:2_000]
    post(client, cooperative, "exceptions_seen")
    assert 'id="exceptions"' not in client.get(home).content.decode()


def test_a_finding_stands_red_on_the_first_page_of_both_sides(client_as, cooperative, late, actor):
    write_finding(
        cooperative=cooperative, text="Nota hilang", addressed_to=Role.MANAGER,
        on=date(2027, 2, 1), actor=actor,
    )  # fmt: skip
    for role in (Role.MANAGER, Role.SUPERVISOR):
        text = client_as(role).get(f"/{cooperative.slug}/hari-ini/").content.decode()
        assert "Nota hilang" in text.split('id="findings"')[1]
        assert "wrong" in text.split('id="findings"')[1][:1_500]
    assert (
        'id="findings"'
        not in client_as(Role.BOARD).get(f"/{cooperative.slug}/hari-ini/").content.decode()
    )
