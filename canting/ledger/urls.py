"""Addresses of the books."""

from django.urls import URLPattern, path

from canting.ledger import views

app_name = "ledger"
urlpatterns: list[URLPattern] = [
    path("buku/", views.book, name="book"),
    path("buku/jurnal/", views.entry_list, name="entry_list"),
    path("buku/jurnal/baru/", views.entry_create, name="entry_create"),
    path("buku/jurnal/<int:position>/", views.entry_detail, name="entry_detail"),
    path("buku/jurnal/<int:position>/betulkan/", views.entry_correct, name="entry_correct"),
    path("buku/memorial/<path:number>", views.paper_entry, name="paper_entry"),
    path("buku/akun/", views.account_list, name="account_list"),
    path("buku/gaya-kode/", views.account_style, name="account_style"),
    path("buku/akun/<slug:number>/", views.account_ledger, name="account_ledger"),
    path("buku/akun/<slug:number>/ubah/", views.account_change, name="account_change"),
    path("buku/neraca-saldo/", views.trial_balance_page, name="trial_balance_page"),
    path("buku/tutup/", views.period_list, name="period_list"),
    path("buku/tutup/siapkan/", views.period_prepare, name="period_prepare"),
    path("buku/tutup/sahkan/", views.period_close, name="period_close"),
    path("buku/tutup/buka-lagi/", views.period_reopen, name="period_reopen"),
    path("buku/tutup-tahun/", views.year_list, name="year_list"),
    path("buku/tutup-tahun/<int:year>/siapkan/", views.year_prepare, name="year_prepare"),
    path("buku/tutup-tahun/<int:year>/sahkan/", views.year_close, name="year_close"),
    path("buku/tutup-tahun/<int:year>/buka-lagi/", views.year_reopen, name="year_reopen"),
    path("buku/tutup-tahun/<int:year>/<str:name>", views.year_file, name="year_file"),
    path("buku/tutup/laporan/<slug:month>/", views.period_report, name="period_report"),
    path("buku/ekspor/", views.export_list, name="export_list"),
    path("buku/ekspor/tahun/<int:year>/", views.year_export, name="year_export"),
    path("buku/ekspor/<slug:form>/", views.book_export, name="book_export"),
    path("buku/rantai/simpan/<int:position>/", views.checkpoint_keep, name="checkpoint_keep"),
    path("buku/rantai/", views.checkpoint_list, name="checkpoint_list"),
    path("buku/rantai/periksa/", views.chain_verify, name="chain_verify"),
]
