"""From an empty cooperative to its first slip, by clicks and typing alone; no demonstration.

Services make only what `canting new` makes, and a second officer. Everything else is done in the
browser: on a phone by the member, the mentor and the buyer, on a laptop by the staff.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from canting.config.urls import RESERVED
from canting.cooperatives import selectors as house
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.portal import selectors as portal
from canting.portal.services import found_cooperative, give_role
from canting.portal.services.backup import SEALING
from tests import builders
from tests.browser.hands import Hands, faults
from tests.builders import there
from tests.portal.test_backup import canting

DATA = Path(__file__).parents[1] / "data"
TRIAL = """
import django; django.setup()
import json
from django.utils import timezone
from canting.cooperatives.selectors import cooperative_by_slug
from canting.ledger import selectors
made = cooperative_by_slug("{slug}")
rows = selectors.trial_balance(cooperative=made, as_of=timezone.localdate())
print(json.dumps({{row.code: row.net for row in rows}}))
"""
SENT = 14  # pieces of the first delivery
PASSWORD = "malam panas di wajan"
CUTOVER = date(2026, 1, 1)
FIRST_DAY = "01/01/2026"


@pytest.fixture
def house_of(live_server, settings, tmp_path):
    """The cooperative with its manager and one of the board."""
    settings.PUBLIC_URL = live_server.url
    settings.CANTING_HOME = tmp_path
    key = tmp_path / SEALING
    key.parent.mkdir()
    key.write_text(settings.SEALING_KEY)
    system = house.system_user()
    made = found_cooperative(
        name="Koperasi Batik Sekar Baru",
        kind="producer",
        slug="sekar-baru",
        cutover_date=CUTOVER,
        full_name="Wahyuni Lestari",
        username="wahyuni",
        password=PASSWORD,
        reserved=RESERVED,
        actor=system,
    )
    manager = there(house.user_by_username("wahyuni"))
    builders.second_factor(manager)
    give_role(
        cooperative=made,
        username="maimunah",
        full_name="Maimunah",
        password=PASSWORD,
        role=Role.BOARD,
        actor=manager,
    )
    builders.second_factor(there(house.user_by_username("maimunah")))
    return made


def someone(visit, made, username: str, *, phone: bool = False) -> Hands:
    user = there(house.user_by_username(username))
    return Hands(visit(f"/{made.slug}/", user, phone=phone), made.slug)


def hire(manager: Hands) -> None:
    """Cashier, storekeeper and mentor get their sign-ins."""
    for username, name, role in (
        ("rini", "Rini Handayani", "cashier"),
        ("hadi", "Abdul Hadi", "storekeeper"),
        ("nur", "Nur Aini", "mentor"),
    ):
        manager.go("orang/baru/").type(
            full_name=name, username=username, role=role, password=PASSWORD, again=PASSWORD
        ).save()
        builders.second_factor(there(house.user_by_username(username)))


def bring_members(manager: Hands) -> list[str]:
    """Layout A4: KOP-003 and kop-3 are two people; nobody knows the day of the last one."""
    sheet = DATA / "layouts" / "A4_kop_no_nama_tgl.xlsx"
    manager.go("anggota/impor/").upload("file", sheet).save()
    if "/kolom/" in manager.path:
        manager.save()
    assert "KOP-005" in manager.text
    twin = manager.page.locator("tr:has(input[name='row'][value='5']) input.input")
    twin.fill("KOP-004")
    manager.save()
    manager.send("/masuk/").go("anggota/")
    numbers = [f"KOP-00{n}" for n in range(1, 6)]
    assert all(number in manager.text for number in numbers)
    return numbers


def bring_prices(manager: Hands) -> None:
    """The price list is pasted; what members pay, and our own cloth, are typed."""
    text = (DATA / "prices" / "bahan_batik.csv").read_text(encoding="utf-8")
    manager.go("barang/tempel/").type(text=text).save()
    manager.save()
    manager.go("barang/banyak/").type(price_list="member")
    manager.row("g", 0, name="kain mori primisima", price="28.000")
    manager.row("g", 1, name="malam klowong + tembokan", price="52.000").save()
    manager.go("barang/baru/").type(
        name="Rengganis tulis", kind="product", unit="helai", technique="cap", code="RGN"
    ).save()
    codes = codes_of(manager)
    for code, quantity in ((codes["mori"], "1"), (codes["malam"], "0,05")):
        manager.go("barang/kartu/RGN/").type(material=code, quantity=quantity).send("/takaran/")
    for price_list, prices in (
        ("piece_rate", ("60.000", "50.000")),
        ("purchase", ("150.000", "130.000")),
        ("sale", ("300.000", "260.000")),
    ):
        manager.go("barang/banyak/").type(price_list=price_list)
        for place, (grade, price) in enumerate(zip("AB", prices, strict=True)):
            manager.row("g", place, name="Rengganis tulis", grade=grade, price=price)
        manager.save()


def codes_of(manager: Hands) -> dict[str, str]:
    """The codes of the two materials, as the norm offers them."""
    manager.go("barang/kartu/RGN/")
    options = manager.field("material").locator("option").all()
    found = {
        (one.text_content() or "").strip(): one.get_attribute("value") or "" for one in options
    }
    return {
        word: next(code for name, code in found.items() if name.startswith(start))
        for word, start in (("mori", "kain mori primisima"), ("malam", "malam klowong"))
    }


def open_books(manager: Hands, board: Hands, members: list[str]) -> None:
    """One million in the office drawer, all of it shares; two people sign."""
    manager.go("mulai/isi/kas/")
    option = manager.field("r-0-account").locator("option", has_text="1102").first
    manager.row("r", 0, account=option.get_attribute("value") or "", amount="1.000.000").save()
    manager.go("mulai/isi/simpanan/")
    for place, number in enumerate(members):
        manager.row(
            "r", place, number=number, name="", entry_share="100.000", regular_share="100.000"
        )
    manager.save()
    for step in ("utang-piutang", "bahan", "kain", "saldo-lain"):
        manager.go(f"mulai/isi/{step}/").save()
    manager.go("mulai/buku-lama/").type(assets="1.000.000").save()
    manager.go("mulai/tanda-tangan/").press("main button[name='prepare']")
    board.go("mulai/tanda-tangan/").press("main button[name='sign']")


def take_order(manager: Hands, storekeeper: Hands, cashier: Hands) -> str:
    """The buyer is typed into the grid; twenty pieces, half of it paid in advance."""
    manager.go("pembeli/banyak/")
    manager.row("rows", 0, name="PT Cahaya Selat", contact="Ibu Prameswari", phone="081200009001")
    manager.save()
    number = manager.go("pembeli/").found(r"/pembeli/([A-Z]+-\d+)/")[0]
    manager.go(f"pembeli/ubah/{number}/").field("withholds_tax").check()
    manager.save()
    promised = timezone.localdate() + timedelta(days=60)
    storekeeper.go("pesanan/baru/").type(
        buyer="PT Cahaya Selat",
        buyer_reference="PO-17",
        promised_date=f"{promised:%Y-%m-%d}",
        down_payment_percent="50",
    )
    storekeeper.row("lines", 0, product="RGN", quantity="20", price="300.000").save()
    order = storekeeper.path.split("/lihat/")[1]
    cashier.go(f"pesanan/uang-muka/{order}").type(amount="3.000.000")
    cashier.choose(cash_place="bank").save()
    return order


def buy_materials(storekeeper: Hands) -> None:
    """What twenty pieces need, bought with the cash of the office, before anything is handed out."""
    storekeeper.go("beli/baru/").type(seller="Toko Mori Solo")
    storekeeper.select("payment", "cash").select("cash_place", "cash_main")
    storekeeper.line("b", 0, "kain mori primisima", quantity="20", price="26.000")
    storekeeper.line("b", 1, "malam klowong", quantity="1", price="48.000")
    storekeeper.save()
    if "/baru/" in storekeeper.path:
        storekeeper.save()


def give_work(manager: Hands, storekeeper: Hands, basis: str, parts: dict[str, int]) -> str:
    """One work order for these makers, each with her material."""
    due = timezone.localdate() + timedelta(days=30)
    manager.go("spk/baru/")
    manager.select("product", "RGN").select("basis", basis)
    manager.type(quantity=str(sum(parts.values())), due_date=f"{due:%Y-%m-%d}")
    for place, (member, count) in enumerate(parts.items()):
        manager.row("makers", place, member=member, quantity=str(count))
    manager.save()
    spk = manager.path.split("/surat/")[1].rstrip("/")
    for member, count in parts.items():
        asked = f"?member={member}&product=RGN&pieces={count}&work_order={spk}"
        storekeeper.go(f"bahan/keluar/{asked}")
        storekeeper.select("mode", "credit" if basis == "purchase" else "custody").save()
        if "/nota/" not in storekeeper.path:
            storekeeper.save()
        assert "/nota/" in storekeeper.path
    return spk


def let_in(manager: Hands, visit, member: str) -> Hands:
    """A member opens her link on her phone and chooses a PIN."""
    manager.go(f"tautan-masuk/{member}").save()
    link = manager.found(r"(/masuk/tautan/[^/\"]+/)")[0]
    hers = Hands(visit(link, phone=True), manager.slug)
    hers.type(pin="482915", again="482915").press("main form button")
    return hers


def receive(mentor: Hands, spk: str, member: str, result: str = "", **typed: str) -> None:
    """Inspect pieces of one maker."""
    mentor.go(f"terima/?spk={spk}&anggota={member}" + (f"&hasil={result}" if result else ""))
    fault = typed.pop("fault", "")
    defects = typed.pop("defects", "")
    mentor.type(**typed)
    if fault:
        mentor.choose(fault=fault)
    if defects:
        mentor.choose(defects=defects)
    mentor.press("main button[name='save']")


def send_part(storekeeper: Hands, order: str, lots: dict[str, int]) -> None:
    """Scan the lots that are ready, all of their pieces, and send them."""
    storekeeper.go(f"pesanan/kirim/{order}")
    for code in lots:
        storekeeper.type(scan=code).enter()
    for code, count in lots.items():
        row = storekeeper.page.locator(f"tr:has([name='code'][value='{code.replace('-', '')}'])")
        counted = row.locator("input[name='quantity']:visible")
        if counted.count():
            counted.fill(str(count))
    storekeeper.save()


def confirm(manager: Hands, visit, order: str) -> None:
    """The buyer opens the link of the order on a phone and says that all is good."""
    link = manager.go(f"pesanan/lihat/{order}").found(r"(/t/[^/\"]+/)")[0]
    Hands(visit(link, phone=True), manager.slug).save()


def pay_invoice(manager: Hands, cashier: Hands, order: str) -> None:
    """The invoice of what was accepted; the buyer keeps half a percent for the tax office."""
    manager.go(f"pesanan/faktur/{order}").save()
    number = manager.path.split("/lihat/")[1]
    cashier.go(f"faktur/bayar/{number}")
    assert money_in(cashier, "final_tax") == SENT * 300_000 // 200
    cashier.type(slip="BP-01").choose(cash_place="bank").save()
    assert "/kuitansi/lihat/" in cashier.path


def pay_slips(cashier: Hands, hers: Hands) -> None:
    """Everyone who waits is paid; the slips come out on paper, and one opens on a phone."""
    cashier.go("bayar/").select("cash_place", "bank").save()
    numbers = sorted(set(cashier.found(r"/bayar/slip/(BA/\d+/\d+/\d+)")))
    assert len(numbers) == 5
    for number in numbers:
        cashier.pdf(f"bayar/slip/cetak/{number}.pdf")
    hers.go("uang/").follow("/uang/slip/BA/")
    assert "BA/" in hers.text


def put_right(cashier: Hands) -> None:
    """A deposit of 52.000 was meant to be 25.000."""
    cashier.go("setor/").type(member="KOP-002", amount="52.000")
    cashier.choose(kind="regular_share").save()
    number = cashier.go("setor/semua/").found(r"/setor/kuitansi/(KW/\d+/\d+/\d+)/")[0]
    cashier.go(f"setor/betulkan/{number}/").type(amount="25.000", reason="Angka terbalik").save()


def money_in(hands: Hands, name: str) -> int:
    """The amount that a field proposes."""
    return int(hands.field(name).first.input_value().replace(".", "") or 0)


def restored(made, manager: Hands, folder: Path) -> None:
    """The backup of the page gives the same books in another folder."""
    manager.go("cadangan/").send("/buat/")
    name = manager.found(r"/cadangan/unduh/([^/\"]+\.zip)")[0]
    answer = manager.page.request.get(f"/{made.slug}/cadangan/unduh/{name}")
    assert answer.ok
    archive = folder / name
    archive.write_bytes(answer.body())
    home = folder / "lain"
    home.mkdir()
    assert json.loads(canting(home, "restore", str(archive), "--json"))["breaches"] == []
    assert json.loads(canting(home, "verify", "--json"))["clean"]
    found = json.loads(canting(home, code=TRIAL.format(slug=made.slug)).splitlines()[-1])
    here = {row.code: row.net for row in trial(made)}
    assert found == here


def trial(made):
    return ledger.trial_balance(cooperative=made, as_of=timezone.localdate())


def test_from_an_empty_cooperative_to_the_first_slip(visit, house_of, tmp_path):
    made = house_of
    manager = someone(visit, made, "wahyuni")
    board = someone(visit, made, "maimunah")
    hire(manager)
    members = bring_members(manager)
    bring_prices(manager)
    open_books(manager, board, members)
    storekeeper, cashier = (someone(visit, made, name) for name in ("hadi", "rini"))
    order = take_order(manager, storekeeper, cashier)
    buy_materials(storekeeper)
    one, two, three, four, five = members
    bought = give_work(manager, storekeeper, "purchase", {four: 4, five: 4})
    made_for_us = give_work(manager, storekeeper, "commission", {one: 4, two: 4, three: 4})

    hers = let_in(manager, visit, one)
    hers.go("pekerjaan/").follow("/pekerjaan/lapor/").choose(count="4").press("main form .button")
    mentor = someone(visit, made, "nur", phone=True)
    receive(mentor, bought, four, count_a="4")
    receive(mentor, bought, five, count_a="3", count_b="1")
    receive(mentor, made_for_us, one, count_a="2")
    receive(mentor, made_for_us, one, "reject", quantity="1", defects="torn", fault="hers")
    receive(
        mentor,
        made_for_us,
        one,
        "rework",
        quantity="1",
        defects="patchy",
        fault="hers",
        reason="Celup sekali lagi",
    )
    mentor.go("terima/").follow("ulang=").type(count_b="1").press("main button[name='save']")
    receive(mentor, made_for_us, two, count_a="3")
    receive(mentor, made_for_us, two, "reject", quantity="1", defects="torn", fault="ours")
    receive(mentor, made_for_us, three, count_a="4")

    lots = storekeeper.go("stok/kain/").found(r"/stok/kain/([A-Z0-9]{3}-[A-Z0-9]{3})/")
    send_part(storekeeper, order, dict(zip(lots[1:], (3, 1, 2, 1, 3, 4), strict=True)))
    confirm(manager, visit, order)
    pay_invoice(manager, cashier, order)
    pay_slips(cashier, hers)
    put_right(cashier)

    broken = [one for one in portal.verification(cooperative=made) if not one.holds]
    assert [(one.name, one.breaches) for one in broken] == []
    paid = ledger.balance(cooperative=made, role="share_mandatory")
    assert paid == 5 * 100_000 + 25_000
    restored(made, manager, tmp_path)
    for hands in (manager, board, storekeeper, cashier, mentor, hers):
        assert faults(hands.page) == []
