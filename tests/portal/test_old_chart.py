"""Codes of the chart in each style of the cooperatives: shown, found, exported, read back."""

import csv
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.errors import ShownTwice
from canting.ledger.exports.text import text_accounts
from canting.ledger.models import Account
from canting.ledger.rules.codes import STYLES, style_of, styled
from canting.ledger.services import open_account, show_codes
from canting.portal import selectors
from canting.portal.errors import ChartUnread, CodeNotText
from canting.portal.old_books.chart import keep_chart, match_chart, read_chart
from tests.corrections import forms_in
from tests.portal.old_book_desk import Desk

COA = Path(__file__).parents[1] / "data" / "coa" / "kode_gaya.csv"
with COA.open(encoding="utf-8") as rows_of_file:
    OBSERVED = list(csv.DictReader(rows_of_file))
STYLE_OF = {STYLES[key].example: key for key in STYLES}
TRAPS = {"00120401": "zeros", "11210010": "eight", "32000000": "round", "3100": "four"}


def style_for(row):
    """Our name of an observed style, by its example."""
    return TRAPS.get(row["contoh_kode"]) or style_of([row["contoh_kode"]])


@pytest.mark.parametrize("row", OBSERVED, ids=[row["gaya"] for row in OBSERVED])
def test_an_observed_code_is_known_by_its_style(row):
    assert style_of([row["contoh_kode"]]) == STYLE_OF.get(row["contoh_kode"], style_for(row))


@pytest.mark.parametrize("row", OBSERVED, ids=[row["gaya"] for row in OBSERVED])
def test_each_style_is_shown_found_by_either_code_and_read_back(cooperative, actor, row):
    style = style_for(row)
    show_codes(cooperative=cooperative, style=style, actor=actor)
    accounts = list(ledger.accounts(cooperative=cooperative))
    shown = [one.shown_code for one in accounts]
    assert len(set(shown)) == len(shown)
    assert all(STYLES[style].looks.fullmatch(code) for code in shown)
    for one in accounts[:5]:
        for words in (one.code, one.shown_code):
            assert one in ledger.accounts_like(cooperative=cooperative, words=words)
    back = "kode;nama\n" + "".join(
        f"{one.shown_code};{ledger.account_name(one.role, one.name)}\n" for one in accounts
    )
    read = read_chart(back.encode(), filename="bagan.csv")
    assert [code for code, _name in read] == shown
    chart = match_chart(cooperative=cooperative, rows=read, answers={})
    assert [one.proposed for one in chart.accounts] == [one.code for one in accounts]
    names = [one.name for one in text_accounts(cooperative=cooperative)]
    assert len(set(names)) == len(names)


def test_lists_pages_and_search_show_the_chosen_style(cooperative, actor, client_as):
    show_codes(cooperative=cooperative, style="class_three", actor=actor)
    manager = client_as(Role.MANAGER)
    for page in ("buku/akun/", "buku/akun/1102/", "buku/akun/1-102/"):
        assert "1-102" in manager.get(f"/{cooperative.slug}/{page}").content.decode()
    for words in ("1-102", "1102", "Kas kantor"):
        found = manager.get(f"/{cooperative.slug}/cari/?q={words}").content.decode()
        assert "/buku/akun/1102/" in found
    sheet = manager.get(f"/{cooperative.slug}/buku/akun/?bentuk=csv")
    assert b"1-102" in b"".join(sheet.streaming_content if sheet.streaming else [sheet.content])


def test_the_style_is_chosen_on_its_page_and_may_be_changed_later(cooperative, client_as):
    manager = client_as(Role.MANAGER)
    page = f"/{cooperative.slug}/buku/gaya-kode/"
    manager.post(page, {"style": "dots", "request_key": "style-key-1"})
    assert Account.objects.get(cooperative=cooperative, code="1102").shown == "1.1.0.2"
    manager.post(page, {"style": "four", "request_key": "style-key-2"})
    assert Account.objects.get(cooperative=cooperative, code="1102").shown == ""
    assert client_as(Role.CASHIER).get(page).status_code == 403


def test_a_new_account_is_shown_in_the_style_and_digests_keep_our_code(cooperative, actor):
    desk = Desk(cooperative, actor)
    show_codes(cooperative=cooperative, style="two_four", actor=actor)
    made = open_account(
        cooperative=cooperative, number="6112", name="Sewa stan", like="admin", actor=actor
    )
    assert made.shown == "61-1200"
    desk.verify()
    show_codes(cooperative=cooperative, style="four_two", actor=actor)
    desk.verify()


def test_a_shown_code_changed_behind_the_books_is_named(cooperative, actor):
    show_codes(cooperative=cooperative, style="dots", actor=actor)
    Account.objects.filter(cooperative=cooperative, code="1102").update(shown="9.9")
    found = [one for one in selectors.verification(cooperative=cooperative) if not one.holds]
    assert "9.9" in str(found)


def test_two_accounts_are_never_shown_alike(cooperative, actor):
    with pytest.raises(ShownTwice, match="1102"):
        show_codes(
            cooperative=cooperative, style="", own={"1101": "1.1", "1102": "1.1"}, actor=actor
        )
    assert not Account.objects.filter(cooperative=cooperative).exclude(shown="").exists()


def test_two_codes_of_ours_never_look_the_same_in_a_style():
    codes = [row for row in (f"{n}" for n in range(1000, 9000, 7))]
    for style in STYLES:
        assert len({styled(code, style) or code for code in codes}) == len(codes)


def sheet_of(rows):
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell)
    book.close()
    return output.getvalue()


def test_a_code_that_a_spreadsheet_made_a_number_is_refused_by_row_and_value():
    data = sheet_of([("kode", "nama"), ("2.4000", "MODAL"), (2.8, "SHU")])
    with pytest.raises(CodeNotText, match=r"3, kode.*2\.8"):
        read_chart(data, filename="bagan.xlsx")
    with pytest.raises(ChartUnread, match="Warna"):
        read_chart(b"Warna,Ukuran\nbiru,2\n", filename="warna.csv")


OLD = (
    b"Kode;Nama Akun\n1-101;KAS BESAR\n1-201;BANK JATIM\n3-101;SIMPANAN POKOK\n"
    b"3-202;SHU TAHUN BERJALAN\n5-101;BIAYA GAJI\n"
)


def test_an_old_chart_is_matched_remembered_and_shown(cooperative, actor, client_as):
    manager = client_as(Role.MANAGER)
    file = SimpleUploadedFile("bagan.csv", OLD)
    page = f"/{cooperative.slug}/mulai/bagan/"
    answer = manager.post(page, {"file": file, "request_key": "chart-key-1"})
    match = answer.url
    form = forms_in(manager.get(match).content.decode())
    values = next(one.values for one in form if "use_codes" in one.values or len(one.values) > 4)
    typed = {name: value[0] for name, value in values.items() if value}
    manager.post(match, typed | {"use_codes": "on", "request_key": "chart-key-2"})
    known = selectors.old_names(cooperative=cooperative, what="ledger")
    assert known["3-101 simpanan pokok"] == "3110"
    assert known["3-202 shu tahun berjalan"] in {"3510", "3520"}
    assert Account.objects.get(cooperative=cooperative, code="3110").shown == "3-101"
    assert "3-101 simpanan pokok" in manager.get(page).content.decode()
    desk = Desk(cooperative, actor)
    trial = (
        b"kode,nama,lalu,mutasi,saldo\n"
        b'3-101,SIMPANAN POKOK,0.00,"500,000.00","500,000.00"\n'
        b'3-202,SHU TAHUN BERJALAN,0.00,"76,000.00","76,000.00"\n'
        b',,0.00,"576,000.00","576,000.00"\n'
    )
    plan = desk.plan(desk.bring("K2", trial, "neraca.csv"))
    choices = {one.code: one.choice for one in plan.accounts}
    assert choices["3-101"] == "elsewhere"
    desk.verify()


def test_what_is_known_of_old_accounts_stays_when_the_codes_are_refused(cooperative, actor):
    with pytest.raises(ShownTwice):
        keep_chart(
            cooperative=cooperative, names={"a": "1101", "b": "1102"}, style="",
            codes={"1101": "K", "1102": "K"}, actor=actor,
        )  # fmt: skip
    assert selectors.old_names(cooperative=cooperative, what="ledger") == {}
