"""Members get in by a one-time link and a PIN; nobody else does."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from canting.cooperatives import selectors
from canting.cooperatives.errors import (
    LinkUsed,
    PasswordNeeded,
    PinLocked,
    PinsDiffer,
    WeakPin,
    WrongPin,
)
from canting.cooperatives.models import AuditRecord, Device, Token, User
from canting.cooperatives.rules import PartyKind, Role, is_weak_pin
from canting.cooperatives.services import (
    check_pin,
    grant_access,
    issue_sign_in_link,
    revoke_devices,
    set_pin_by_link,
)
from canting.kernel.dates import today
from tests.builders import cooperative as another_cooperative
from tests.builders import party, user

PIN = "482913"


@pytest.fixture(autouse=True)
def no_old_tries():
    cache.clear()


@pytest.fixture
def siti(cooperative):
    return party(cooperative, PartyKind.MEMBER, "Siti Aminah", "A-0117")


@pytest.fixture
def link(cooperative, siti, actor):
    return issue_sign_in_link(
        cooperative=cooperative, party=siti, on=today(cooperative.zone), actor=actor,
        phone="+6281234567890",
    )  # fmt: skip


def with_pin(link) -> User:
    return set_pin_by_link(token=link, pin=PIN, again=PIN, now=timezone.now())


def try_pin(cooperative, pin=PIN, who="A-0117", now=None):
    return check_pin(cooperative=cooperative, who=who, pin=pin, now=now or timezone.now())


def test_a_link_lets_her_choose_a_pin_and_then_signs_her_in(cooperative, link):
    phone = Client()
    address = f"/masuk/tautan/{link.token}/"
    page = phone.get(address)
    assert "Siti Aminah" in page.content.decode()
    # With "no-referrer" browsers send no origin, and the form would be refused.
    assert page["Referrer-Policy"] == "same-origin"
    answer = phone.post(address, {"pin": PIN, "again": PIN})
    assert answer.status_code == 302
    assert answer["Location"] == f"/{cooperative.slug}/"
    assert phone.get("/masuk/").status_code == 302
    device = Device.objects.get()
    assert selectors.devices(user=device.user) == [device]


def test_opening_a_link_uses_nothing_up_but_setting_the_pin_does(link):
    phone = Client()
    address = f"/masuk/tautan/{link.token}/"
    for _preview in range(3):
        assert phone.get(address).status_code == 200
    with_pin(link)
    assert Client().get(address).status_code == 410
    assert Client().post(address, {"pin": "719304", "again": "719304"}).status_code == 410
    with pytest.raises(LinkUsed):
        set_pin_by_link(token=link, pin="719304", again="719304", now=timezone.now())


def test_a_link_dies_after_seven_days_and_when_a_fresh_one_is_made(cooperative, siti, link, actor):
    later = timezone.now() + timedelta(days=7, minutes=1)
    with pytest.raises(LinkUsed):
        set_pin_by_link(token=link, pin=PIN, again=PIN, now=later)
    issue_sign_in_link(cooperative=cooperative, party=siti, on=today(cooperative.zone), actor=actor)
    assert Client().get(f"/masuk/tautan/{link.token}/").status_code == 410


def test_a_link_of_another_purpose_sets_no_pin(cooperative, link):
    Token.objects.filter(pk=link.pk).update(purpose="slip")
    link.refresh_from_db()
    with pytest.raises(LinkUsed):
        with_pin(link)


@pytest.mark.parametrize(
    "pin",
    ["123456", "654321", "000000", "111111", "121212", "123123", "198585", "851985", "200017",
     "12345", "1234567", "abcdef", "٣٤٥٦٧٨", "", "901234"],
)  # fmt: skip
def test_a_weak_pin_is_refused_and_the_link_stays_usable(link, pin):
    assert is_weak_pin(pin)
    with pytest.raises(WeakPin):
        set_pin_by_link(token=link, pin=pin, again=pin, now=timezone.now())
    assert with_pin(link).pin


def test_two_pins_that_differ_are_refused(link):
    with pytest.raises(PinsDiffer):
        set_pin_by_link(token=link, pin=PIN, again="482914", now=timezone.now())


@pytest.mark.parametrize("who", ["A-0117", "a-117", "a117", "0812-3456-7890", "+6281234567890"])
def test_number_or_phone_and_pin_let_her_in(cooperative, link, who):
    assert try_pin(cooperative, who=who) if with_pin(link) else None


def test_the_pin_is_kept_as_a_hash_and_never_written_down(link):
    with_pin(link)
    assert PIN not in User.objects.get(pin__gt="").pin
    assert not [r for r in AuditRecord.objects.all() if PIN in str(r.facts) + r.subject + r.action]


def test_five_wrong_pins_lock_for_a_quarter_of_an_hour(cooperative, link):
    with_pin(link)
    for _try in range(4):
        with pytest.raises(WrongPin):
            try_pin(cooperative, "482914")
    with pytest.raises(PinLocked, match=r"15"):
        try_pin(cooperative, "482914")
    with pytest.raises(PinLocked):
        try_pin(cooperative)
    assert try_pin(cooperative, now=timezone.now() + timedelta(minutes=15, seconds=1))


def test_a_right_pin_forgets_the_wrong_ones_before_it(cooperative, link):
    with_pin(link)
    for _round in range(3):
        for _try in range(4):
            with pytest.raises(WrongPin):
                try_pin(cooperative, "482914")
        assert try_pin(cooperative)


def test_a_fresh_link_opens_a_locked_sign_in(cooperative, siti, link, actor):
    with_pin(link)
    for _try in range(5):
        with pytest.raises((WrongPin, PinLocked)):
            try_pin(cooperative, "482914")
    fresh = issue_sign_in_link(
        cooperative=cooperative, party=siti, on=today(cooperative.zone), actor=actor
    )
    set_pin_by_link(token=fresh, pin="719304", again="719304", now=timezone.now())
    assert try_pin(cooperative, "719304")
    with pytest.raises(WrongPin):
        try_pin(cooperative)


def test_a_stranger_is_told_the_same_as_someone_with_a_wrong_pin(cooperative, link):
    with_pin(link)
    for who in ("A-9999", "0899-1111-2222", "'; --", ""):
        with pytest.raises(WrongPin):
            try_pin(cooperative, who=who)
    with pytest.raises(WrongPin):
        try_pin(another_cooperative())


def test_who_holds_power_cannot_come_in_by_pin(cooperative, siti, link, actor):
    rini = with_pin(link)
    grant_access(cooperative=cooperative, user=rini, role=Role.CASHIER, actor=actor)
    with pytest.raises(PasswordNeeded):
        try_pin(cooperative)
    with pytest.raises(PasswordNeeded):
        issue_sign_in_link(
            cooperative=cooperative, party=siti, on=today(cooperative.zone), actor=actor
        )


def test_many_tries_from_one_connection_are_stopped(cooperative, link):
    browser = Client()
    facts = {"place": cooperative.slug, "who": "A-0001", "pin": PIN}
    answers = [browser.post("/masuk/", facts) for _try in range(31)]
    assert all(answer.status_code == 422 for answer in answers)
    assert answers[0].content != answers[-1].content
    with_pin(link)
    assert browser.post("/masuk/", {**facts, "who": "A-0117"}).status_code == 422


def test_the_sign_in_page_never_repeats_the_pin(cooperative, link):
    answer = Client().post("/masuk/", {"place": cooperative.slug, "who": "A-0117", "pin": "771188"})
    assert answer.status_code == 422
    assert "771188" not in answer.content.decode()


def test_sign_in_leads_on_inside_the_house_only(cooperative, link):
    with_pin(link)
    facts = {"place": cooperative.slug, "who": "A-0117", "pin": PIN}
    for wanted, leads in (("/x/uang/", "/x/uang/"), ("//evil.example/", "/"), ("http://e/", "/")):
        assert Client().post("/masuk/", {**facts, "next": wanted})["Location"] == leads


def test_a_lost_phone_is_signed_out_from_the_office(cooperative, siti, link, actor, client_as):
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/141.0"})
    phone.post(f"/masuk/tautan/{link.token}/", {"pin": PIN, "again": PIN})
    assert phone.get(f"/{cooperative.slug}/perangkat/").status_code == 200
    office = client_as(Role.CASHIER)
    page = office.get(f"/{cooperative.slug}/tautan-masuk/A-0117").content.decode()
    assert "Chrome, Android" in page
    assert Device.objects.get(name="Chrome, Android").session_key not in page
    office.post(
        f"/{cooperative.slug}/tautan-masuk/keluarkan/A-0117", {"request_key": "lost-phone-1"}
    )
    assert phone.get(f"/{cooperative.slug}/perangkat/").status_code == 302
    siti_user = selectors.member_user(cooperative=cooperative, party=siti)
    assert siti_user is not None
    assert selectors.devices(user=siti_user) == []
    assert revoke_devices(cooperative=cooperative, user=siti_user, actor=actor) == 0


def test_she_signs_her_own_other_device_out_but_not_someone_elses(cooperative, link, actor):
    first, second = Client(), Client()
    first.post(f"/masuk/tautan/{link.token}/", {"pin": PIN, "again": PIN})
    facts = {"place": cooperative.slug, "who": "A-0117", "pin": PIN}
    assert second.post("/masuk/", facts).status_code == 302
    stranger = user("orang")
    other = Device.objects.create(
        user=stranger, session_key="x" * 32, name="?", signed_in_at=timezone.now()
    )
    mine = Device.objects.get(session_key=second.session.session_key)
    for number, reference in enumerate((mine.reference, other.reference)):
        first.post(
            f"/{cooperative.slug}/perangkat/keluarkan/",
            {"device": reference, "request_key": f"out-device-{number}"},
        )
    assert second.get(f"/{cooperative.slug}/perangkat/").status_code == 302
    assert first.get(f"/{cooperative.slug}/perangkat/").status_code == 200
    assert Device.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.SUPERVISOR, Role.MENTOR, Role.MEMBER])
def test_only_cashier_manager_and_board_give_links(cooperative, siti, client_as, role):
    browser = client_as(role)
    for address in ("tautan-masuk/", "tautan-masuk/A-0117"):
        assert browser.get(f"/{cooperative.slug}/{address}").status_code == 403
    made = browser.post(
        f"/{cooperative.slug}/tautan-masuk/baru/A-0117", {"request_key": "link-no-right"}
    )
    assert made.status_code == 403
    assert not Token.objects.exists()


def test_the_office_makes_a_link_on_its_page(cooperative, siti, client_as, settings):
    office = client_as(Role.MANAGER)
    address = f"/{cooperative.slug}/tautan-masuk/baru/A-0117"
    facts = {"phone": "0812 3456 7890", "request_key": "make-a-link"}
    answer = office.post(address, facts)
    again = office.post(address, facts)
    assert (answer.status_code, again["Location"]) == (302, answer["Location"])
    token = Token.objects.get()
    page = office.get(answer["Location"]).content.decode()
    assert f"/masuk/tautan/{token.token}/" in page
    assert "wa.me" not in page
    settings.PUBLIC_URL = "https://batik.example"
    page = office.get(answer["Location"]).content.decode()
    assert "wa.me/6281234567890" in page
    assert f"https://batik.example/masuk/tautan/{token.token}/" in page
    assert office.get(f"/{cooperative.slug}/tautan-masuk/A-4040").status_code == 404
    listed = office.get(f"/{cooperative.slug}/tautan-masuk/?q=aminah").content.decode()
    assert "Siti Aminah" in listed


def test_with_one_cooperative_nobody_is_asked_for_it(cooperative, link):
    with_pin(link)
    page = Client().get("/masuk/").content.decode()
    assert re.search(rf'type="hidden"\s+name="place"\s+value="{cooperative.slug}"', page)


def test_with_several_she_types_hers_and_no_name_is_told(cooperative, link, actor):
    with_pin(link)
    other = another_cooperative(actor=actor, name="Koperasi Rahasia")
    browser = Client()
    page = browser.get("/masuk/").content.decode()
    assert other.name not in page
    assert cooperative.name not in page
    assert cooperative.slug not in page
    wrong = browser.post("/masuk/", {"place": "Tidak Ada", "who": "A-0117", "pin": PIN})
    assert wrong.status_code == 422
    assert "Koperasi dengan nama ini tidak ada di sini" in wrong.content.decode()
    for typed in (cooperative.slug, f" {cooperative.name.lower()} "):
        facts = {"place": typed, "who": "A-0117", "pin": PIN}
        assert Client().post("/masuk/", facts).status_code == 302
    ahead = browser.get(f"/masuk/?next=/{cooperative.slug}/uang/").content.decode()
    assert f'value="{cooperative.slug}"' in ahead
