"""Addresses of the domain. Numbers of papers hold slashes, so they stand last in their paths."""

from django.urls import path

from canting.savings import views

app_name = "savings"
urlpatterns = [
    path("setor/", views.deposit_new, name="deposit_new"),
    path("setor/tagihan/", views.deposit_hint, name="deposit_hint"),
    path("setor/daftar/", views.deposit_list_new, name="deposit_list_new"),
    path("setor/semua/", views.deposit_list, name="deposit_list"),
    path("setor/untuk/<path:number>/", views.deposit_for, name="deposit_for"),
    path("setor/kuitansi/<path:number>/", views.deposit_detail, name="deposit_detail"),
    path("setor/cetak/<str:form>/<path:number>/", views.deposit_print, name="deposit_print"),
    path("setor/cetak-daftar/<str:form>/<path:number>/", views.list_print, name="list_print"),
    path("setor/betulkan/<path:number>/", views.deposit_correct, name="deposit_correct"),
    path("setor/urungkan/<path:number>/", views.deposit_undo, name="deposit_undo"),
    path("simpanan/", views.my_savings, name="my_savings"),
    path("simpanan/cara-periksa/", views.how_to_check, name="how_to_check"),
    path("simpanan/kartu-saya/<str:size>/", views.my_card, name="my_card"),
    path("simpanan/kuitansi-saya/<path:number>/", views.my_receipt, name="my_receipt"),
    path("simpanan/kartu/<path:number>/", views.member_card, name="member_card"),
    path("simpanan/kartu-cetak/<str:size>/<path:number>/", views.card_print, name="card_print"),
    path("simpanan/ambil/<path:number>/", views.withdrawal_new, name="withdrawal_new"),
    path("simpanan/jasa/", views.interest_page, name="interest_page"),
    path("simpanan/jasa/lihat/<path:number>/", views.interest_detail, name="interest_detail"),
    path("simpanan/jasa/betulkan/<path:number>/", views.interest_correct, name="interest_correct"),
    path("simpanan/bukti/<path:number>/", views.withdrawal_detail, name="withdrawal_detail"),
    path("simpanan/betulkan/<path:number>/", views.withdrawal_correct, name="withdrawal_correct"),
    path("keluar/", views.exit_list, name="exit_list"),
    path("keluar/minta/<path:number>/", views.exit_new, name="exit_new"),
    path("keluar/putuskan/<path:number>/", views.exit_decide, name="exit_decide"),
    path("keluar/perhitungkan/<path:number>/", views.exit_set_off, name="exit_set_off"),
    path("keluar/bayar/<path:number>/", views.exit_pay, name="exit_pay"),
    path(
        "keluar/bukti/betulkan/<path:number>/",
        views.exit_paper_correct,
        name="exit_paper_correct",
    ),
    path("keluar/bukti/<path:number>/", views.exit_paper_detail, name="exit_paper_detail"),
    path("keluar/betulkan/<path:number>/", views.exit_correct, name="exit_correct"),
    path("keluar/lihat/<path:number>/", views.exit_detail, name="exit_detail"),
]
