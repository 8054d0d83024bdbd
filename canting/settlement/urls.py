"""Addresses of the domain."""

from django.urls import path

from canting.settlement import views

app_name = "settlement"
urlpatterns = [
    path("bayar/", views.pay_page, name="pay_page"),
    path("bayar/selesai/<str:batch>/", views.batch_detail, name="batch_detail"),
    path("bayar/transfer/<str:batch>.<str:kind>", views.transfer_list, name="transfer_list"),
    path("bayar/slip/", views.slip_list, name="slip_list"),
    path("bayar/slip/cetak/<path:number>.pdf", views.slip_print, name="slip_print"),
    path("bayar/slip/gambar/<path:number>.png", views.slip_picture, name="slip_picture"),
    path("bayar/slip/wa/<path:number>", views.slip_send, name="slip_send"),
    path("bayar/slip/betulkan/<path:number>", views.slip_correct, name="slip_correct"),
    path("bayar/slip/<path:number>", views.slip_detail, name="slip_detail"),
    path("bayar/persetujuan/", views.consent_list, name="consent_list"),
    path("bayar/persetujuan/akhiri/<str:reference>", views.consent_end, name="consent_end"),
    path("bayar/anggota/<path:number>", views.maker_detail, name="maker_detail"),
    path("uang/", views.my_money, name="my_money"),
    path("uang/slip/cetak/<path:number>.pdf", views.my_slip_print, name="my_slip_print"),
    path("uang/slip/<path:number>", views.my_slip, name="my_slip"),
]
