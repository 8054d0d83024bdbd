"""Addresses of the cash desk; a number holds slashes, so it comes last."""

from django.urls import URLPattern, path

from canting.cash import views

app_name = "cash"
urlpatterns: list[URLPattern] = [
    path("kas/", views.cash_page, name="cash_page"),
    path("kas/catat/", views.cash_record, name="cash_record"),
    path("kas/pindah/", views.cash_move, name="cash_move"),
    path("kas/bon/", views.advance_list, name="advance_list"),
    path("kas/bon/<slug:number>/", views.advance_settle, name="advance_settle"),
    path("kas/sementara/", views.suspense_list, name="suspense_list"),
    path("kas/sementara/selesai/<path:number>", views.suspense_clear, name="suspense_clear"),
    path("kas/saldo-bank/", views.bank_balance, name="bank_balance"),
    path("kas/hitung/", views.count_list, name="count_list"),
    path("kas/hitung/sahkan/<path:number>", views.count_confirm, name="count_confirm"),
    path("kas/hitung/betulkan/<path:number>", views.count_undo, name="count_undo"),
    path("kas/hitung/lihat/<path:number>", views.count_detail, name="count_detail"),
    path("kas/bukti/betulkan/<path:number>", views.paper_correct, name="paper_correct"),
    path("kas/bukti/cetak/<path:number>", views.paper_print, name="paper_print"),
    path("kas/bukti/lihat/<path:number>", views.paper_detail, name="paper_detail"),
]
