"""The steps of the start one by one: what each books, what it refuses, that nothing typed is lost."""

import html
from datetime import date, datetime

import pytest
from django.db import transaction

from canting.cash.errors import NotEnoughCash
from canting.catalogue.services import create_item
from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.rules import PartyKind, Role
from canting.cooperatives.services import set_parameter
from canting.ledger import selectors as ledger
from canting.ledger.errors import MonthNotReady, PeriodClosed
from canting.ledger.rules import Draft, Side, credit, debit
from canting.ledger.services import close_month, post_entry
from canting.members import selectors as members
from canting.members.services import admit_member
from canting.portal import selectors, services
from canting.portal.errors import (
    ALONE,
    AdvancesBrought,
    DraftWaiting,
    NothingOpened,
    NotPrepared,
    OldBookDiffers,
    OldBookMissing,
    OpeningDiffers,
)
from canting.portal.rules.opening import OpeningLine, PartState, Step
from canting.purchasing.selectors import material_dues
from canting.sales import selectors as sales
from canting.sales.services import create_buyer, receive_payment
from canting.savings import selectors as savings
from canting.stock import selectors as stock
from tests import builders
from tests.builders import there
from tests.portal.start_steps import balances, codes, typed

CUTOVER = builders.CUTOVER
NOW = datetime.fromisoformat("2026-02-01T09:00:00+07:00")


@pytest.fixture
def manager(cooperative, client_as):
    return client_as(Role.MANAGER)


@pytest.fixture
def put(cooperative, manager):
    """Save rows to a step as the manager."""

    def save(step, rows, key="a-key-0001", **more):
        address = f"/{cooperative.slug}/mulai/isi/{step}/"
        return manager.post(address, typed(rows, key, **more))

    return save


@pytest.fixture
def siti(cooperative, actor):
    return admit_member(
        cooperative=cooperative, full_name="Siti Aminah", number="A-7", on=CUTOVER, actor=actor
    )


def net(cooperative):
    return balances(cooperative, date(2026, 12, 31))


def line(account, amount, normal=Side.DEBIT, party=None):
    return OpeningLine(account, amount, normal, party)


def put_cash(cooperative, actor, amount, place="cash_main"):
    return services.put_balances(
        cooperative=cooperative,
        step=Step.CASH,
        lines=[line(place, amount)],
        rows=[{"account": place, "amount": str(amount)}],
        actor=actor,
    )


def test_every_page_of_the_start_opens(cooperative, manager):
    words = [
        "kas",
        "anggota",
        "simpanan",
        "utang-piutang",
        "bahan",
        "kain",
        "saldo-lain",
        "pesanan",
    ]
    pages = ["", "data/", "buku-lama/", "tanda-tangan/", *(f"isi/{word}/" for word in words)]
    for page in pages:
        assert manager.get(f"/{cooperative.slug}/mulai/{page}").status_code == 200, page
    assert manager.get(f"/{cooperative.slug}/mulai/isi/entah/").status_code == 404


def test_another_cooperative_has_no_start_here(cooperative, manager, actor):
    other = builders.cooperative(actor=actor)
    rows = [{"account": codes(other)["bank"], "amount": "5.000"}]
    assert manager.get(f"/{other.slug}/mulai/").status_code == 404
    answer = manager.post(f"/{other.slug}/mulai/isi/kas/", typed(rows, "a-key-0001"))
    assert answer.status_code == 404
    assert net(other) == {}


def test_a_member_of_another_cooperative_is_not_known_here(cooperative, put, actor):
    other = builders.cooperative(actor=actor)
    admit_member(cooperative=other, full_name="Tono", number="X-1", on=CUTOVER, actor=actor)
    answer = put("simpanan", [{"number": "X-1", "entry_share": "100.000"}])
    assert answer.status_code == 422
    assert net(cooperative) == {}


def test_a_cashier_may_not_open_the_books(cooperative, client_as):
    page = f"/{cooperative.slug}/mulai/"
    assert client_as(Role.CASHIER).get(page).status_code == 403


def test_one_bad_cell_stops_everything_and_keeps_what_was_typed(cooperative, put, siti):
    rows = [
        {"number": "A-7", "entry_share": "100.000", "regular_share": "12.5"},
        {"number": "A-99", "entry_share": "100.000"},
        {"number": "A-7", "name": "Bukan Siti", "entry_share": "5.000"},
    ]
    answer = put("simpanan", rows)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="12.5"' in page
    assert 'value="A-99"' in page
    assert "Baris 1, Simpanan wajib" in page
    assert "Baris 2, Nomor anggota" in page
    assert "Baris 3, Nama" in page
    assert net(cooperative) == {}


def test_the_same_member_in_two_rows_is_refused(cooperative, put, siti):
    rows = [{"number": "A-7", "entry_share": "5"}, {"name": "siti aminah", "entry_share": "5"}]
    answer = put("simpanan", rows)
    assert answer.status_code == 422
    assert "sudah ada di baris 1" in answer.content.decode()


def test_a_name_of_two_members_asks_for_the_number(cooperative, put, siti, actor):
    admit_member(
        cooperative=cooperative, full_name="Siti Aminah", number="A-8", on=CUTOVER, actor=actor
    )
    answer = put("simpanan", [{"name": "Siti Aminah", "entry_share": "5"}])
    assert answer.status_code == 422
    assert "A-7, A-8" in answer.content.decode()


def test_voluntary_savings_appear_with_the_licence(cooperative, put, siti, manager, actor):
    row = [{"number": "A-7", "entry_share": "100.000", "voluntary": "350.000"}]
    page = f"/{cooperative.slug}/mulai/isi/simpanan/"
    assert "Simpanan sukarela (Rp)" not in manager.get(page).content.decode()
    set_parameter(
        cooperative=cooperative,
        name="savings_loan.licence",
        value="12/IUSP/2025",
        valid_from=CUTOVER,
        source="Izin 12/IUSP/2025",
        actor=actor,
    )
    assert "Simpanan sukarela (Rp)" in manager.get(page).content.decode()
    assert put("simpanan", row).status_code == 302
    assert net(cooperative)["savings_vol", "A-7"] == -350_000


def test_a_new_partner_is_made_once_and_named_by_the_debt(cooperative, put, siti):
    code = codes(cooperative)
    rows = [
        {"account": code["partner_loan"], "who": "Mitra TJSL", "amount": "10jt"},
        {"account": code["partner_loan"], "who": "mitra tjsl", "amount": "1jt"},
        {"account": code["staff_advance"], "who": "Bu Rini", "amount": "250rb"},
        {"account": "Ganti rugi", "who": "A-7 Siti Aminah", "amount": "1.000.000"},
    ]
    assert put("utang-piutang", rows).status_code == 302
    found = net(cooperative)
    partner = cooperatives.parties(cooperative=cooperative, kind=PartyKind.FINANCIER).get()
    assert found["partner_loan", partner.number] == -11_000_000
    assert found["recv_damage", "A-7"] == 1_000_000


def test_a_supplier_must_be_on_the_list_first(cooperative, put):
    row = [{"account": "utang pemasok", "who": "Toko Entah", "amount": "5.000"}]
    answer = put("utang-piutang", row)
    assert answer.status_code == 422
    assert "“Toko Entah” tidak ada di daftar pemasok" in answer.content.decode()


def test_a_claim_on_a_buyer_brings_its_invoice_and_changes_with_it(cooperative, put, actor):
    create_buyer(cooperative=cooperative, name="Hotel Puncak", on=CUTOVER, actor=actor)
    row = {"account": "Piutang pembeli", "who": "Hotel Puncak", "amount": "2.000.000"}
    assert put("utang-piutang", [row]).status_code == 422
    row |= {"paper": "INV-17", "since": "3/11/2025", "due_on": "3/1/2026"}
    assert put("utang-piutang", [row], key="a-key-0002").status_code == 302
    invoice = there(sales.invoice_by_number(cooperative=cooperative, number="INV-17"))
    assert sales.open_amount(invoice) == 2_000_000
    assert invoice.issued_on == date(2025, 11, 3)
    row["amount"] = "1.500.000"
    assert put("utang-piutang", [row], key="a-key-0003").status_code == 302
    invoice = there(sales.invoice_by_number(cooperative=cooperative, number="INV-17"))
    assert sales.open_amount(invoice) == 1_500_000
    receive_payment(
        invoice=invoice, cash=500_000, cash_place="bank", on=date(2026, 1, 9), actor=actor
    )
    row["amount"] = "1.400.000"
    refused = put("utang-piutang", [row], key="a-key-0004")
    assert refused.status_code == 422
    assert net(cooperative)["recv_buyer", invoice.buyer.party.number] == 1_000_000


def test_one_invoice_of_two_buyers_is_refused(cooperative, put, actor):
    for name in ("Hotel Puncak", "Toko Oleh"):
        create_buyer(cooperative=cooperative, name=name, on=CUTOVER, actor=actor)
    row = {"account": "Piutang pembeli", "amount": "5.000", "paper": "INV-1"}
    rows = [{**row, "who": "Hotel Puncak"}, {**row, "who": "Toko Oleh"}]
    answer = put("utang-piutang", rows)
    assert answer.status_code == 422
    assert "INV-1" in answer.content.decode()
    assert net(cooperative) == {}


def test_materials_come_in_by_their_own_unit_and_may_lie_at_a_maker(cooperative, put, siti, actor):
    create_item(
        cooperative=cooperative, name="Mori", kind="cloth", unit="m", code="MORI", actor=actor
    )
    rows = [
        {"item": "MORI", "quantity": "10", "unit": "yard", "value": "170.000"},
        {"item": "mori", "quantity": "2,5", "price": "18.000", "holder": "A-7"},
    ]
    assert put("bahan", rows).status_code == 302
    found = net(cooperative)
    assert found["mat_cloth", ""] == 170_000
    assert found["custody", "A-7"] == 45_000
    lies = {b.place.kind: b.quantity for b in stock.on_hand(cooperative)}
    assert [str(lies["store"]), str(lies["custody"])] == ["9.1440", "2.5000"]


def test_a_price_and_a_value_that_disagree_are_refused(cooperative, put, actor):
    create_item(
        cooperative=cooperative, name="Mori", kind="cloth", unit="m", code="MORI", actor=actor
    )
    row = [{"item": "MORI", "quantity": "2,5", "price": "18.000", "value": "44.000"}]
    answer = put("bahan", row)
    assert answer.status_code == 422
    assert "Rp45.000" in answer.content.decode()
    assert list(stock.on_hand(cooperative)) == []


def test_cloth_comes_in_by_its_contract_and_keeps_its_label(cooperative, put, siti, actor):
    create_item(
        cooperative=cooperative, name="Selendang", kind="product", unit="helai", code="SL",
        actor=actor,
    )  # fmt: skip
    own = {"item": "SL", "quantity": "2", "price": "150.000", "grade": "A", "contract": "putus"}
    left = {"item": "SL", "quantity": "3", "grade": "B", "contract": "titip", "maker": "A-7"}
    assert put("kain", [{**own, "maker": "A-7"}, left]).status_code == 302
    assert net(cooperative) == {("fg", ""): 300_000, ("suspense", ""): -300_000}
    first = {b.lot.label: b.quantity for b in stock.sellable_lots(cooperative)}
    assert sorted(first.values()) == [2, 3]
    kept = there(selectors.part(cooperative=cooperative, step=Step.CLOTH)).rows
    kept[0] = {**kept[0], "quantity": "4"}
    assert put("kain", kept, key="a-key-0002").status_code == 302
    again = {b.lot.label: b.quantity for b in stock.sellable_lots(cooperative)}
    assert set(again) == set(first)
    assert net(cooperative)["fg", ""] == 600_000


def test_cloth_left_for_sale_has_an_owner_and_no_value(cooperative, put, actor):
    create_item(
        cooperative=cooperative, name="Selendang", kind="product", unit="helai", code="SL",
        actor=actor,
    )  # fmt: skip
    row = {"item": "SL", "quantity": "3", "grade": "B", "contract": "titip", "value": "5.000"}
    page = put("kain", [row])
    assert page.status_code == 422
    assert "Baris 1, Pengrajin" in page.content.decode()
    assert "Baris 1, Nilai" in page.content.decode()


def test_members_are_entered_all_or_none(cooperative, put, siti):
    rows = [
        {"number": "12", "full_name": "Tutik", "phone": "0812-3456-7890", "joined_on": "1/2/2019"},
        {"number": "A-7", "full_name": "Orang Lain"},
    ]
    assert put("anggota", rows).status_code == 422
    assert members.member_by_number(cooperative=cooperative, number="12") is None
    assert put("anggota", rows[:1], key="a-key-0002").status_code == 302
    tutik = there(members.member_by_number(cooperative=cooperative, number="12"))
    assert (tutik.phone, tutik.joined_on) == ("+6281234567890", date(2019, 2, 1))


def test_open_orders_of_one_buyer_and_day_become_one_order(cooperative, put, actor):
    create_buyer(cooperative=cooperative, name="Hotel Puncak", on=CUTOVER, actor=actor)
    create_item(
        cooperative=cooperative, name="Selendang", kind="product", unit="helai", code="SL",
        actor=actor,
    )  # fmt: skip
    row = {"buyer": "Hotel Puncak", "product": "SL", "quantity": "10", "price": "200.000"}
    rows = [
        {**row, "promised_date": "1/3/2026"},
        {**row, "promised_date": "1/3/2026", "price": "180rb"},
        {**row, "promised_date": "1/4/2026"},
    ]
    assert put("pesanan", rows).status_code == 302
    found = sales.open_orders(cooperative=cooperative)
    assert [order.promised_date.month for order in found] == [3, 4]
    assert net(cooperative) == {}


def order_row(**more):
    row = {"buyer": "Hotel Puncak", "product": "SL", "quantity": "10", "price": "200.000"}
    return {**row, "promised_date": "1/3/2026", **more}


@pytest.fixture
def puncak(cooperative, actor):
    create_item(
        cooperative=cooperative, name="Selendang", kind="product", unit="helai", code="SL",
        actor=actor,
    )  # fmt: skip
    return create_buyer(cooperative=cooperative, name="Hotel Puncak", on=CUTOVER, actor=actor)


def test_a_down_payment_comes_with_its_order(cooperative, put, puncak):
    assert put("pesanan", [order_row(advance="800.000"), order_row()]).status_code == 302
    (order,) = sales.open_orders(cooperative=cooperative)
    assert sales.order_money(order).advance_left == 800_000
    number = puncak.party.number
    assert net(cooperative) == {("suspense", ""): 800_000, ("down_payment", number): -800_000}
    trial = selectors.opening_trial(cooperative=cooperative)
    assert selectors.difference_of(trial) == -800_000
    broken = [one for one in selectors.verification(cooperative=cooperative) if not one.holds]
    assert [(one.name, one.breaches) for one in broken] == []


def test_a_down_payment_above_its_order_is_refused_and_no_order_is_taken(cooperative, put, puncak):
    answer = put("pesanan", [order_row(advance="2.000.001")])
    assert answer.status_code == 422
    assert not sales.open_orders(cooperative=cooperative).exists()
    assert net(cooperative) == {}


def test_the_first_day_does_not_move_under_a_down_payment(cooperative, put, puncak, manager):
    put("pesanan", [order_row(advance="800.000")])
    (payment,) = sales.brought_down_payments(cooperative=cooperative)
    with pytest.raises(AdvancesBrought) as said, transaction.atomic():
        services.change_facts(
            cooperative=cooperative, cutover_date=date(2025, 12, 1), actor=payment.made_by
        )
    assert payment.number in str(said.value)
    page = manager.get(f"/{cooperative.slug}/kuitansi/betulkan/{payment.number}")
    assert page.status_code == 200
    assert 'name="cash_place"' not in page.content.decode()


@pytest.mark.parametrize("role", ["down_payment", "unbilled", "advance_maker"])
def test_a_balance_that_needs_a_paper_of_its_own_is_refused_with_the_way_out(
    cooperative, put, puncak, siti, role, actor
):
    account = codes(cooperative)[role]
    who = siti.full_name if role == "advance_maker" else "Hotel Puncak"
    answer = put("utang-piutang", [{"account": account, "who": who, "amount": "500.000"}])
    assert answer.status_code == 422
    assert str(ALONE[role]()) in html.unescape(answer.content.decode())
    party = siti.party if role == "advance_maker" else puncak.party
    with pytest.raises(ALONE[role]), transaction.atomic():
        services.put_dues(
            cooperative=cooperative, lines=[line(role, 500_000, party=party)], claims=[], rows=[{}],
            actor=actor,
        )  # fmt: skip
    assert net(cooperative) == {}


def test_credit_due_on_sale_keeps_its_age_and_falls_due_by_the_long_stop(cooperative, put, siti):
    account = codes(cooperative)["recv_member_on_sale"]
    row = {"account": account, "who": "A-7", "amount": "350.000", "since": "1/9/2025"}
    assert put("utang-piutang", [row]).status_code == 302

    def dues(on):
        found = material_dues(cooperative=cooperative, party=siti.party, on=on)
        return found.due_now, found.due_on_sale

    assert dues(date(2026, 2, 27)) == (0, 350_000)
    assert dues(date(2026, 2, 28)) == (350_000, 0)


def test_shares_stated_in_a_sheet_of_members_stand_in_the_savings_step(
    cooperative, put, manager, actor
):
    tutik = admit_member(
        cooperative=cooperative, full_name="Tutik", number="B-3", on=CUTOVER, actor=actor
    )
    tutik.brought = {"entry_share": 500_000, "regular_share": 240_000}
    tutik.save(update_fields=["brought"])
    page = manager.get(f"/{cooperative.slug}/mulai/isi/simpanan/").content.decode()
    assert 'value="500.000"' in page or 'value="500000"' in page
    assert 'value="240.000"' in page or 'value="240000"' in page
    row = {"number": "B-3", "entry_share": "500.000", "regular_share": "240.000"}
    assert put("simpanan", [row]).status_code == 302
    assert savings.brought_rows(cooperative=cooperative) == []


def test_an_empty_step_says_that_there_is_nothing(cooperative, put):
    assert put("bahan", [{}]).status_code == 302
    standing = selectors.standings(cooperative=cooperative)[Step.STOCK]
    assert (standing.done, standing.rows) == (True, 0)
    assert ledger.book(cooperative=cooperative).position == 0


def test_a_balance_below_zero_stands_on_its_other_side(cooperative, put):
    code = codes(cooperative)
    rows = [{"account": code["shu_previous"], "amount": "-750.000"}]
    assert put("saldo-lain", rows).status_code == 302
    assert net(cooperative)["shu_previous", ""] == 750_000


def test_in_the_middle_of_a_year_results_name_whose_business_it_was(actor, client_as):
    house = builders.cooperative(actor=actor, cutover=date(2026, 7, 1))
    client = client_as(Role.MANAGER, house)
    code = codes(house)["sales_material_m"]
    rows = [{"account": f"{code}:member", "amount": "9.000.000"}]
    answer = client.post(f"/{house.slug}/mulai/isi/saldo-lain/", typed(rows, "a-key-0001"))
    assert answer.status_code == 302
    entry = there(ledger.entry_by_source(cooperative=house, source="portal.opening:balances:1"))
    assert "member" in {str(one.business) for one in ledger.lines_of(entry=entry)}


def test_money_that_was_paid_out_since_cannot_leave_the_opening(cooperative, actor):
    put_cash(cooperative, actor, 100_000)
    spent = [debit("other_expense", 80_000), credit("cash_main", 80_000)]
    draft = Draft("test:1", date(2026, 1, 9), "test", "Belanja", spent)
    post_entry(cooperative=cooperative, draft=draft, actor=actor)
    with pytest.raises(NotEnoughCash), transaction.atomic():
        put_cash(cooperative, actor, 50_000)
    assert net(cooperative)["cash_main", ""] == 20_000
    put_cash(cooperative, actor, 90_000)
    assert net(cooperative)["cash_main", ""] == 10_000


def test_an_unexplained_difference_keeps_the_month_open(cooperative, actor):
    put_cash(cooperative, actor, 100_000)
    on = date(2026, 2, 3)
    with pytest.raises(MonthNotReady):
        close_month(cooperative=cooperative, month=CUTOVER, on=on, actor=actor)


def whole(cooperative, actor):
    """An opening that balances: cash against the general reserve, with the old book's total."""
    put_cash(cooperative, actor, 100_000)
    services.put_balances(
        cooperative=cooperative,
        step=Step.BALANCES,
        lines=[line("reserve_general", 100_000, Side.CREDIT)],
        rows=[{"account": "3310", "amount": "100.000"}],
        actor=actor,
    )
    totals = {"assets": 100_000}
    services.set_old_totals(cooperative=cooperative, totals=totals, actor=actor)


def test_a_step_of_a_closed_month_is_refused_and_stays_as_it_was(cooperative, actor):
    whole(cooperative, actor)
    close_month(cooperative=cooperative, month=CUTOVER, on=date(2026, 2, 3), actor=actor)
    before = net(cooperative)
    with pytest.raises(PeriodClosed), transaction.atomic():
        put_cash(cooperative, actor, 120_000)
    assert net(cooperative) == before
    part = there(selectors.part(cooperative=cooperative, step=Step.CASH))
    assert (part.number, part.rows[0]["amount"]) == (1, "100000")


def test_signing_asks_for_everything_first(cooperative, actor):
    prepare = {"cooperative": cooperative, "actor": actor, "now": NOW}
    with pytest.raises(NothingOpened):
        services.prepare_opening(**prepare)
    put_cash(cooperative, actor, 100_000)
    with pytest.raises(OpeningDiffers) as refused:
        services.prepare_opening(**prepare)
    assert "Rp100.000" in str(refused.value)
    whole(cooperative, actor)
    services.set_old_totals(cooperative=cooperative, totals={}, actor=actor)
    with pytest.raises(OldBookMissing):
        services.prepare_opening(**prepare)
    totals = {"assets": 100_000, "cash": 90_000}
    services.set_old_totals(cooperative=cooperative, totals=totals, actor=actor)
    with pytest.raises(OldBookDiffers) as differs:
        services.prepare_opening(**prepare)
    assert "Rp90.000" in str(differs.value)
    whole(cooperative, actor)
    rows = [{"account": "x"}]
    services.keep_draft(cooperative=cooperative, step=Step.CASH, rows=rows, facts={}, actor=actor)
    with pytest.raises(DraftWaiting):
        services.prepare_opening(**prepare)
    services.drop_draft(cooperative=cooperative, step=Step.CASH)
    second = builders.person_with_role(cooperative, Role.BOARD)
    with pytest.raises(NotPrepared):
        services.sign_opening(cooperative=cooperative, actor=second, now=NOW)
    cooperative.refresh_from_db()
    assert cooperative.signed_at is None


def test_a_change_takes_back_the_word_that_it_is_ready(cooperative, actor):
    whole(cooperative, actor)
    services.prepare_opening(cooperative=cooperative, actor=actor, now=NOW)
    put_cash(cooperative, actor, 150_000)
    assert selectors.opening(cooperative=cooperative).prepared_by is None


def test_signing_posts_nothing_and_is_done_once(cooperative, actor):
    whole(cooperative, actor)
    services.prepare_opening(cooperative=cooperative, actor=actor, now=NOW)
    position = ledger.book(cooperative=cooperative).position
    second = builders.person_with_role(cooperative, Role.BOARD)
    for _again in range(2):
        services.sign_opening(cooperative=cooperative, actor=second, now=NOW)
    assert ledger.book(cooperative=cooperative).position == position
    trail = cooperatives.audit_trail(cooperative=cooperative, subject="opening")
    assert [one.action for one in trail].count("portal.opening_signed") == 1


def test_the_first_day_moves_back_with_every_step_as_a_draft(cooperative, actor):
    whole(cooperative, actor)
    earlier = date(2025, 1, 1)
    services.change_facts(cooperative=cooperative, cutover_date=earlier, actor=actor)
    assert net(cooperative) == {}
    kept = {Step(one.step): one.rows for one in selectors.drafts(cooperative=cooperative)}
    assert set(kept) == {Step.CASH, Step.BALANCES}
    put_cash(cooperative, actor, 100_000)
    assert selectors.part(
        cooperative=cooperative, step=Step.CASH, state=PartState.DRAFT
    ) is None  # fmt: skip
    assert ledger.balance(cooperative=cooperative, role="cash_main", as_of=earlier) == 100_000


def test_the_first_day_cannot_pass_an_entry(cooperative, manager, actor):
    put_cash(cooperative, actor, 100_000)
    facts = {"name": "Sekar", "kind": "produsen", "place": "Kraksaan", "region_code": "35.13"}
    page = f"/{cooperative.slug}/mulai/data/"
    answer = manager.post(
        page, {**facts, "cutover_date": "2026-02-01", "request_key": "a-key-0001"}
    )
    assert answer.status_code == 422
    cooperative.refresh_from_db()
    assert cooperative.cutover_date == CUTOVER
    good = {**facts, "cutover_date": "2026-01-01", "request_key": "a-key-0002"}
    assert manager.post(page, good).status_code == 302
    cooperative.refresh_from_db()
    assert cooperative.name == "Sekar"


def test_the_entry_of_a_step_leads_to_what_was_typed(cooperative, actor, client_as):
    put_cash(cooperative, actor, 100_000)
    put_cash(cooperative, actor, 120_000)
    client = client_as(Role.SUPERVISOR)
    asked = f"/{cooperative.slug}/surat/?source=portal.opening:cash:1"
    found = client.get(asked, follow=True)
    assert found.status_code == 200
    assert "jurnalnya sudah dibalik" in found.content.decode()
    assert client.get(f"/{cooperative.slug}/mulai/surat/cash:9").status_code == 404
