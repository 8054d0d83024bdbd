"""The whole opening of the worked year (E001), typed step by step by its manager and signed."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from canting.catalogue.services import create_item
from canting.cooperatives.rules import PartyKind, Role
from canting.ledger import selectors as ledger
from canting.members.services import admit_member
from canting.portal import selectors
from canting.stock import selectors as stock
from tests import builders
from tests.builders import there
from tests.portal.start_steps import balances, codes, typed

CUTOVER = date(2027, 1, 1)
NAMES = ("Aminah", "Buriyah", "Cicik", "Darmi", "Endang", "Fatonah", "Gunadi", "Halimah", "Imam")
YEAR = Path(__file__).parent.parent / "data" / "worked_year" / "events.json"
OPENING = json.loads(YEAR.read_text(encoding="utf-8"))["events"][0]
# Role, party number, net debit in rupiah of each of its lines.
E001 = {
    (line["role"], line.get("party", "")): line["amount"] * (1 if line["side"] == "D" else -1)
    for line in OPENING["lines"]
}


@pytest.fixture
def house(actor):
    """The cooperative of the worked year before its opening: people, suppliers and items."""
    made = builders.cooperative(actor=actor, name="Sekar Wening", cutover=CUTOVER)
    for number, name in enumerate(NAMES, 1):
        admit_member(cooperative=made, full_name=name, number=f"M{number}", on=CUTOVER, actor=actor)
    builders.party(made, PartyKind.SUPPLIER, "Toko Mori Sumber Jaya", "S1")
    for code, kind, unit in (("mori", "cloth", "m"), ("malam", "wax", "kg")):
        create_item(
            cooperative=made, name=code.title(), kind=kind, unit=unit, code=code, actor=actor
        )
    return made


@pytest.fixture
def manager(house, client_as):
    """A manager at the keyboard."""
    return client_as(Role.MANAGER, house)


@pytest.fixture
def typist(house, manager):
    """Posts rows to a step as the manager and gives back the answer."""

    def put(step, rows, key=f"key-{0:08}", **more):
        return manager.post(f"/{house.slug}/mulai/isi/{step}/", typed(rows, key=key, **more))

    return put


def steps(house):
    """What the manager types, a step each."""
    code = codes(house)
    shares = [("1.200.000" if n < 7 else "600rb") for n in range(1, 10)]
    return {
        "kas": [
            {"account": code["cash_main"], "amount": "1.500.000"},
            {"account": code["cash_till"], "amount": "500000"},
            {"account": code["bank"], "amount": "Rp 20.000.000,00"},
        ],
        "simpanan": [
            {
                "number": f"M{n}",
                "name": NAMES[n - 1],
                "entry_share": "500.000",
                "regular_share": shares[n - 1],
            }
            for n in range(1, 10)
        ],
        "utang-piutang": [
            {"account": "Piutang bahan", "who": "M1", "amount": "600.000", "since": "15/11/2026"},
            {
                "account": code["pay_supplier"],
                "who": "Toko Mori Sumber Jaya",
                "amount": "2.000.000",
            },
        ],
        "bahan": [
            {"item": "mori", "quantity": "200", "unit": "m", "price": "18.000"},
            {"item": "Malam", "quantity": "40.000", "unit": "g", "value": "1.200.000"},
        ],
        "saldo-lain": [
            {"account": code["equipment"], "amount": "12.000.000"},
            {"account": code["equipment_acc"], "amount": "2.400.000"},
            {"account": code["shu_previous"], "amount": "10.000.000"},
            {"account": code["reserve_general"], "amount": "6.500.000"},
            {"account": code["grant_equity"], "amount": "5.000.000"},
        ],
    }


def enter_all(house, typist):
    for word, rows in steps(house).items():
        answer = typist(word, rows, key=f"first-{word}")
        assert answer.status_code == 302, answer.content.decode()


def test_the_typed_steps_make_the_opening_of_the_worked_year(house, typist):
    enter_all(house, typist)
    assert balances(house, CUTOVER) == E001
    assert len(OPENING["lines"]) == len(E001) == 30
    store = {b.lot.item.code: (b.quantity, b.value) for b in stock.on_hand(house)}
    assert store == {"MORI": (Decimal(200), 3_600_000), "MALAM": (Decimal(40), 1_200_000)}


def test_every_law_of_the_house_holds_before_and_after_a_change(house, typist):
    enter_all(house, typist)
    rows = steps(house)
    rows["simpanan"][0]["regular_share"] = "1.250.000"
    rows["bahan"][0]["quantity"] = "210"
    for word in ("simpanan", "bahan"):
        typist(word, rows[word], key=f"second-{word}")
    broken = [one for one in selectors.verification(cooperative=house) if not one.holds]
    assert [(one.name, one.breaches) for one in broken] == []


def test_an_old_claim_keeps_its_age(house, typist):
    typist("utang-piutang", steps(house)["utang-piutang"])
    entry = there(ledger.entry_by_source(cooperative=house, source="portal.opening:dues:1.1"))
    assert (entry.entry_date, entry.own_date) == (CUTOVER, date(2026, 11, 15))


def test_what_is_missing_stands_in_the_open_until_everything_is_entered(house, typist, manager):
    typist("kas", steps(house)["kas"])
    page = manager.get(f"/{house.slug}/mulai/").content.decode()
    assert "Rp22.000.000" in page
    trial = selectors.opening_trial(cooperative=house)
    assert selectors.difference_of(trial) == 22_000_000


def test_a_changed_step_replaces_its_entry_and_leaves_one_opening(house, typist):
    enter_all(house, typist)
    rows = steps(house)["kas"]
    rows[1]["amount"] = "450.000"
    assert typist("kas", rows, key="second-kas").status_code == 302
    assert balances(house, CUTOVER) == E001 | {("cash_till", ""): 450_000, ("suspense", ""): 50_000}
    first = there(ledger.entry_by_source(cooperative=house, source="portal.opening:cash:1"))
    second = there(ledger.entry_by_source(cooperative=house, source="portal.opening:cash:2"))
    assert ledger.is_reversed(entry=first)
    assert ledger.is_reversed(entry=second) is None


def test_savings_and_stock_are_replaced_with_their_registers(house, typist):
    enter_all(house, typist)
    rows = steps(house)
    rows["simpanan"][0]["regular_share"] = "1.250.000"
    rows["bahan"][0]["quantity"] = "210"
    for word in ("simpanan", "bahan"):
        answer = typist(word, rows[word], key=f"second-{word}")
        assert answer.status_code == 302, answer.content.decode()
    found = balances(house, CUTOVER)
    assert found["share_mandatory", "M1"] == -1_250_000
    assert found["mat_cloth", ""] == 3_780_000
    store = {b.lot.item.code: (b.quantity, b.value) for b in stock.on_hand(house)}
    assert store["MORI"] == (Decimal(210), 3_780_000)


def test_saving_the_same_rows_again_writes_nothing(house, typist):
    enter_all(house, typist)
    before = ledger.book(cooperative=house).position
    for word, rows in steps(house).items():
        assert typist(word, rows, key=f"again-{word}").status_code == 302
    assert ledger.book(cooperative=house).position == before


def test_a_form_sent_twice_is_done_once(house, typist):
    rows = steps(house)["kas"]
    first, second = (typist("kas", rows, key="same-key-1") for _again in range(2))
    assert first["Location"] == second["Location"]
    assert ledger.book(cooperative=house).position == 1


def test_the_opening_is_prepared_by_one_and_signed_by_another(house, typist, client_as, manager):
    enter_all(house, typist)
    page = f"/{house.slug}/mulai/tanda-tangan/"
    old = {"request_key": "old-book-1", "assets": "37.000.000", "entry_shares": "4,5jt"}
    answer = manager.post(f"/{house.slug}/mulai/buku-lama/", old)
    assert answer.status_code == 302, answer.content.decode()
    assert manager.post(page, {"request_key": "prepare-1", "prepare": "1"}).status_code == 302
    alone = manager.post(page, {"request_key": "sign-key-1", "sign": "1"})
    assert alone.status_code == 422
    house.refresh_from_db()
    assert house.signed_at is None
    second = client_as(Role.BOARD, house)
    assert second.post(page, {"request_key": "sign-key-2", "sign": "1"}).status_code == 302
    house.refresh_from_db()
    assert house.signed_at
    assert house.signed_by.username.startswith("board")
    rows = steps(house)["kas"]
    rows[0]["amount"] = "1"
    late = typist("kas", rows, key="too-late-1")
    assert late.status_code == 422
    assert balances(house, CUTOVER) == E001
