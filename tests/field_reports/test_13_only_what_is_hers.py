"""Rina signs in with her own number and tries the addresses of Tono: his slip, his card, his work.

She writes his number into an address, adds `user=` or `member=` to one of her own, asks for the
file of a list, and looks for him in the search. She finds her own rows or nothing, on the screen,
in the paper, in totals. Supervisors of another cooperative and the office above find no person.
"""

import re
from datetime import date
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import all_rights
from canting.cooperatives.services import attach
from canting.kernel.papers import render_pages
from canting.purchasing.selectors import OutLine
from canting.purchasing.services import hand_out
from canting.sales.services import create_buyer
from canting.savings.services import deposit
from canting.settlement.services import Choice, pay_makers
from tests import builders
from tests.field_reports.ground import address, assert_clean, shown
from tests.portal.clock import stop_clock
from tests.portal.house import ON, House
from tests.production.workshop import FEB_25, JAN_1, D
from tests.test_doors import ALL

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
# What only Tono (here Endang, M5) has: his name and amounts that stand nowhere else.
HIS_DEPOSIT, HIS_SAVINGS = 77_000, "Rp77.000"
HERS = [one for one in ALL if one.door in all_rights() and Role.MEMBER in all_rights()[one.door]]


class Village(House):
    """M4 and M5 each with a deposit, work brought in, a slip, and a paper with a photo."""

    def __init__(self, cooperative, actor) -> None:
        super().__init__(cooperative, actor)
        self.work()
        self.inspect(assignment=self.part(self.spk, "M5"), counts={"A": 3}, on=FEB_25)
        self.save("M4", 25_000)
        self.his_deposit = deposit(
            cooperative=cooperative, member=self.makers["M5"], kind="regular_share",
            amount=HIS_DEPOSIT, cash_place="cash_main", on=date(2027, 3, 4), actor=actor,
        )  # fmt: skip
        self.slips = {
            maker: pay_makers(
                cooperative=cooperative, choices=[Choice(self.makers[maker].party_id)],
                cash_place="bank", on=date(2027, 3, 12), actor=actor,
            )[0]
            for maker in ("M4", "M5")
        }  # fmt: skip
        self.his_order = self.order({"M5": 7}, due=date(2027, 4, 1))
        self.his_paper = hand_out(
            cooperative=cooperative, member=self.makers["M5"], lines=[OutLine(self.mori, D(3))],
            mode="custody", basis="commission", on=date(2027, 3, 4), actor=actor,
        )  # fmt: skip
        self.photo = attach(
            cooperative=cooperative, subject=self.his_deposit.number, actor=actor,
            upload=SimpleUploadedFile("nota.png", PNG),
        )  # fmt: skip

    @property
    def his(self) -> list[str]:
        """Every number of his that could be written into an address."""
        return [
            self.makers["M5"].number, self.his_deposit.number, self.slips["M5"].number,
            self.his_order.number, self.his_paper.number, self.photo.digest,
        ]  # fmt: skip


@pytest.fixture
def cooperative(actor):
    return builders.cooperative(actor=actor, cutover=JAN_1)


@pytest.fixture
def village(cooperative, actor, monkeypatch):
    stop_clock(monkeypatch)
    assert date(2027, 3, 20) == ON
    return Village(cooperative, actor)


@pytest.fixture
def rina(village, client_as):
    return client_as(Role.MEMBER, party=village.makers["M4"].party)


def of_tono(village, answer) -> bool:
    """Whether an answer says anything that is his."""
    if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
        return False
    page = re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.S)
    return any(word in page for word in ("Endang", HIS_SAVINGS, village.slips["M5"].number))


def filled(one, slug: str, number: str) -> str:
    """An address with his number wherever it asks for one."""
    return re.sub(r"<[^>]*>", number, "/" + one.route.replace("<slug:cooperative>", slug))


def test_his_number_in_an_address_opens_nothing(village, cooperative, rina):
    tried = 0
    for one in HERS:
        if "<" not in one.route.replace("<slug:cooperative>", ""):
            continue
        for number in village.his:
            answer = rina.get(filled(one, cooperative.slug, number))
            tried += 1
            assert answer.status_code in {302, 404, 405}, (one.route, number, answer.status_code)
    assert tried > 30
    slip = address(cooperative, "settlement:my_slip", village.slips["M5"].number)
    assert rina.get(slip).status_code == 404
    own = address(cooperative, "settlement:my_slip", village.slips["M4"].number)
    assert rina.get(own).status_code == 200
    assert_clean(cooperative)


@pytest.mark.parametrize("name", ["user", "member", "anggota", "party", "pihak", "q", "number"])
def test_his_number_behind_a_question_mark_changes_nothing(village, cooperative, rina, name):
    him = village.makers["M5"]
    for one in HERS:
        if "<" in one.route.replace("<slug:cooperative>", ""):
            continue
        for value in (him.number, str(him.pk), str(him.party_id), f"member:{him.number}"):
            path = filled(one, cooperative.slug, "")
            assert not of_tono(village, rina.get(path, {name: value})), (one.route, value)


def test_he_himself_sees_what_is_his(village, cooperative, client_as):
    tono = client_as(Role.MEMBER, party=village.makers["M5"].party)
    assert of_tono(village, tono.get(address(cooperative, "savings:my_savings")))
    assert "Rp150.000" in shown(tono, cooperative, "settlement:my_money")
    for view, number in (
        ("settlement:my_slip", village.slips["M5"].number),
        ("savings:my_receipt", village.his_deposit.number),
        ("production:my_assignment", village.his_order.number),
    ):
        assert tono.get(address(cooperative, view, number)).status_code == 200, view


def test_her_totals_hold_her_rows_alone(village, cooperative, rina):
    him = {"member": village.makers["M5"].number}
    savings = shown(rina, cooperative, "savings:my_savings", **him)
    assert "Rp25.000" in savings
    assert HIS_SAVINGS not in savings
    assert "Rp102.000" not in savings
    money = shown(rina, cooperative, "settlement:my_money", **him)
    assert "Rp100.000" in money
    assert "Rp150.000" not in money
    assert "Rp250.000" not in money


def test_her_statement_is_hers_whatever_the_address_says(village, cooperative, rina):
    url = address(cooperative, "members:my_statement")
    with mock.patch("canting.members.papers.render_pages", wraps=render_pages) as printed:
        for asked in ({}, {"member": village.makers["M5"].number}, {"user": "2"}):
            assert rina.get(url, asked).status_code == 200
    values = [call.args[1] for call in printed.call_args_list]
    assert values[0] == values[1] == values[2]
    assert "Endang" not in str(values[0])
    assert HIS_SAVINGS not in str(values[0])


@pytest.mark.parametrize(
    ("view", "asked"),
    [
        ("portal:search", {"q": "Endang"}), ("members:member_list", {"q": "Endang"}),
        ("members:member_hints", {"member": "Endang"}), ("savings:deposit_hint",
        {"member": "Endang"}), ("savings:deposit_list", {}), ("settlement:slip_list", {}),
        ("ledger:entry_list", {}), ("ledger:trial_balance_page", {"bentuk": "xlsx"}),
        ("stock:custody_list", {}), ("portal:paper", {"source": "savings.deposit:{his}"}),
    ],
)  # fmt: skip
def test_lists_files_and_search_of_the_office_are_closed_to_her(
    village, cooperative, rina, view, asked
):
    given = {k: v.format(his=village.his_deposit.number) for k, v in asked.items()}
    answer = rina.get(address(cooperative, view), given)
    assert answer.status_code in {302, 403, 404}
    if answer.status_code == 302:
        assert rina.get(answer["Location"]).status_code in {403, 404}


def test_the_photo_on_his_paper_is_not_hers(village, cooperative, rina):
    url = address(cooperative, "cooperatives:attachment", village.photo.digest)
    assert rina.get(url).status_code in {403, 404}
    assert rina.get(address(cooperative, "members:member_export", "xlsx")).status_code == 403


def test_a_buyer_of_both_is_known_to_each_by_its_own_trade_alone(
    village, cooperative, actor, client_as
):
    """Galeri Panjalu buys from both; the supervisor of the second opens it here and there."""
    other = builders.cooperative(actor=actor, name="Koperasi Tetangga")
    theirs = create_buyer(cooperative=other, name="Galeri Panjalu", on=JAN_1, actor=actor)
    supervisor = client_as(Role.SUPERVISOR, in_cooperative=other)
    here = address(cooperative, "sales:buyer_detail", village.buyer.party.number)
    assert supervisor.get(here).status_code == 404
    page = shown(supervisor, other, "sales:buyer_detail", theirs.party.number)
    assert "Galeri Panjalu" in page
    assert village.sale.number not in page
    assert "Rp12.000.000" not in page
    paper = address(other, "portal:paper")
    for source in (f"sales.order:{village.sale.number}",
                   f"savings.deposit:{village.his_deposit.number}"):  # fmt: skip
        answer = supervisor.get(paper, {"source": source}, follow=True)
        assert answer.status_code == 404
        assert "Endang" not in answer.content.decode()
    found = supervisor.get(address(other, "portal:search"), {"q": "Endang"}, follow=True)
    assert "Rp" not in found.content.decode()
    assert "Perajin" not in found.content.decode()


def test_the_office_over_many_sees_figures_and_no_person(village, cooperative):
    officer = Client()
    officer.force_login(builders.user("pak-dinas", officer_of="35.13"))
    answers = [officer.get(path) for path in ("/dinas/", f"/dinas/{cooperative.slug}/")]
    assert [answer.status_code for answer in answers] == [200, 200]
    pages = [answer.content.decode() for answer in answers]
    assert cooperative.name in pages[0]
    for page in pages:
        for name in ("Endang", "Darmi", HIS_SAVINGS, village.makers["M5"].number):
            assert name not in page
    for view in ("members:member_list", "ledger:entry_list", "savings:deposit_list"):
        assert officer.get(address(cooperative, view)).status_code == 404
