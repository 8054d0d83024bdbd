"""The pages that are looked at: by whom, where; one list for the pictures and for the tests."""

from typing import NamedTuple


class Look(NamedTuple):
    """One page as one role opens it; `{order}` and the like are filled from the demonstration."""

    name: str
    username: str
    path: str


LOOKS = (
    Look("masuk", "", "/masuk/"),
    Look("hari-ini-pengelola", "pengelola", "/rengganis/hari-ini/"),
    Look("hari-ini-kasir", "kasir", "/rengganis/hari-ini/"),
    Look("hari-ini-gudang", "gudang", "/rengganis/hari-ini/"),
    Look("hari-ini-pendamping", "pendamping", "/rengganis/hari-ini/"),
    Look("hari-ini-pengurus", "pengurus", "/rengganis/hari-ini/"),
    Look("hari-ini-pengawas", "pengawas", "/rengganis/hari-ini/"),
    Look("beranda", "anggota", "/rengganis/beranda/"),
    Look("pekerjaan", "anggota", "/rengganis/pekerjaan/"),
    Look("uang", "anggota", "/rengganis/uang/"),
    Look("saya", "anggota", "/rengganis/saya/"),
    Look("pesanan", "pengelola", "/rengganis/pesanan/"),
    Look("pesanan-satu", "pengelola", "/rengganis/pesanan/lihat/{order}"),
    Look("pesanan-baru", "pengelola", "/rengganis/pesanan/baru/"),
    Look("pembeli", "pengelola", "/rengganis/pembeli/"),
    Look("kain", "gudang", "/rengganis/kain/"),
    Look("periksa", "pendamping", "/rengganis/periksa/"),
    Look("stok", "gudang", "/rengganis/stok/"),
    Look("keluar-bahan", "gudang", "/rengganis/bahan/keluar/"),
    Look("galeri", "kasir", "/rengganis/galeri/"),
    Look("anggota", "kasir", "/rengganis/anggota/"),
    Look("anggota-satu", "pengelola", "/rengganis/anggota/{member}/"),
    Look("impor", "pengelola", "/rengganis/anggota/impor/"),
    Look("setor", "kasir", "/rengganis/setor/"),
    Look("kas", "kasir", "/rengganis/kas/"),
    Look("bayar", "kasir", "/rengganis/bayar/"),
    Look("slip", "kasir", "/rengganis/bayar/slip/lihat/{slip}"),
    Look("buku", "pengelola", "/rengganis/buku/"),
    Look("jurnal", "pengelola", "/rengganis/buku/jurnal/"),
    Look("neraca-saldo", "pengelola", "/rengganis/buku/neraca-saldo/"),
    Look("posisi-keuangan", "pengurus", "/rengganis/buku/posisi-keuangan/"),
    Look("hasil-usaha", "pengurus", "/rengganis/buku/hasil-usaha/"),
    Look("tutup-buku", "pengelola", "/rengganis/buku/tutup/"),
    Look("pajak", "kasir", "/rengganis/pajak/"),
    Look("mulai-pakai", "pengelola2", "/pasir-berbisik/mulai/"),
    Look("cadangan", "pengelola", "/rengganis/cadangan/"),
    Look("periksa-buku", "pengawas", "/rengganis/periksa-buku/"),
    Look("pembeli-tautan", "", "/t/{token}/"),
    Look("kain-umum", "", "/kain/{cloth}/"),
    Look("dinas", "dinas", "/dinas/"),
    Look("dinas-satu", "dinas", "/dinas/rengganis/"),
)
