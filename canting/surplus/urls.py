"""Addresses of the surplus; a number holds slashes, so it comes last."""

from django.urls import URLPattern, path

from canting.surplus import views

app_name = "surplus"
urlpatterns: list[URLPattern] = [
    path("shu/", views.sharing_list, name="sharing_list"),
    path("shu/siapkan/<int:year>/", views.sharing_prepare, name="sharing_prepare"),
    path("shu/rugi/<int:year>/", views.loss_prepare, name="loss_prepare"),
    path("shu/lihat/<path:number>", views.sharing_detail, name="sharing_detail"),
    path("shu/sahkan/<path:number>", views.sharing_approve, name="sharing_approve"),
    path("shu/tarik/<path:number>", views.sharing_withdraw, name="sharing_withdraw"),
    path("shu/betulkan/<path:number>", views.sharing_correct, name="sharing_correct"),
    path("shu/cetak/<path:number>.pdf", views.sharing_print, name="sharing_print"),
    path("shu/slip/<path:number>.pdf", views.slips_print, name="slips_print"),
    path("shu/lembar/<path:number>.xlsx", views.sharing_export, name="sharing_export"),
    path("shu/bayar/", views.payout_page, name="payout_page"),
    path("shu/bayar/selesai/<path:batch>", views.payout_batch, name="payout_batch"),
    path("shu/bayar/transfer/<path:batch>.xlsx", views.transfer_export, name="transfer_export"),
    path("shu/bukti/", views.payout_list, name="payout_list"),
    path("shu/bukti/lihat/<path:number>", views.payout_detail, name="payout_detail"),
    path("shu/bukti/cetak/<path:number>.pdf", views.payout_print, name="payout_print"),
    path("shu/bukti/betulkan/<path:number>", views.payout_correct, name="payout_correct"),
    path("shu/dana/", views.fund_page, name="fund_page"),
    path("shu/saya/", views.my_surplus, name="my_surplus"),
    path("shu/saya/<int:year>.pdf", views.my_slip_print, name="my_slip_print"),
]
