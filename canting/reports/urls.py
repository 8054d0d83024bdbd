"""Addresses of the statements."""

from django.urls import URLPattern, path

from canting.reports import views

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("laporan/", views.index, name="index"),
    path("laporan/posisi-keuangan/", views.position_page, name="position_page"),
    path("laporan/hasil-usaha/", views.surplus_page, name="surplus_page"),
    path("laporan/perubahan-ekuitas/", views.equity_page, name="equity_page"),
    path("laporan/arus-kas/", views.cash_page, name="cash_page"),
    path("laporan/arus-kas/rincian/", views.flow_entries, name="flow_entries"),
    path("laporan/promosi-ekonomi/", views.promotion_page, name="promotion_page"),
    path("laporan/promosi-ekonomi/anggota/<path:number>", views.member_gains, name="member_gains"),
    path("laporan/catatan/", views.notes_page, name="notes_page"),
    path("laporan/catatan/<slug:section>/ubah/", views.note_edit, name="note_edit"),
]
