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
    path("buku/akun/<slug:number>/", views.account_ledger, name="account_ledger"),
    path("buku/akun/<slug:number>/ubah/", views.account_change, name="account_change"),
    path("buku/neraca-saldo/", views.trial_balance_page, name="trial_balance_page"),
    path("buku/posisi-keuangan/", views.position_page, name="position_page"),
    path("buku/hasil-usaha/", views.surplus_page, name="surplus_page"),
    path("buku/tutup/", views.period_list, name="period_list"),
    path("buku/tutup/siapkan/", views.period_prepare, name="period_prepare"),
    path("buku/tutup/sahkan/", views.period_close, name="period_close"),
    path("buku/tutup/buka-lagi/", views.period_reopen, name="period_reopen"),
    path("buku/rantai/", views.checkpoint_list, name="checkpoint_list"),
    path("buku/rantai/periksa/", views.chain_verify, name="chain_verify"),
]
