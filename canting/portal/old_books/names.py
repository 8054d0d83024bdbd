"""What accounts of an old book are here: remembered, else proposed by their words and codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import override

from canting.ledger import selectors as ledger
from canting.ledger.rules import BusinessClass
from canting.members.rules.people import folded
from canting.portal.rules.old_book import ELSEWHERE, OUT

if TYPE_CHECKING:
    from canting.ledger.models import Account

_WORD = re.compile(r"[^\W\d_]+")
# Words by which old books name what a role holds, besides the name that the account has here.
WORDS: Mapping[str, str] = {
    "cash_main": "kas tunai kantor",
    "bank": "bank giro rekening bri bni bca mandiri jatim",
    "prepaid": "biaya dibayar dimuka sewa asuransi",
    "land": "tanah",
    "building": "gedung bangunan",
    "equipment": "peralatan mesin alat produksi",
    "vehicle": "kendaraan motor mobil",
    "office": "inventaris komputer meubel mebel printer",
    "building_acc": "akumulasi penyusutan gedung bangunan",
    "equipment_acc": "akumulasi penyusutan peralatan mesin",
    "vehicle_acc": "akumulasi penyusutan kendaraan",
    "office_acc": "akumulasi penyusutan inventaris",
    "fund_board": "dana pengurus",
    "fund_staff": "dana karyawan",
    "fund_education": "dana pendidikan",
    "fund_social": "dana sosial",
    "fund_area": "dana pembangunan daerah kerja",
    "grant_equity": "hibah donasi modal sumbangan",
    "reserve_general": "cadangan umum",
    "reserve_risk": "cadangan risiko resiko",
    "shu_previous": "shu sisa hasil usaha tahun bulan lalu berjalan belum dibagi",
    "sales_member_cloth": "jual penjualan kain batik lembar helai anggota",
    "sales_outside": "jual penjualan barang umum luar",
    "sales_material_m": "jual penjualan bahan malam mori anggota",
    "service_member": "jasa pelayanan anggota",
    "wages_staff": "gaji upah honor karyawan pegawai",
    "utilities": "listrik air internet telepon pulsa pln pdam",
    "marketing": "promosi iklan pameran pemasaran",
    "transport": "ongkos kirim angkut transport bensin",
    "admin": "atk alat tulis kantor fotokopi administrasi umum jahit",
    "meeting_cost": "rapat rat konsumsi",
    "education_cost": "pelatihan pendidikan anggota",
    "board_cost": "honor pengurus pengawas",
    "bank_charges": "administrasi biaya bank qris",
    "bank_interest": "bunga jasa giro bank",
    "other_income": "pendapatan lain",
    "other_expense": "biaya beban lain",
    "depreciation": "penyusutan beban",
    "interest_expense": "bunga pinjaman beban",
}
# What old books put in one account and this one keeps by person or by quantity.
BY_PERSON = re.compile(
    r"simpanan (pokok|wajib|sukarela|manasuka|anggota)|tabungan|modal disetor|piutang|"
    r"(h?utang|kewajiban) (dagang|usaha|anggota|bank)|persediaan|pinjaman"
)
WORN = "akumulasi"
SHORT = {"akum": WORN, "ak": WORN, "peny": "penyusutan", "inv": "inventaris", "adm": "administrasi"}
# One word in so many of the old name must be found in ours.
LEAST_SHARE = 3


@dataclass(slots=True)
class OldAccount:
    """One name of an old book and what it is here: `choice` said or remembered, `proposed` not yet."""

    key: str
    label: str
    code: str = ""
    count: int = 0
    amount: int = 0
    choice: str = ""
    proposed: str = ""


def words_of(text: str) -> set[str]:
    """The words of a name, small, without accents, usual short forms written out."""
    return {SHORT.get(word, word) for word in _WORD.findall(folded(text))}


def account_words(accounts: Sequence[Account]) -> dict[str, set[str]]:
    """The words of every account: its name here in Indonesian, and how old books call it."""
    with override("id"):
        return {
            one.code: words_of(ledger.account_name(one.role, one.name))
            | words_of(WORDS.get(one.role, ""))
            for one in accounts
        }


def propose(
    label: str, code: str, words: Mapping[str, set[str]], choices: Sequence[tuple[str, str]]
) -> str:
    """The choice whose name is most alike, the same class of code before others; "" when none is."""
    old, found, best = words_of(label), (0, False), ""
    for value, _label in choices:
        ours = words.get(value.partition(":")[0], set())
        # What wears off and what is worn off share their words: only the latter is accumulated.
        if (WORN in ours) != (WORN in old):
            continue
        alike = (len(old & ours), value[:1] == code[:1])
        if alike > found:
            found, best = alike, value
    return best if found[0] * LEAST_SHARE >= len(old) > 0 else ""


def settle(
    accounts: Sequence[OldAccount],
    *,
    answers: Mapping[str, str],
    remembered: Mapping[str, str],
    choices: Sequence[tuple[str, str]],
    words: Mapping[str, set[str]],
    balances: bool = False,
) -> None:
    """Give every old name its choice: answered, else remembered, else only proposed.

    Of `balances`, an account that is kept by person here comes by its own list.
    """
    allowed = {value for value, _label in choices} | {ELSEWHERE, OUT}
    for one in accounts:
        said = answers.get(one.key) or remembered.get(one.key, "")
        if balances and said and said not in allowed:
            said = ELSEWHERE
        one.choice = said if said in allowed else ""
        one.proposed = one.choice
        if not one.choice and balances and BY_PERSON.search(folded(one.label)):
            one.proposed = ELSEWHERE
        one.proposed = one.proposed or propose(one.label, one.code, words, choices)


def split_choice(choice: str) -> tuple[str, BusinessClass]:
    """The account and whose business it is of one choice such as 4120:member."""
    code, _colon, business = choice.partition(":")
    return code, BusinessClass(business)
