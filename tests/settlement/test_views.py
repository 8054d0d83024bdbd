"""The pages of paying makers: who may see what, once-only, files, links."""

import io
from datetime import date

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from canting.cooperatives.models import Message, Token
from canting.cooperatives.rules import Role
from canting.kernel.dates import today
from canting.members.services import admit_member, change_member
from canting.settlement import selectors
from canting.settlement.models import Consent, Slip
from canting.settlement.services import Choice, pay_makers, set_bank_account


@pytest.fixture
def day(cooperative) -> date:
    return today(cooperative.zone)


@pytest.fixture
def base(cooperative) -> str:
    return f"/{cooperative.slug}"


def slip_of(books, name, day, place="cash_main") -> Slip:
    return pay_makers(
        cooperative=books.cooperative,
        choices=[Choice(books.person(name).pk)],
        cash_place=place,
        on=day,
        actor=books.actor,
    )[0]


def pay_form(books, name, key="pay-form-1", **more):
    plan = next(
        p
        for p in selectors.plans(cooperative=books.cooperative, on=today("Asia/Jakarta"))
        if p.party == books.person(name)
    )
    field = f"pay:{plan.party.pk}"
    return {field: plan.digest, "cash_place": "cash_main", "request_key": key, **more}


def test_the_cashier_sees_the_calculation_and_pays_exactly_that(books, base, day, client_as):
    books.cloth("M1", 800_000, day)
    books.damage("M1", 30_000, day, memo="Malam tumpah")
    browser = client_as(Role.CASHIER)
    page = browser.get(f"{base}/bayar/").content.decode()
    assert "Malam tumpah" in page
    assert "Rp770.000" in page
    answer = browser.post(f"{base}/bayar/", pay_form(books, "M1"))
    assert answer.status_code == 302
    done = browser.get(answer["Location"]).content.decode()
    assert "Rp770.000" in done
    assert Slip.objects.get().paid == 770_000


def test_the_same_form_sent_twice_pays_once_and_answers_the_same(books, base, day, client_as):
    books.cloth("M1", 800_000, day)
    browser = client_as(Role.CASHIER)
    form = pay_form(books, "M1")
    first, second = browser.post(f"{base}/bayar/", form), browser.post(f"{base}/bayar/", form)
    assert first["Location"] == second["Location"]
    assert Slip.objects.count() == 1


def test_a_form_with_old_figures_books_nothing_and_shows_the_new_ones(books, base, day, client_as):
    books.cloth("M1", 800_000, day)
    form = pay_form(books, "M1")
    books.damage("M1", 30_000, day)
    answer = client_as(Role.CASHIER).post(f"{base}/bayar/", form)
    assert answer.status_code == 422
    assert "Rp770.000" in answer.content.decode()
    assert not Slip.objects.exists()


def test_days_are_worked_out_again_and_kept_for_the_pay(books, base, day, client_as):
    books.wages("M1", 1_000_000, day)
    browser = client_as(Role.MANAGER)
    field = f"days:{books.person('M1').pk}"
    assert "Rp995.000" in browser.get(f"{base}/bayar/").content.decode()
    page = browser.get(f"{base}/bayar/", {field: "5"}).content.decode()
    assert f'name="{field}" value="5"' in page.replace("\n", " ")
    wrong = browser.get(f"{base}/bayar/", {field: "500.000 + 1"})
    assert wrong.status_code == 422
    assert "Rp995.000" in wrong.content.decode()


@pytest.mark.parametrize(
    ("role", "pays", "sees"),
    [
        (Role.CASHIER, 200, 200),
        (Role.MANAGER, 200, 200),
        (Role.BOARD, 403, 200),
        (Role.SUPERVISOR, 403, 200),
        (Role.STOREKEEPER, 403, 403),
        (Role.MENTOR, 403, 403),
        (Role.MEMBER, 403, 403),
    ],
)
def test_who_pays_and_who_sees(books, base, day, client_as, role, pays, sees):
    books.cloth("M1", 800_000, day)
    slip = slip_of(books, "M1", day)
    browser = client_as(role)
    assert browser.get(f"{base}/bayar/").status_code == pays
    assert browser.get(f"{base}/bayar/slip/betulkan/{slip.number}").status_code == pays
    assert browser.get(f"{base}/bayar/slip/").status_code == sees
    assert browser.get(f"{base}/bayar/slip/{slip.number}").status_code == sees
    assert browser.get(f"{base}/bayar/selesai/{slip.batch}/").status_code == sees
    assert browser.get(f"{base}/bayar/slip/cetak/{slip.number}.pdf").status_code == sees


def test_a_member_sees_her_own_slips_and_no_other(books, base, day, client_as):
    for name in ("M1", "M2"):
        books.cloth(name, 800_000, day)
    mine, others = slip_of(books, "M1", day), slip_of(books, "M2", day)
    browser = client_as(Role.MEMBER, party=books.person("M1"))
    page = browser.get(f"{base}/uang/").content.decode()
    assert mine.number in page
    assert others.number not in page
    assert browser.get(f"{base}/uang/slip/{mine.number}").status_code == 200
    assert browser.get(f"{base}/uang/slip/cetak/{mine.number}.pdf").content.startswith(b"%PDF")
    for address in (f"uang/slip/{others.number}", f"uang/slip/cetak/{others.number}.pdf"):
        assert browser.get(f"{base}/{address}").status_code == 404
    for query in ("?party=2", f"?member={others.party_id}", f"?number={others.number}"):
        assert f"/slip/{others.number}" not in browser.get(f"{base}/uang/{query}").content.decode()


def test_strangers_and_other_cooperatives_find_nothing(books, base, day, client_as):
    from tests.builders import cooperative as another_cooperative

    books.cloth("M1", 800_000, day)
    slip = slip_of(books, "M1", day)
    elsewhere = another_cooperative()
    browser = client_as(Role.CASHIER, elsewhere)
    for address in ("bayar/", "bayar/slip/", f"bayar/slip/{slip.number}", "uang/"):
        assert browser.get(f"{base}/{address}").status_code == 404
        assert Client().get(f"{base}/{address}").status_code == 302
    assert browser.get(f"/{elsewhere.slug}/bayar/slip/{slip.number}").status_code == 404
    assert browser.get(f"/{elsewhere.slug}/bayar/selesai/{slip.batch}/").status_code == 404


def test_the_bank_gets_a_list_with_numbers_as_text(books, base, day, client_as):
    books.cloth("M1", 800_000, day)
    set_bank_account(
        cooperative=books.cooperative,
        party=books.person("M1"),
        bank="=HYPERLINK(1)",
        number="002101055555509",
        holder="Siti",
        actor=books.actor,
    )
    slip = slip_of(books, "M1", day, place="bank")
    browser = client_as(Role.CASHIER)
    sheet = browser.get(f"{base}/bayar/transfer/{slip.batch}.xlsx").content
    row = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()[1]
    assert row[:4] == ["=HYPERLINK(1)", "002101055555509", "Siti", 800_000]
    text = browser.get(f"{base}/bayar/transfer/{slip.batch}.csv").content.decode()
    assert "'=HYPERLINK(1);'002101055555509;Siti;800000" in text
    assert browser.get(f"{base}/bayar/transfer/{slip.batch}.exe").status_code == 404


def test_a_slip_is_put_right_on_its_page(books, base, day, client_as):
    books.wages("M1", 1_000_000, day)
    slip = slip_of(books, "M1", day)
    browser = client_as(Role.MANAGER)
    facts = {
        "act": "again",
        "cash_place": "bank",
        "days": "4",
        "reason": "Empat hari kerja",
        "request_key": "correct-1",
    }
    answer = browser.post(f"{base}/bayar/slip/betulkan/{slip.number}", facts)
    assert answer.status_code == 302
    assert Slip.objects.get(replaces=slip).paid == 1_000_000
    assert "Empat hari kerja" in browser.get(f"{base}/bayar/slip/{slip.number}").content.decode()
    refused = browser.post(
        f"{base}/bayar/slip/betulkan/{slip.number}", facts | {"request_key": "correct-2"}
    )
    assert refused.status_code == 422


def test_a_reprint_says_which_copy_it_is(books, base, day, client_as):
    books.cloth("M1", 800_000, day)
    slip = slip_of(books, "M1", day)
    browser = client_as(Role.CASHIER)
    for _copy in range(2):
        assert browser.get(f"{base}/bayar/slip/cetak/{slip.number}.pdf").status_code == 200
    slip.refresh_from_db()
    assert slip.copies == 2
    picture = browser.get(f"{base}/bayar/slip/gambar/{slip.number}.png").content
    assert picture.startswith(b"\x89PNG")


def test_a_message_carries_a_link_only_where_it_can_open(
    books, cooperative, base, day, client_as, settings, actor
):
    member = admit_member(cooperative=cooperative, full_name="Siti Aminah", on=day, actor=actor)
    change_member(member=member, actor=actor, phone="+6281234567890")
    books.people["Siti"] = member.party
    books.cloth("Siti", 800_000, day)
    slip = slip_of(books, "Siti", day)
    browser = client_as(Role.CASHIER)
    address = f"{base}/bayar/slip/wa/{slip.number}"
    answer = browser.post(address, {"request_key": "wa-number-1"})
    assert answer["Location"].startswith("https://wa.me/6281234567890?text=")
    assert "form-action 'self' https://wa.me" in answer["Content-Security-Policy"]
    assert not Token.objects.exists()
    settings.PUBLIC_URL = "https://batik.example"
    browser.post(address, {"request_key": "wa-number-2"})
    token = Token.objects.get()
    text = Message.objects.latest("pk").text
    assert text.endswith(f"https://batik.example/t/{token.token}/")
    assert len(text) <= 600
    assert "Rp800.000" in text
    page = Client().get(f"/t/{token.token}/")
    assert page.status_code == 200
    assert "Rp800.000" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    token.revoked_at = token.made_at
    token.save()
    assert Client().get(f"/t/{token.token}/").status_code == 404


def test_consents_and_accounts_are_kept_on_the_makers_page(books, base, day, client_as):
    books.cloth("M1", 800_000, day)
    browser = client_as(Role.MANAGER)
    address = f"{base}/bayar/anggota/M1"
    facts = {
        "about": "consent",
        "role": "fund_social",
        "purpose": "Dana sosial",
        "amount": "10.000",
        "signed_on": day.isoformat(),
        "request_key": "consent-1",
    }
    assert browser.post(address, facts).status_code == 302
    account = {"about": "account", "bank": "BRI", "number": "12", "holder": "Siti"}
    refused = browser.post(address, account | {"request_key": "account-1"})
    assert refused.status_code == 422
    good = account | {"number": "0021010555", "request_key": "account-2"}
    assert browser.post(address, good).status_code == 302
    page = browser.get(address).content.decode()
    assert "Dana sosial" in page
    assert "0021010555" in page
    consent = Consent.objects.get()
    end = f"{base}/bayar/persetujuan/akhiri/{consent.reference}"
    assert browser.post(end, {"request_key": "end-consent-1"}).status_code == 302
    assert "Dana sosial" in browser.get(f"{base}/bayar/persetujuan/").content.decode()
    assert browser.post(end, {"request_key": "end-consent-2"}).status_code == 422
    assert browser.get(f"{base}/bayar/anggota/M99").status_code == 404


def test_no_page_carries_style_or_script_of_its_own(books, base, day, client_as):
    books.wages("M1", 1_000_000, day)
    books.cloth("M2", 500_000, day)
    slip = slip_of(books, "M2", day)
    browser = client_as(Role.MANAGER)
    for address in ("bayar/", "bayar/slip/", f"bayar/slip/{slip.number}", "bayar/anggota/M1"):
        body = browser.get(f"{base}/{address}").content.decode().split("<body")[1]
        assert " style=" not in body
        assert "<script" not in body


def test_empty_pages_say_what_to_do(cooperative, base, client_as):
    browser = client_as(Role.CASHIER)
    for address in ("bayar/", "bayar/slip/", "bayar/persetujuan/"):
        answer = browser.get(f"{base}/{address}")
        assert answer.status_code == 200
        assert 'class="empty"' in answer.content.decode()
    assert browser.get(f"{base}/bayar/slip/?q=tidakada").status_code == 200
