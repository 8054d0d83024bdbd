"""The books as text: beancount and hledger read them and come to our balances, account by account."""

import csv
import io
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from canting.cooperatives.rules import PartyKind, Role
from canting.ledger import selectors
from canting.ledger.exports import plain_text, text_accounts
from canting.ledger.rules import BusinessClass, Draft, Side, credit, debit
from canting.ledger.rules.plain_text import (
    WRITERS,
    TextEntry,
    TextForm,
    TextLine,
    class_of,
    text_name,
)
from canting.ledger.services import post_entries, reverse_entry
from tests import builders
from tests.ledger.worked_year import LAST_DAY, drafts, parties_of

JAN, MAR = date(2026, 1, 31), date(2026, 3, 1)
BEAN_CHECK = Path(sys.executable).with_name("bean-check")
HLEDGER = shutil.which("hledger")
# Whatever a person may write in a name or a memo, with the signs that mean something to either.
WORDS = st.text(st.sampled_from(list('aÉ 1"\\;|=(*!^#:{}\n\t')), max_size=30)


@pytest.fixture
def books(cooperative, actor):
    """Entries of two months out of order, one taken back, with signs that the programs know."""
    siti = builders.party(cooperative, PartyKind.MEMBER, 'Bu "Siti"; | = (A)')
    lines = [debit("cash_main", 20_000), credit("share_mandatory", 20_000, siti)]
    sale = [
        debit("cash_main", 150_000),
        credit("sales_outside", 150_000, None, BusinessClass.NONMEMBER),
    ]
    post_entries(
        cooperative=cooperative,
        actor=actor,
        drafts=[
            Draft("t:1", MAR, "sale", "(Kain) \\ 2 m; 1 = 1", sale, paper="NJ/2026/03/0001"),
            Draft("t:2", JAN, "shares_in", 'Simpanan "wajib"\nJanuari', lines, own_date=MAR),
        ],
    )
    wrong = builders.there(selectors.entry_by_source(cooperative=cooperative, source="t:2"))
    reverse_entry(entry=wrong, on=MAR, reason="Salah orang", actor=actor)
    return cooperative


def text(cooperative, form):
    return "".join(plain_text(cooperative=cooperative, form=TextForm(form)))


def sums_in(said):
    """What the lines of a text add up to, account by account, by a reader of this test's own."""
    found: dict[str, int] = {}
    for account, amount in re.findall(r"^ +(\w+:[\w-]+)  (-?\d+) IDR(?!  ?=| =)", said, re.M):
        found[account] = found.get(account, 0) + int(amount)
    return {account: amount for account, amount in found.items() if amount}


def ours(cooperative, as_of):
    names = {one.code: one.name for one in text_accounts(cooperative=cooperative)}
    rows = selectors.trial_balance(cooperative=cooperative, as_of=as_of)
    return {names[row.code]: row.net for row in rows if row.net}


@pytest.mark.parametrize("form", list(TextForm))
def test_the_lines_of_the_text_add_up_to_our_balances(books, form):
    assert sums_in(text(books, form)) == ours(books, MAR) != {}


@pytest.mark.parametrize("form", list(TextForm))
def test_every_entry_stands_in_the_text_by_day_with_what_it_takes_back(books, form):
    said = text(books, form)
    assert [int(n) for n in re.findall(r"journal: (\d+)", said)] == [2, 1, 3]
    assert re.findall(r"reverses: (\d+)", said) == ["2"]
    digests = selectors.journal(cooperative=books).values_list("digest", flat=True)
    assert all(digest in said for digest in digests)


def test_a_month_ends_with_what_its_accounts_must_come_to(books):
    said = text(books, "beancount")
    cash = next(one.name for one in text_accounts(cooperative=books) if one.code == "1102")
    checked = re.findall(rf"^([\d-]+) balance {cash}  (-?\d+) IDR$", said, re.M)
    assert checked == [("2026-02-01", "20000"), ("2026-04-01", "150000")]


def test_entries_made_while_the_text_is_read_are_left_out(books, actor):
    pieces = plain_text(cooperative=books, form=TextForm.BEANCOUNT)
    more = Draft("t:9", MAR, "x", "Baru", [debit("bank", 7), credit("other_income", 7)])
    post_entries(cooperative=books, drafts=[more], actor=actor)
    said = "".join(pieces)
    assert "journal: 3" in said
    assert "journal: 4" not in said


def test_empty_books_have_accounts_and_nothing_else(cooperative):
    said = text(cooperative, "beancount")
    assert said.count(" open ") == selectors.accounts(cooperative=cooperative).count()
    assert "journal:" not in said


@pytest.mark.skipif(not BEAN_CHECK.exists(), reason="beancount is not installed")
def test_beancount_accepts_the_books_and_comes_to_our_balances(books, tmp_path):
    file = tmp_path / "buku.beancount"
    call_command("export", "beancount", str(file), cooperative=books.slug)
    done = subprocess.run([BEAN_CHECK, file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    broken = file.read_text("utf-8").replace("balance Assets:1102", "balance Assets:1101", 1)
    file.write_text(broken, "utf-8")
    assert subprocess.run([BEAN_CHECK, file], capture_output=True, check=False).returncode


@pytest.mark.skipif(not HLEDGER, reason="hledger is not installed")
def test_hledger_accepts_the_worked_year_and_comes_to_our_balances(actor, tmp_path):
    made = builders.cooperative(actor=actor, cutover=date(2027, 1, 1))
    post_entries(cooperative=made, drafts=drafts(parties_of(made)), actor=actor)
    file = tmp_path / "buku.journal"
    call_command("export", "hledger", str(file), cooperative=made.slug)
    asked = [str(HLEDGER), "-f", str(file)]
    check = [*asked, "check", "--strict", "ordereddates"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    told = subprocess.run(
        [*asked, "bal", "--flat", "-N", "-O", "csv"], capture_output=True, text=True, check=True
    )
    rows = list(csv.reader(io.StringIO(told.stdout)))[1:]
    theirs = {account: int(amount.split()[0]) for account, amount in rows}
    assert theirs == ours(made, LAST_DAY)


@given(WORDS, WORDS, WORDS)
def test_no_word_that_people_write_breaks_a_line(payee, memo, source):
    lines = [TextLine("Assets:1", 5), TextLine("Income:4", -5, "member:A-1")]
    entry = TextEntry(1, JAN, JAN, source, "", "x", memo, payee, "0" * 64, None, lines)
    bean = WRITERS[TextForm.BEANCOUNT].entry(entry)
    for line in bean.splitlines()[:4]:
        assert len(re.findall(r'(?<!\\)(?:\\\\)*"', line)) % 2 == 0
    said = WRITERS[TextForm.HLEDGER].entry(entry)
    first, *rest = said.splitlines()
    assert first.startswith("2026-01-31 * (1)")
    assert ";" not in first
    assert first.count("|") <= 1
    assert len(rest) == 4 + len(lines) + 1
    for one in (bean, said):
        assert sum(int(n) for n in re.findall(r"  (-?\d+) IDR", one)) == 0


def test_each_account_stands_in_its_class():
    assert [class_of(code, Side.DEBIT) for code in ("1102", "2101", "3101", "4101", "5101")] == [
        "Assets", "Liabilities", "Equity", "Income", "Expenses",
    ]  # fmt: skip
    assert class_of("7101", Side.CREDIT) == "Income"
    assert class_of("7202", Side.DEBIT) == "Expenses"
    assert text_name("1102", "Kas kantor (laci)", Side.DEBIT) == "Assets:1102-Kas-kantor-laci"
    assert text_name("8101", "PPh final 0,5%", Side.DEBIT) == "Expenses:8101-PPh-final-0-5"


def test_the_command_writes_to_the_standard_output_and_names_what_it_needs(books, actor, capsys):
    call_command("export", "hledger", "-", cooperative=books.slug)
    assert capsys.readouterr().out == text(books, "hledger")
    builders.cooperative(actor=actor)
    with pytest.raises(CommandError, match=books.slug):
        call_command("export", "hledger", "-")


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(books, tmp_path):
    with pytest.raises(CommandError, match="buku"):
        call_command("export", "hledger", str(tmp_path / "tidak/buku"), cooperative=books.slug)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.BOARD, Role.MANAGER])
def test_the_page_gives_the_same_text_as_the_command(books, client_as, role):
    client = client_as(role)
    page = client.get(f"/{books.slug}/buku/ekspor/").content.decode()
    assert f"/{books.slug}/buku/ekspor/hledger/" in page
    answer = client.get(f"/{books.slug}/buku/ekspor/beancount/")
    assert answer.streaming
    assert b"".join(answer.streaming_content).decode().count("journal:") == 3
    assert ".beancount" in answer["Content-Disposition"]
    assert client.get(f"/{books.slug}/buku/ekspor/lain/").status_code == 404


def test_a_cashier_takes_no_books_along(books, client_as):
    assert client_as(Role.CASHIER).get(f"/{books.slug}/buku/ekspor/").status_code in {403, 404}
