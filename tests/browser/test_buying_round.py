"""A round of buying together by everyone's own hands, with the slips that hands make."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.services import close_month, reopen_month
from canting.portal import selectors as portal
from canting.purchasing import selectors as purchasing
from canting.rounds import selectors
from canting.rounds.models import PlanRun, Round, ShareOut
from canting.rounds.rules import RoundState
from canting.rounds.rules.plan import Progress
from canting.rounds.services import plans as planning
from tests import builders
from tests.browser.buying import Buying
from tests.browser.hands import Hands, faults

# The browser itself says so when it is told to be without a network.
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def ground(live_server, settings) -> Buying:
    settings.PUBLIC_URL = live_server.url
    return Buying()


@pytest.fixture
def hands(ground, visit):
    """The hands of whoever has a role, on the machine that they use."""

    def of(role: Role) -> Hands:
        slug = ground.cooperative.slug
        page = visit(f"/{slug}/", ground.people[role], phone=role == Role.MEMBER)
        return Hands(page, slug)

    return of


@pytest.fixture
def slow_plan(monkeypatch) -> None:
    """A plan that is worked out in a thread, and found only once somebody asks it to stop."""
    real: Any = vars(planning)["plan"]

    def until_stopped(*, cancelled: Callable[[], bool], progress, **case):
        ends = time.monotonic() + 20
        while not cancelled() and time.monotonic() < ends:
            progress(Progress(1.0, 1_234_000, 0.125))
            time.sleep(0.1)
        return real(cancelled=lambda: False, progress=progress, **case)

    monkeypatch.setattr(planning, "plan", until_stopped)
    monkeypatch.setattr(planning, "SMALL", 0)
    monkeypatch.setattr(planning, "QUICK", 0.1)
    monkeypatch.setattr(planning, "TELL_EVERY", 0.1)


def verified(ground: Buying) -> None:
    broken = [one for one in portal.verification(cooperative=ground.cooperative) if not one.holds]
    assert [(one.name, one.breaches) for one in broken] == []


def clean(*everyone: Hands) -> None:
    """Nothing went wrong in any window."""
    for one in everyone:
        assert [said for said in faults(one.page) if NO_NETWORK not in said] == []


def twice(hands: Hands, button: str = "main form [data-save]:visible") -> Hands:
    """Click an act twice as fast as the mouse can; the second may cut the first answer off."""
    try:
        with hands.page.expect_navigation():
            hands.page.locator(button).first.dblclick(no_wait_after=True)
    except Error as cut:
        if "ERR_ABORTED" not in str(cut):
            raise
    hands.page.wait_for_load_state("networkidle")
    return hands.expect_no_refusal()


def at_once(first: Page, second: Page, button: str) -> None:
    """Two people press the same button before either has an answer."""
    for page in (first, second):
        press = "button => { window.before = true; setTimeout(() => button.click(), 50); }"
        page.locator(button).first.evaluate(press)
    for page in (first, second):
        page.wait_for_function("() => !window.before && document.readyState === 'complete'")


def opened(manager: Hands, ground: Buying) -> str:
    """A round of which members may ask for a week, opened with a double click."""
    manager.go("belanja/baru/").type(
        title="Bahan musim hujan", deadline=ground.day(7), needed_by=ground.day(20)
    )
    twice(manager.choose(share_rule="first"))
    assert Round.objects.count() == 1
    return manager.path.split("/lihat/")[1]


def asked_on_the_phone(hers: Hands, here: str) -> None:
    """She asks without a network first: nothing is lost, and with it her need is there once."""
    hers.go("belanja/saya/").follow("/saya/lihat/").follow("/saya/butuh/")
    assert hers.page.evaluate("document.documentElement.scrollWidth") <= 360
    hers.type(item="MORI-P", quantity="12")
    hers.page.context.set_offline(True)
    hers.page.locator("main form [data-save]").click()
    told = hers.page.locator("#offline")
    expect(told).to_be_visible()
    expect(told).to_be_in_viewport()
    assert hers.field("quantity").input_value() == "12"
    hers.page.context.set_offline(False)
    expect(told).to_be_hidden()
    twice(hers)
    assert selectors.standing_needs(round_of(here)).count() == 1
    assert "Mori primissima" in hers.text


def pasted_at_the_desk(store: Hands, ground: Buying) -> None:
    """A text from WhatsApp is read into rows, looked at, and written down."""
    store.type(message="Hosniyah: mori primissima 1 pis, malam 4 kg\nJuwariyah: malam klowong 6 kg")
    store.page.locator("main button[value='read']").click()
    store.page.wait_for_load_state("networkidle")
    assert store.field("b-0-item").input_value() == "MORI-P"
    store.type(b__2__mode="cash")
    twice(store)


def round_of(number: str) -> Round:
    return Round.objects.select_related("cooperative").get(number=number)


def planned(manager: Hands, other: Hands, here: str) -> None:
    """Worked out with its progress seen, stopped, changed by hand with the cost of that, agreed."""
    manager.go(f"belanja/rencana/{here}").save()
    expect(manager.page.locator("main progress")).to_be_visible()
    expect(manager.page.locator("main")).to_contain_text("Rp1.234.000")
    manager.press("#plan-stop")
    expect(manager.page.locator("main a[href*='/rencana/ubah/']")).to_be_visible(timeout=20_000)
    assert PlanRun.objects.get().stop_asked
    other.go(f"belanja/rencana/{here}")
    manager.follow("/rencana/ubah/")
    # One pack more of what the plan buys: dearer, and how much dearer is said before it is agreed.
    packs = manager.page.locator("main input[name^='packs-']").evaluate_all(
        "all => all.map(one => one.name).find(name => document.getElementsByName(name)[0].value)"
    )
    manager.type(**{packs: "4"}).press("main button[name='show']")
    assert "Rp" in manager.page.locator("main .figures").inner_text()
    agree = "main form button[name='agree'], main form[action*='/setujui/'] button"
    at_once(manager.page, other.page, agree)
    assert round_of(here).state == RoundState.PLANNED
    sentences = [
        one.page.locator("main .notices, main #errors, main .note.wrong").all_inner_texts()
        for one in (manager, other)
    ]
    assert all(sentences), sentences
    assert sentences[0] != sentences[1]


def received_in_two_parts(store: Hands, here: str, ground: Buying) -> None:
    """Of each order first one pack of each material comes, then the rest; then its bill."""
    for order in selectors.orders_of(round_of(here)):
        store.go(f"beli/pesanan/terima/{order.number}")
        for row in range(order.lines.count()):
            store.type(**{f"l__{row}__packs": "1"})
        twice(store)
        store.go(f"beli/pesanan/terima/{order.number}")
        twice(store)
        received = [row.kept for row in purchasing.order_rows(order)]
        assert received == [line.base_quantity for line in order.lines.all()]


def billed(manager: Hands, here: str) -> None:
    for order in selectors.orders_of(round_of(here)):
        manager.go(f"beli/pesanan/tagih/{order.number}").type(nota=f"N-{order.number[-4:]}").save()
        if "/tagih/" in manager.path:
            twice(manager)
        assert purchasing.bills(cooperative=order.cooperative).filter(order=order).count() == 1


def months_of(ground: Buying) -> list:
    days = {one.replace(day=1) for one in (ground.begun, ground.today)}
    return sorted(days)


def refused_in_a_closed_month(manager: Hands, here: str, ground: Buying) -> None:
    """The month was closed meanwhile: a sentence says so, and nothing is booked."""
    facts = {"cooperative": ground.cooperative, "actor": ground.make["actor"]}
    manager.go(f"belanja/bagi/{here}")
    for month in months_of(ground):
        close_month(month=month, on=ground.today + timedelta(days=60), **facts)
    with manager.page.expect_navigation():
        manager.page.locator("main form [data-save]").click()
    said = manager.page.locator("main .note.wrong, main #errors").first.inner_text()
    assert str(ground.today.year) in said
    assert not ShareOut.objects.exists()
    for _month in months_of(ground):
        reopen_month(reason="Salah tutup", **facts)


def shared_by_one_of_two(manager: Hands, other: Hands, here: str) -> None:
    """Both look at the same goods, one leaves a member out: one books, the other reads why not."""
    manager.go(f"belanja/bagi/{here}")
    other.go(f"belanja/bagi/{here}")
    other.page.locator("main input[name='tidak-datang']").first.check()
    other.page.locator("main button[value='show']").click()
    other.page.wait_for_load_state("networkidle")
    at_once(manager.page, other.page, "main form [data-save]:visible")
    assert ShareOut.objects.count() == 1
    ends = [one.path for one in (manager, other)]
    assert sorted("/bagian/lihat/" in path for path in ends) == [False, True], ends
    [lost] = [one for one in (manager, other) if "/bagian/lihat/" not in one.path]
    assert lost.page.locator("main .note.wrong").inner_text()
    back_once_more(next(one for one in (manager, other) if one is not lost))
    # Whoever was left out by the winner gets hers in a second sharing.
    if selectors.proposal(found=round_of(here), on=ShareOut.objects.get().on).gives:
        manager.go(f"belanja/bagi/{here}").save()
    manager.go(f"belanja/bagi/{here}")
    assert not manager.page.locator("main form [data-save]:visible").count()


def back_once_more(winner: Hands) -> None:
    """Back to what was just booked: either nothing is left to share, or the button does nothing."""
    winner.page.go_back()
    again = winner.page.locator("main form [data-save]:visible")
    if again.count():
        again.first.click(no_wait_after=True)
        winner.page.wait_for_load_state("networkidle")
    assert ShareOut.objects.count() == 1


def elsewhere(manager: Hands, hers: Hands, here: str) -> None:
    """The round in another cooperative's address, and the office's pages for a member."""
    builders.cooperative(actor=builders.user("tetangga"), slug="tetangga")
    for path in ("lihat", "bagi", "rencana", "uang/lihat", "saya/lihat", "butuh/lihat"):
        for one in (manager, hers):
            answer = one.page.request.get(f"/tetangga/belanja/{path}/{here}")
            assert answer.status in {403, 404}, (path, answer.status)
    for path in ("lihat", "bagi", "pesan", "tutup", "uang/catat"):
        answer = hers.page.request.get(f"/{hers.slug}/belanja/{path}/{here}")
        assert answer.status == 403, path


def test_a_round_from_the_first_need_to_the_proof(ground, hands, slow_plan):
    manager, other, store = hands(Role.MANAGER), hands(Role.STOREKEEPER), hands(Role.STOREKEEPER)
    cashier, hers = hands(Role.CASHIER), hands(Role.MEMBER)
    here = opened(manager, ground)
    asked_on_the_phone(hers, here)
    pasted_at_the_desk(store.go(f"belanja/butuh/catat/{here}"), ground)
    assert selectors.standing_needs(round_of(here)).count() == 4
    cashier.go(f"belanja/uang/catat/{here}").select("kind", "deposit")
    cashier.type(member=ground.maker.number, amount="100.000").select("cash_place", "cash_main")
    twice(cashier)
    assert ledger.balance(cooperative=ground.cooperative, role="round_deposit") == 100_000

    planned(manager, other, here)
    twice(manager.go(f"belanja/pesan/{here}"))
    assert (
        len(selectors.orders_of(round_of(here)))
        == purchasing.orders(cooperative=ground.cooperative).count()
    )
    received_in_two_parts(store, here, ground)
    refused_in_a_closed_month(manager, here, ground)
    shared_by_one_of_two(manager, other, here)
    billed(manager, here)

    hers.go("belanja/saya/").follow("/saya/lihat/")
    her_share = selectors.shares_of_member(found=round_of(here), member=ground.maker).get()
    assert f"Rp{her_share.amount:,}".replace(",", ".") in hers.text
    saved = her_share.market_amount - her_share.amount
    assert saved > 0
    assert f"Rp{saved:,}".replace(",", ".") in hers.text

    (waiting,) = {s.need.member for s in selectors.waiting_shares(round_of(here))}
    cashless = manager.go(f"belanja/bagian/serahkan/{waiting.number}/{here}")
    twice(cashless.select("cash_place", "cash_till"))
    manager.go(f"belanja/tutup/{here}")
    twice(manager)
    assert round_of(here).state == RoundState.SETTLED
    manager.go("belanja/hemat/")
    assert "Siti Aminah" in manager.text
    assert "Rp" in manager.page.locator("main table").first.inner_text()
    elsewhere(manager, hers, here)
    verified(ground)
    clean(manager, other, store, cashier, hers)


def test_a_round_is_opened_and_asked_in_without_a_mouse(ground, hands):
    manager = hands(Role.MANAGER).go("belanja/baru/")
    keys = manager.page.keyboard
    manager.tab_to("title")
    keys.type("Mori Januari")
    manager.tab_to("deadline").key_in(ground.today + timedelta(days=7))
    manager.tab_to("needed_by").key_in(ground.today + timedelta(days=20))
    manager.tab_to("share_rule").pick("proportion")
    with manager.page.expect_navigation():
        keys.press("Control+Enter")
    manager.expect_no_refusal()
    here = manager.path.split("/lihat/")[1]
    assert round_of(here).share_rule == "proportion"

    hers = hands(Role.MEMBER).go(f"belanja/saya/butuh/{here}")
    keys = hers.page.keyboard
    hers.tab_to("item")
    keys.type("Mori p")
    hers.tab_to("quantity")
    keys.type("2,5")
    hers.tab_to("mode").pick("cash").enter()
    need = selectors.standing_needs(round_of(here)).get()
    assert (need.item, str(need.quantity), need.mode) == (ground.mori, "2.5000", "cash")
    clean(manager, hers)


def test_back_and_save_once_more_neither_opens_nor_asks_nor_takes_money_again(ground, hands):
    manager = hands(Role.MANAGER)
    here = opened(manager, ground)
    manager.go(f"belanja/uang/catat/{here}").select("kind", "deposit")
    manager.type(member=ground.maker.number, amount="50.000").select("cash_place", "cash_main")
    manager.save()
    manager.page.go_back()
    manager.page.locator("main form [data-save]").first.click(no_wait_after=True)
    manager.page.wait_for_load_state("networkidle")
    assert ledger.balance(cooperative=ground.cooperative, role="round_deposit") == 50_000
    verified(ground)
    clean(manager)
