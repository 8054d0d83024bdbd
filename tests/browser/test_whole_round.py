"""The whole round from the order to the slip, by everyone's own hands; and hands that slip."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Error, Page

from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.portal import selectors as portal
from canting.sales import selectors as sales
from canting.savings import selectors as savings
from tests.browser.ground import Ground
from tests.browser.hands import Hands, faults


@pytest.fixture
def ground(live_server, settings) -> Ground:
    settings.PUBLIC_URL = live_server.url
    return Ground()


@pytest.fixture
def hands(ground, visit):
    """The hands of whoever has a role, on the machine that they use."""

    def of(role: Role, *, script: bool = True) -> Hands:
        phone = role in {Role.MEMBER, Role.MENTOR}
        slug = ground.cooperative.slug
        page = visit(f"/{slug}/", ground.people[role], phone=phone, script=script)
        return Hands(page, slug)

    return of


def verified(ground: Ground) -> None:
    broken = [one for one in portal.verification(cooperative=ground.cooperative) if not one.holds]
    assert [(one.name, one.breaches) for one in broken] == []


def promised(ground: Ground) -> str:
    return f"{ground.today + timedelta(days=40):%Y-%m-%d}"


def order_of(manager: Hands, ground: Ground) -> str:
    """An order of four pieces, half of it in advance."""
    manager.go("pesanan/baru/").type(
        buyer="PT Cahaya Selat", promised_date=promised(ground), down_payment_percent="50"
    )
    manager.row("lines", 0, product="RGN", quantity="4", price="300.000").save()
    return manager.path.split("/lihat/")[1]


def test_the_whole_round_by_everyones_own_hands(ground, hands, visit):
    manager, cashier = hands(Role.MANAGER), hands(Role.CASHIER)
    storekeeper, mentor, hers = hands(Role.STOREKEEPER), hands(Role.MENTOR), hands(Role.MEMBER)
    order = order_of(manager, ground)
    cashier.go(f"pesanan/uang-muka/{order}").type(amount="600.000").choose(cash_place="bank")
    cashier.save()

    storekeeper.go("beli/baru/").type(seller="Toko Mori Solo").select("payment", "cash")
    storekeeper.select("cash_place", "cash_main")
    storekeeper.line("b", 0, "Mori", quantity="10", price="26.000").save()
    if "/baru/" in storekeeper.path:
        storekeeper.save()

    due = f"{ground.today + timedelta(days=20):%Y-%m-%d}"
    manager.go("spk/baru/").select("product", "RGN").select("basis", "commission")
    manager.type(quantity="5", due_date=due)
    manager.row("makers", 0, member=ground.maker.number, quantity="5").save()
    spk = manager.path.split("/surat/")[1].rstrip("/")
    asked = f"member={ground.maker.number}&product=RGN&pieces=5&work_order={spk}"
    storekeeper.go(f"bahan/keluar/?{asked}").select("mode", "custody").save()
    storekeeper.pdf(f"bahan/keluar/cetak/{storekeeper.path.split('/nota/')[1]}")

    hers.go("pekerjaan/").follow("/pekerjaan/lapor/").type(more="5").press("main form .button")
    mentor.go(f"terima/?spk={spk}&anggota={ground.maker.number}").type(count_a="5")
    mentor.press("main button[name='save']")

    (label,) = storekeeper.go("stok/kain/").found(r"/stok/kain/([A-Z0-9]{3}-[A-Z0-9]{3})/")
    storekeeper.go(f"pesanan/kirim/{order}").type(scan=label).enter().type(quantity="4").save()
    link = manager.go(f"pesanan/lihat/{order}").found(r"(/t/[^/\"]+/)")[0]
    buyer = Hands(visit(link, phone=True), manager.slug)
    buyer.page.locator("main [name='outcome'][value='partly']").check(force=True)
    buyer.type(back="1", note="Satu helai luntur").save()

    manager.go(f"pesanan/faktur/{order}").save()
    invoice = manager.path.split("/lihat/")[1]
    manager.pdf(f"faktur/cetak/{invoice}")
    cashier.go(f"faktur/bayar/{invoice}").type(amount="440.000").choose(cash_place="bank").save()
    paid = cashier.path.split("/lihat/")[1]
    cashier.go(f"kuitansi/betulkan/{paid}").type(amount="450.000", reason="Salah ketik").save()

    cashier.go("galeri/").type(scan=label).enter().choose(paid_by="qris").save()
    assert "/galeri/nota/lihat/" in cashier.path
    cashier.go("galeri/qris/").type(gross="300.000", fee="900").save()
    cashier.go("bayar/").select("cash_place", "bank").save()
    (slip,) = set(cashier.found(r"/bayar/slip/(BA/\d+/\d+/\d+)"))
    cashier.pdf(f"bayar/slip/cetak/{slip}.pdf")
    hers.go("uang/").follow("/uang/slip/BA/")
    assert "Rp300.000" in hers.text

    coop = ground.cooperative
    assert ledger.balance(cooperative=coop, role="bank") == 600_000 + 450_000 + 299_100 - 300_000
    assert ledger.balance(cooperative=coop, role="recv_buyer") == 0
    assert ledger.balance(cooperative=coop, role="sales_commission") == 4 * 300_000
    verified(ground)
    supervisor = hands(Role.SUPERVISOR).go("periksa-buku/")
    assert not supervisor.page.locator("main .note.wrong").count()
    for one in (manager, cashier, storekeeper, mentor, hers, buyer, supervisor):
        assert faults(one.page) == []


def deposits(ground: Ground) -> int:
    """Deposits beyond the entry shares of the ground."""
    return savings.deposits(cooperative=ground.cooperative).count() - len(ground.members)


def typed_deposit(cashier: Hands, ground: Ground) -> Hands:
    cashier.go("setor/").type(member=ground.maker.number, amount="25.000")
    return cashier.choose(kind="regular_share")


def double_click(page: Page) -> None:
    """Save twice at once; the second sending may cut the first answer off."""
    try:
        with page.expect_navigation():
            page.locator("main form [data-save]").first.dblclick(no_wait_after=True)
    except Error as cut:
        if "ERR_ABORTED" not in str(cut):
            raise
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_writes_one_paper(ground, hands, script):
    cashier = typed_deposit(hands(Role.CASHIER, script=script), ground)
    double_click(cashier.page)
    assert deposits(ground) == 1
    manager = hands(Role.MANAGER, script=script)
    manager.go("pesanan/baru/").type(buyer="PT Cahaya Selat", promised_date=promised(ground))
    manager.type(lines__0__product="RGN", lines__0__quantity="4", lines__0__price="300.000")
    double_click(manager.page)
    assert sales.orders(cooperative=ground.cooperative).count() == 1
    verified(ground)


def back_and_save(hands: Hands) -> None:
    """Back to the form that was just saved, and its button once more without typing anything."""
    hands.page.go_back()
    hands.page.locator("main form [data-save]").first.click(no_wait_after=True)
    hands.page.wait_for_load_state("networkidle")


def test_back_and_save_once_more_never_writes_a_second_paper(ground, hands):
    cashier = typed_deposit(hands(Role.CASHIER), ground).save()
    back_and_save(cashier)
    assert deposits(ground) == 1

    manager = hands(Role.MANAGER)
    order = order_of(manager, ground)
    back_and_save(manager)
    assert sales.orders(cooperative=ground.cooperative).count() == 1

    cashier.go(f"pesanan/uang-muka/{order}").type(amount="600.000").choose(cash_place="bank")
    cashier.save()
    back_and_save(cashier)
    assert ledger.balance(cooperative=ground.cooperative, role="down_payment") == 600_000
    verified(ground)


def test_deposit_and_order_are_entered_without_a_mouse(ground, hands):
    cashier = hands(Role.CASHIER).go("setor/").waits_at("member")
    keys = cashier.page.keyboard
    keys.type(ground.maker.number)
    cashier.tab_to("kind").pick("regular_share").tab_to("amount")
    keys.type("25000")
    with cashier.page.expect_navigation():
        keys.press("Control+Enter")
    assert deposits(ground) == 1

    manager = hands(Role.MANAGER).go("pesanan/baru/").waits_at("buyer")
    keys = manager.page.keyboard
    keys.type("PT Cahaya Selat")
    manager.tab_to("promised_date")
    day = ground.today + timedelta(days=40)
    manager.key_in(day).tab_to("lines-0-product")
    keys.type("RGN")
    manager.tab_to("lines-0-quantity")
    keys.type("4")
    manager.tab_to("lines-0-price")
    keys.type("300000")
    with manager.page.expect_navigation():
        keys.press("Control+Enter")
    manager.expect_no_refusal()
    order = sales.orders(cooperative=ground.cooperative).get()
    assert sales.order_total(order) == 1_200_000
    for one in (cashier, manager):
        assert faults(one.page) == []
    verified(ground)
