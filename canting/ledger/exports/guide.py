"""The page that lies in an archive of a year: what each file is, and how to prove it, in Indonesian."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import translation

from canting.kernel.closing import frozen_files, taken_along
from canting.ledger import selectors

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

GUIDE = "BACA-SAYA.txt"
BOOKS = {
    "buku.beancount": "Seluruh buku untuk beancount",
    "buku.journal": "Seluruh buku untuk hledger",
    "jejak.csv": "Jejak: siapa berbuat apa, untuk siapa, kapan",
}
TEXT = """\
{cooperative} - buku tahun {year}
{line}

Tahun ini {state}.
Kepala rantai buku saat berkas ini dibuat: jurnal {position}, sidik
{digest}

Isi berkas
{files}
{proofs}
Cara memeriksa tanpa aplikasi
1. sha256sum --check SHA256SUMS
   Setiap berkas harus tertulis OK: isinya sama seperti saat dibuat.
2. bean-check buku.beancount
   Tidak ada pesan: setiap jurnal seimbang dan saldo tiap bulan sama dengan saldo kami.
3. hledger -f buku.journal check --strict
   Sama, dengan program lain.
4. Bandingkan sidik di titik-periksa.json dengan yang tercetak pada laporan bulanan atau
   buku RAT: bila sama, tidak ada yang ditulis ulang sebelum titik itu.

Berkas .csv memakai titik koma dan UTF-8. Angka rupiah bulat, tanpa titik. Tanda petik tunggal
di depan sebuah kata hanya menjaga agar lembar kerja tidak menjalankannya.
Nama anggota ada di dalamnya, NIK tidak. Simpan berkas ini seperti menyimpan buku.

Sidik SHA-256
{digests}"""


def guide(cooperative: Cooperative, year: int, digests: Sequence[str]) -> str:
    """What stands in the archive whose files have these digests (`digest  name` by line)."""
    names = [line.rstrip("\n").split("  ", 1)[1] for line in digests]
    with translation.override("id"):
        said = {one.name: str(one.says) for one in (*frozen_files(), *taken_along())} | BOOKS
    shown = [name for name in names if not name.startswith("bukti/")]
    photos = len(names) - len(shown)
    head = selectors.head(cooperative=cooperative)
    title = f"{cooperative.name} - buku tahun {year}"
    is_closed = selectors.year_is_closed(cooperative=cooperative, year=year)
    return TEXT.format(
        cooperative=cooperative.name,
        year=year,
        line="=" * len(title),
        state="sudah ditutup; laporannya adalah berkas yang dibekukan" if is_closed
        else "belum ditutup; laporannya menurut keadaan sekarang",
        position=head.position,
        digest=selectors.book(cooperative=cooperative).digest,
        files="\n".join(f"- {name}: {said.get(name, name)}" for name in shown),
        proofs=f"- bukti/: {photos} foto dan berkas dari surat-surat tahun ini\n"
        if photos else "",
        digests="".join(digests),
    )  # fmt: skip
