"""Pages of recurring entries and costs of other months, as a cashier meets them."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from canting.cooperatives.rules import Role
from canting.treasury.models import Accrual, Prepayment, Recurring, RecurringDue
from tests import builders
from tests.corrections import draft_on, forms_in, link_on, open_page, send
from tests.portal.clock import stop_clock

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def cashier(desk, monkeypatch):
    stop_clock(monkeypatch, NOW)
    client = Client()
    client.force_login(builders.person_with_role(desk.coop, Role.CASHIER))
    return client


def fill(cashier, url, field, **typed):
    page = cashier.get(url).text
    return send(cashier, url, draft_on(page, url, field).values, **typed)


def new_rent(cashier, desk, **typed):
    known = {
        "name": "Sewa galeri", "way": "paid", "amount": "500.000", "purpose": "rent",
        "place": "bank", "every": "1", "first": "31/10/2026",
    }  # fmt: skip
    return fill(cashier, f"/{desk.coop.slug}/rutin/baru/", "name", **{**known, **typed})


def test_a_recurring_entry_is_written_ticked_and_booked(cashier, desk):
    desk.fund()
    assert new_rent(cashier, desk).status_code == 302
    home = cashier.get(f"/{desk.coop.slug}/hari-ini/").text
    assert "Sewa galeri" in home
    url = f"/{desk.coop.slug}/rutin/"
    page = cashier.get(url).text
    post = f"{url}catat/"
    typed = draft_on(page, post, "pilih").values
    assert send(cashier, post, typed).status_code == 302
    assert RecurringDue.objects.get().paper.on == date(2026, 10, 31)
    assert "pilih" not in {name for one in forms_in(cashier.get(url).text) for name in one.values}
    one = Recurring.objects.get()
    assert "BK/2026/10/0001" in cashier.get(f"{url}{one.pk}/").text


def test_nothing_ticked_and_a_wrong_amount_are_told_and_kept(cashier, desk):
    desk.fund()
    new_rent(cashier, desk, amount="", purpose="electricity")
    url = f"/{desk.coop.slug}/rutin/"
    typed = draft_on(cashier.get(url).text, f"{url}catat/", "pilih").values
    (amount,) = [name for name in typed if name.startswith("jumlah-")]
    assert send(cashier, f"{url}catat/", typed, pilih=[]).status_code == 422
    wrong = send(cashier, f"{url}catat/", typed, **{amount: "seratus"})
    assert wrong.status_code == 422
    assert "seratus" in wrong.text
    assert send(cashier, f"{url}catat/", typed, **{amount: "187.500"}).status_code == 302
    assert RecurringDue.objects.get().paper.amount == 187_500


def test_it_is_changed_rests_goes_on_is_passed_over_and_ends(cashier, desk):
    new_rent(cashier, desk)
    one = Recurring.objects.get()
    url = f"/{desk.coop.slug}/rutin/{one.pk}/"
    assert fill(cashier, f"{url}ubah/", "name", amount="550.000").status_code == 302
    page = cashier.get(url).text
    passing = f"{url}lewati/"
    typed = draft_on(page, passing, "reason").values
    assert send(cashier, passing, typed, reason="").status_code == 422
    assert send(cashier, passing, typed, reason="Bebas sewa").status_code == 302
    for _twice in range(2):
        assert send(cashier, f"{url}istirahat/", {}).status_code == 302
    assert send(cashier, f"{url}akhiri/", {}, reason="Kontrak habis").status_code == 302
    one.refresh_from_db()
    assert (one.amount, one.paused_on, one.ended_on) == (550_000, None, date(2026, 11, 24))


def test_what_is_missing_is_told_beside_its_field(cashier, desk):
    assert new_rent(cashier, desk, place="").status_code == 422
    assert new_rent(cashier, desk, way="owed").status_code == 422
    assert new_rent(cashier, desk, until="1/1/2026").status_code == 422
    assert not Recurring.objects.exists()


def test_an_accrual_is_written_and_put_right_on_its_page(cashier, desk):
    url = f"/{desk.coop.slug}/biaya-bulan/akrual/baru/"
    account = desk.code("utilities")
    typed = {"memo": "Listrik", "account": account, "amount": "185.000", "month": "2026-10-01"}
    answer = fill(cashier, url, "memo", **typed)
    assert answer.status_code == 302
    detail, page = open_page(cashier, answer["Location"])
    link, draft = open_page(cashier, link_on(page))
    form = draft_on(draft, link, "reason").values
    assert send(cashier, link, form, reason="").status_code == 422
    assert send(cashier, link, form, reason="Salah", amount="190.000").status_code == 302
    assert sorted(Accrual.objects.values_list("amount", "state")) == [
        (185_000, "reversed"), (190_000, "posted"),
    ]  # fmt: skip
    assert link not in cashier.get(detail).text
    assert desk.is_sound()


def test_an_owed_bill_is_paid_on_its_page(cashier, desk):
    desk.fund()
    new_rent(cashier, desk, way="owed", account=desk.code("admin"))
    url = f"/{desk.coop.slug}/rutin/"
    send(cashier, f"{url}catat/", draft_on(cashier.get(url).text, f"{url}catat/", "pilih").values)
    paper = Accrual.objects.get()
    detail = f"/{desk.coop.slug}/biaya-bulan/akrual/{paper.number}"
    pay = f"/{desk.coop.slug}/biaya-bulan/akrual/bayar/{paper.number}"
    form = draft_on(cashier.get(detail).text, pay, "place").values
    assert send(cashier, pay, form, amount="1", place="bank").status_code == 422
    assert send(cashier, pay, form, place="bank").status_code == 302
    assert paper.number in cashier.get(f"/{desk.coop.slug}/biaya-bulan/").text
    assert desk.balance("accrued") == 0


def test_a_prepaid_cost_is_written_booked_and_put_right(cashier, desk):
    desk.fund()
    url = f"/{desk.coop.slug}/biaya-bulan/"
    typed = {
        "memo": "Asuransi", "account": desk.code("admin"), "amount": "1.200.000", "months": "12",
        "since": "2026-09-01", "place": "bank", "on": "10/9/2026",
    }  # fmt: skip
    answer = fill(cashier, f"{url}di-muka/baru/", "memo", **typed)
    detail, page = open_page(cashier, answer["Location"])
    assert "Rp1.200.000" in page
    form = draft_on(cashier.get(url).text, f"{url}catat/", "bulan").values
    run = send(cashier, f"{url}catat/", form)["Location"]
    assert desk.balance("prepaid") == 1_000_000
    assert send(cashier, f"{url}catat/", form).status_code == 422
    link, draft = open_page(cashier, link_on(cashier.get(run).text))
    assert (
        send(cashier, link, draft_on(draft, link, "reason").values, reason="X").status_code == 302
    )
    link, draft = open_page(cashier, link_on(page))
    form = draft_on(draft, link, "reason").values
    cancelled = send(cashier, link, form, reason="Batal", only_cancel="on")
    assert cancelled.status_code == 302
    assert Prepayment.objects.get().state == "reversed"
    assert desk.balance("prepaid") == 0
    assert cashier.get(detail).status_code == 200


def test_another_cooperatives_papers_are_not_found(cashier, desk):
    other = builders.cooperative(slug="lain", actor=desk.actor)
    new_rent(cashier, desk)
    one = Recurring.objects.get()
    client = Client()
    client.force_login(builders.person_with_role(other, Role.MANAGER))
    assert client.get(f"/{other.slug}/rutin/{one.pk}/").status_code == 404
    assert client.get(f"/{desk.coop.slug}/rutin/").status_code == 404
    assert client.get(f"/{other.slug}/biaya-bulan/akrual/AK/2026/10/0001").status_code == 404


def test_the_board_looks_and_books_nothing(desk, monkeypatch):
    stop_clock(monkeypatch, NOW)
    client = Client()
    client.force_login(builders.person_with_role(desk.coop, Role.BOARD))
    assert client.get(f"/{desk.coop.slug}/rutin/").status_code == 200
    assert client.get(f"/{desk.coop.slug}/rutin/baru/").status_code == 403
    assert client.post(f"/{desk.coop.slug}/biaya-bulan/catat/").status_code == 403
