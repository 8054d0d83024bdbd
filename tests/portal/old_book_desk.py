"""What the tests of booking old books share: a file brought, answered, booked; the books after."""

from datetime import UTC, datetime
from pathlib import Path

from canting.cooperatives.models import Cooperative, User
from canting.ledger import selectors as ledger
from canting.members.services import admit_member
from canting.portal import selectors, services
from canting.portal.models import OldBook
from canting.portal.old_books import Answers, bring_old_book, plan_old_book, read_kept, take_in

LAYOUTS = Path(__file__).parents[1] / "data" / "layouts"
NOW = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
FILES = {
    "S1": "S1_nik_jenis_nominal.csv",
    "S2": "S2_noanggota_jenis_transaksi.csv",
    "S3": "template_import_simpanan_pokok_ksp.xlsx",
    "S4": "S4_buku_mutasi.csv",
    "S5": "S5_rekap_bulanan.csv",
    "K1": "K1_buku_kas.csv",
    "K2": "K2_neraca_teks.csv",
    "X1": "X1_anggota_keluar.csv",
    "U1": "U1_pembagian_shu.xlsx",
    "U2": "U2_shu_total_baris.csv",
    "Q1": "Q1_dump_mysql.sql",
}


def data_of(layout: str) -> bytes:
    """The bytes of one sample file."""
    return (LAYOUTS / FILES[layout]).read_bytes()


class Desk:
    """One cooperative whose treasurer brings old books."""

    def __init__(self, cooperative: Cooperative, actor: User) -> None:
        self.cooperative, self.actor = cooperative, actor

    def member(self, name: str, number: str = "", **facts):
        """Somebody who is a member already."""
        return admit_member(
            cooperative=self.cooperative,
            full_name=name,
            number=number,
            on=self.cooperative.cutover_date,
            actor=self.actor,
            **facts,
        )

    def bring(self, layout: str, data: bytes | None = None, name: str = "") -> OldBook:
        """The file is read and kept; nothing is booked."""
        book, _reading = bring_old_book(
            cooperative=self.cooperative,
            data=data_of(layout) if data is None else data,
            filename=name or FILES[layout],
            actor=self.actor,
        )
        return book

    def answer(self, book: OldBook, **said) -> OldBook:
        """Everything that is said about it, in place of what was said before."""
        return services.keep_answers(book=book, answers=Answers(**said).as_json())

    def plan(self, book: OldBook):
        """What would be booked."""
        return plan_old_book(cooperative=self.cooperative, reading=read_kept(book))

    def take(self, book: OldBook) -> OldBook:
        """Book it."""
        return take_in(book=book, actor=self.actor, now=NOW)

    def undo(self, book: OldBook, reason: str = "Berkas yang salah") -> OldBook:
        """Take it back."""
        return services.undo_old_book(book=book, reason=reason, actor=self.actor, now=NOW)

    def held(self, member, role: str) -> int:
        """What a member has on an account."""
        return ledger.party_balance(cooperative=self.cooperative, role=role, party=member.party)

    def balance(self, role: str) -> int:
        """The balance of an account on its normal side."""
        return ledger.balance(cooperative=self.cooperative, role=role)

    def verify(self) -> None:
        """Every law of the house holds."""
        found = selectors.verification(cooperative=self.cooperative)
        broken = [(one.name, one.breaches[:3]) for one in found if not one.holds]
        assert broken == [], broken
