"""Addresses of the domain. Numbers of papers hold slashes, so they stand last in their paths."""

from django.urls import path

from canting.taxes import views

app_name = "taxes"
urlpatterns = [
    path("pajak/", views.month_page, name="month_page"),
    path("pajak/unduh/", views.month_export, name="month_export"),
    path("pajak/ketetapan/", views.fact_page, name="fact_page"),
    path("pajak/pengukuhan/", views.pkp_page, name="pkp_page"),
    path("pajak/potongan/terbit/", views.slips_issue, name="slips_issue"),
    path("pajak/potongan/betulkan/<path:number>", views.slip_correct, name="slip_correct"),
    path("pajak/potongan/cetak/<path:number>", views.slip_paper, name="slip_paper"),
    path("pajak/potongan/lihat/<path:number>", views.slip_detail, name="slip_detail"),
    path("pajak/pembeli/", views.held_list, name="held_list"),
    path("pajak/pembeli/bukti/<int:key>/", views.buyer_slip, name="buyer_slip"),
    path("pajak/setor/<slug:kind>/", views.payment_new, name="payment_new"),
    path("pajak/setoran/betulkan/<path:number>", views.payment_correct, name="payment_correct"),
    path("pajak/setoran/lihat/<path:number>", views.payment_detail, name="payment_detail"),
    path("pajak/masukan/", views.faktur_new, name="faktur_new"),
    path("pajak/masukan/betulkan/<path:number>", views.faktur_correct, name="faktur_correct"),
    path("pajak/masukan/lihat/<path:number>", views.faktur_detail, name="faktur_detail"),
    path("pajak/jasa/", views.bill_new, name="bill_new"),
    path("pajak/jasa/betulkan/<path:number>", views.bill_correct, name="bill_correct"),
    path("pajak/jasa/lihat/<path:number>", views.bill_detail, name="bill_detail"),
]
