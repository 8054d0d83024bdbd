"""Which columns a sheet of members may have, by the names that cooperatives give them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_in import guess_columns


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a member that a sheet may bring: key, label, how its cells are read, synonyms."""

    field: str
    label: Any
    kind: str
    synonyms: tuple[str, ...]


FIELDS: tuple[Column, ...] = (
    Column("full_name", _("Name"), "name", ("nama", "nama anggota", "nama lengkap", "anggota")),
    Column("called_name", _("Called name"), "text", ("panggilan", "nama panggilan", "alias")),
    Column(
        "number",
        _("Member number"),
        "number",
        ("no anggota", "nomor anggota", "no nba", "nba", "kode anggota", "id anggota", "no buku"),
    ),
    Column("old_number", _("Old number"), "number", ("nip", "nomor lama", "no lama", "no induk")),
    Column(
        "nik",
        _("NIK"),
        "nik",
        ("nik", "no ktp", "nomor identitas", "nomor identitas ktp", "no nik", "nik ktp"),
    ),
    Column("birth_place", _("Birth place"), "text", ("tempat lahir",)),
    Column("birth_date", _("Birth date"), "date", ("tanggal lahir", "lahir")),
    Column(
        "phone",
        _("Phone"),
        "phone",
        ("no hp", "hp", "telepon", "no telepon", "kontak", "no wa", "wa", "whatsapp", "handphone"),
    ),
    Column("email", _("Email"), "email", ("email", "surel", "e mail")),
    Column("address", _("Address"), "address", ("alamat", "alamat rumah", "alamat ktp")),
    Column("dusun", _("Dusun"), "text", ("dusun", "dsn", "dukuh", "kampung")),
    Column("rt", _("RT"), "rt", ("rt",)),
    Column("rw", _("RW"), "rt", ("rw",)),
    Column("village", _("Village"), "text", ("desa", "kelurahan", "desa kelurahan")),
    Column("district", _("District"), "text", ("kecamatan",)),
    Column("regency", _("Regency"), "text", ("kabupaten", "kota", "kabupaten kota")),
    Column(
        "workshop",
        _("Workshop or group"),
        "text",
        ("kelompok", "sanggar", "nama usaha", "divisi", "unit", "divisi unit", "workshop"),
    ),
    Column("occupation", _("Occupation"), "text", ("pekerjaan", "profesi", "mata pencaharian")),
    Column("kind", _("Kind of membership"), "kind", ("jenis anggota", "jenis keanggotaan")),
    Column("status", _("State"), "status", ("status", "status anggota", "keaktifan")),
    Column(
        "joined_on",
        _("Joined on"),
        "date",
        ("tanggal masuk", "tanggal bergabung", "tanggal gabung", "tanggal daftar", "masuk"),
    ),
    Column("left_on", _("Left on"), "date", ("tanggal keluar", "tanggal berhenti")),
    Column(
        "entry_share", _("Entry share"), "money", ("simpanan pokok", "pokok", "simp pokok", "sp")
    ),
    Column(
        "regular_share", _("Regular share"), "money", ("simpanan wajib", "wajib", "simp wajib")
    ),
    Column(
        "voluntary", _("Voluntary savings"), "money", ("simpanan sukarela", "sukarela")
    ),
    Column("note", _("Note"), "text", ("keterangan", "catatan", "jabatan")),
)  # fmt: skip
BY_FIELD: Mapping[str, Column] = {column.field: column for column in FIELDS}
MONEY = tuple(column.field for column in FIELDS if column.kind == "money")

# What must never be kept, and labels whose words mislead: another person's facts, other statuses.
SECRET = re.compile(r"pass ?word|sandi|\bpin\b|\bcvv\b|token", re.IGNORECASE)
OTHERS = re.compile(
    r"saudara|pasangan|suami|istri|\bibu\b|\bayah\b|ahli waris|"
    r"(?:status|tempat|lama)[ _]*(?:pe|be)?kerja|pendapatan|jumlah anak|ranking|"
    r"buku tabungan|metode",
    re.IGNORECASE,
)


def is_secret(label: str) -> bool:
    """True for a column of passwords: its cells are thrown away before anything is kept."""
    return bool(SECRET.search(label))


def guess(header: Sequence[str]) -> dict[str, int]:
    """Which column holds which field, as far as the labels tell; a person looks at it afterwards."""
    shown = ["" if is_secret(label) or OTHERS.search(label) else label for label in header]
    return guess_columns(shown, {column.field: column.synonyms for column in FIELDS})


def field_labels() -> list[tuple[str, str]]:
    """(field, label) of everything that a column may be, for choosing by hand."""
    return [(column.field, str(column.label)) for column in FIELDS]
