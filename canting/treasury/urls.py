"""Addresses of the domain. Numbers of papers hold slashes, so they stand last in their paths."""

from django.urls import path

from canting.treasury import views

app_name = "treasury"
urlpatterns = [
    path("bank/", views.bank_page, name="bank_page"),
    path("bank/baca/", views.bank_read, name="bank_read"),
    path("bank/cocokkan/", views.bank_sure, name="bank_sure"),
    path("bank/baris/<int:pk>/", views.bank_line, name="bank_line"),
    path("bank/baris/<int:pk>/pisah/", views.bank_part, name="bank_part"),
    path("bank/baris/<int:pk>/catat/", views.bank_book, name="bank_book"),
    path("bank/daftar/<int:pk>/batal/", views.bank_take_back, name="bank_take_back"),
    path("rutin/", views.recurring_page, name="recurring_page"),
    path("rutin/baru/", views.recurring_new, name="recurring_new"),
    path("rutin/catat/", views.recurring_post, name="recurring_post"),
    path("rutin/<int:pk>/", views.recurring_detail, name="recurring_detail"),
    path("rutin/<int:pk>/ubah/", views.recurring_change, name="recurring_change"),
    path("rutin/<int:pk>/istirahat/", views.recurring_rest, name="recurring_rest"),
    path("rutin/<int:pk>/akhiri/", views.recurring_end, name="recurring_end"),
    path("rutin/<int:pk>/lewati/", views.recurring_pass, name="recurring_pass"),
    path("biaya-bulan/", views.costs_page, name="costs_page"),
    path("biaya-bulan/catat/", views.spread_book, name="spread_book"),
    path("biaya-bulan/sebar/betulkan/<path:number>", views.spread_cancel, name="spread_cancel"),
    path("biaya-bulan/sebar/<path:number>", views.spread_detail, name="spread_detail"),
    path("biaya-bulan/akrual/baru/", views.accrual_new, name="accrual_new"),
    path("biaya-bulan/akrual/bayar/<path:number>", views.accrual_pay, name="accrual_pay"),
    path(
        "biaya-bulan/akrual/betulkan/<path:number>", views.accrual_correct, name="accrual_correct"
    ),
    path("biaya-bulan/akrual/<path:number>", views.accrual_detail, name="accrual_detail"),
    path("biaya-bulan/di-muka/baru/", views.prepayment_new, name="prepayment_new"),
    path(
        "biaya-bulan/di-muka/betulkan/<path:number>",
        views.prepayment_correct,
        name="prepayment_correct",
    ),
    path("biaya-bulan/di-muka/<path:number>", views.prepayment_detail, name="prepayment_detail"),
    path("anggaran/", views.budget_page, name="budget_page"),
    path("anggaran/baru/", views.budget_new, name="budget_new"),
    path("anggaran/<int:pk>/", views.budget_detail, name="budget_detail"),
    path("anggaran/<int:pk>/setahun/", views.budget_years, name="budget_years"),
    path("anggaran/<int:pk>/akun/<slug:number>/", views.budget_months, name="budget_months"),
    path("anggaran/<int:pk>/lembar/", views.budget_export, name="budget_export"),
    path("anggaran/<int:pk>/baca/", views.budget_read, name="budget_read"),
    path("anggaran/<int:pk>/sahkan/", views.budget_approve, name="budget_approve"),
    path("anggaran/<int:pk>/buang/", views.budget_drop, name="budget_drop"),
    path("unit-usaha/", views.unit_page, name="unit_page"),
    path("unit-usaha/baru/", views.unit_new, name="unit_new"),
    path("unit-usaha/aturan/", views.unit_rules, name="unit_rules"),
    path("unit-usaha/kunci/", views.unit_weights, name="unit_weights"),
    path("unit-usaha/<int:pk>/", views.unit_detail, name="unit_detail"),
    path("unit-usaha/<int:pk>/ubah/", views.unit_change, name="unit_change"),
]
