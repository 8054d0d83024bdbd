"""Power needs a second step; demo people and members do not."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from canting.cooperatives.models import Device
from canting.cooperatives.rules import POWER, PartyKind, Role
from canting.cooperatives.services import grant_access
from tests.builders import cooperative as another_cooperative
from tests.builders import party, user

PASSWORD = "a long sentence 42"


@pytest.fixture(autouse=True)
def no_old_tries():
    cache.clear()


def person(cooperative, role, **facts):
    someone = user("orang", **facts)
    her = party(cooperative, PartyKind.MEMBER) if role == Role.MEMBER else None
    grant_access(cooperative=cooperative, user=someone, role=role, actor=someone, party=her)
    return someone


@pytest.mark.parametrize("role", sorted(POWER))
def test_power_without_second_factor_is_sent_to_set_it_up(cooperative, role):
    browser = Client()
    browser.force_login(person(cooperative, role))
    answer = browser.get(f"/{cooperative.slug}/perangkat/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/2fa/totp/activate/?next=")


def test_members_mentors_and_demo_people_need_none(cooperative):
    for someone in (
        person(cooperative, Role.MEMBER),
        person(cooperative, Role.MENTOR),
        person(cooperative, Role.BOARD, is_demo=True),
    ):
        browser = Client()
        browser.force_login(someone)
        assert browser.get(f"/{cooperative.slug}/perangkat/").status_code == 200


def test_a_stranger_still_sees_nothing(cooperative):
    browser = Client()
    browser.force_login(person(another_cooperative(), Role.BOARD))
    assert browser.get(f"/{cooperative.slug}/perangkat/").status_code == 404


def test_password_then_set_up_then_recovery_codes_then_code_at_the_next_sign_in(cooperative):
    rini = person(cooperative, Role.CASHIER)
    browser = Client()
    facts = {
        "login": rini.username,
        "password": PASSWORD,
        "next": f"/{cooperative.slug}/perangkat/",
    }
    answer = browser.post("/akun/login/", facts)
    assert answer["Location"] == f"/{cooperative.slug}/perangkat/"
    assert Device.objects.filter(user=rini).count() == 1
    asked = browser.get("/akun/2fa/totp/activate/")["Location"]
    assert browser.get(asked).status_code == 200
    assert browser.post(asked, {"password": PASSWORD}).status_code == 302
    page = browser.get("/akun/2fa/totp/activate/").content.decode()
    assert "style=" not in page
    assert "<script" not in page.split("<body")[1]
    secret = browser.session["mfa.totp.secret"]
    done = browser.post("/akun/2fa/totp/activate/", {"code": code_of(secret)})
    assert done.status_code == 302
    codes = browser.get("/akun/2fa/recovery-codes/").content.decode()
    assert codes.count('class="code"') == 10
    assert browser.get(f"/{cooperative.slug}/perangkat/").status_code == 200
    next_day = Client()
    second = next_day.post("/akun/login/", facts)["Location"]
    assert second.startswith("/akun/2fa/authenticate/")
    assert next_day.get(f"/{cooperative.slug}/perangkat/").status_code == 302
    assert next_day.get(second).status_code == 200
    recovery = Authenticator.objects.get(user=rini, type="recovery_codes").wrap()
    inside = next_day.post(second, {"code": recovery.get_unused_codes()[0]})
    assert inside.status_code == 302
    assert next_day.get(f"/{cooperative.slug}/perangkat/").status_code == 200


def code_of(secret):
    from allauth.mfa.totp.internal import auth

    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.parametrize(
    "address",
    ["/akun/login/", "/akun/logout/", "/akun/password/change/", "/akun/2fa/", "/akun/reauthenticate/",
     "/akun/2fa/recovery-codes/generate/", "/akun/signup/", "/akun/password/reset/", "/akun/email/"],
)  # fmt: skip
def test_every_account_page_stands_in_our_shell_in_indonesian(cooperative, address):
    rini = person(cooperative, Role.CASHIER)
    TOTP.activate(rini, "JBSWY3DPEHPK3PXP")
    browser = Client()
    if "login" not in address and "signup" not in address and "reset" not in address:
        browser.force_login(rini)
    page = browser.get(address, follow=True).content.decode()
    assert '<html lang="id">' in page
    assert 'href="/static/canting.css"' in page
    assert "style=" not in page.split("<body")[1]


def test_sign_out_ends_the_session(cooperative):
    browser = Client()
    browser.force_login(person(cooperative, Role.MENTOR))
    assert browser.post("/akun/logout/")["Location"] == "/masuk/"
    assert browser.get(f"/{cooperative.slug}/perangkat/").status_code == 302


def test_demo_people_sign_in_by_one_press_and_nobody_else(cooperative):
    demo = another_cooperative(name="Koperasi Contoh")
    demo.is_demo = True
    demo.save(update_fields=["is_demo"])
    ani = person(demo, Role.BOARD, is_demo=True)
    real = person(demo, Role.BOARD)
    elsewhere = person(cooperative, Role.BOARD, is_demo=True)
    page = Client().get("/masuk/").content.decode()
    assert f'value="{ani.username}"' in page
    assert real.username not in page
    assert elsewhere.username not in page
    for other in (real.username, elsewhere.username, "", "sistem"):
        assert Client().post("/masuk/coba/", {"username": other}).status_code == 404
    browser = Client()
    assert browser.get("/masuk/coba/").status_code == 405
    assert browser.post("/masuk/coba/", {"username": ani.username}).status_code == 302
    assert browser.get(f"/{demo.slug}/perangkat/").status_code == 200
