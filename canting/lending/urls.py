"""Addresses of the domain. Numbers of papers hold slashes, so they stand last in their paths."""

from django.urls import URLPattern, path

from canting.lending import views

app_name = "lending"
urlpatterns: list[URLPattern] = [
    path("mitra/", views.facility_list, name="facility_list"),
    path("mitra/pihak/baru/", views.financier_new, name="financier_new"),
    path("mitra/pihak/lama/<str:number>", views.financier_name, name="financier_name"),
    path("mitra/jatuh-tempo/", views.due_list, name="due_list"),
    path("mitra/akad/baru/", views.facility_new, name="facility_new"),
    path("mitra/akad/lihat/<path:number>", views.facility_detail, name="facility_detail"),
    path("mitra/akad/setujui/<path:number>", views.facility_approve, name="facility_approve"),
    path("mitra/akad/betulkan/<path:number>", views.facility_correct, name="facility_correct"),
    path("mitra/akad/cetak/<path:number>.pdf", views.facility_print, name="facility_print"),
    path("mitra/cair/baru/<path:number>", views.draw_new, name="draw_new"),
    path("mitra/cair/lihat/<path:number>", views.draw_detail, name="draw_detail"),
    path("mitra/cair/betulkan/<path:number>", views.draw_correct, name="draw_correct"),
    path("mitra/angsur/baru/<path:number>", views.repayment_new, name="repayment_new"),
    path("mitra/angsur/lihat/<path:number>", views.repayment_detail, name="repayment_detail"),
    path("mitra/angsur/betulkan/<path:number>", views.repayment_correct, name="repayment_correct"),
    path("mitra/bunga/", views.accrual_list, name="accrual_list"),
    path("mitra/bunga/lihat/<path:number>", views.accrual_detail, name="accrual_detail"),
    path("mitra/bunga/batal/<path:number>", views.accrual_cancel, name="accrual_cancel"),
    path("mitra/terus/", views.onlend_list, name="onlend_list"),
    path("mitra/terus/baru/<path:number>", views.onlend_new, name="onlend_new"),
    path("mitra/terus/lihat/<path:number>", views.onlend_detail, name="onlend_detail"),
    path("mitra/terus/setujui/<path:number>", views.onlend_approve, name="onlend_approve"),
    path("mitra/terus/serahkan/<path:number>", views.onlend_pay, name="onlend_pay"),
    path("mitra/terus/betulkan/<path:number>", views.onlend_correct, name="onlend_correct"),
    path("mitra/terima/baru/<path:number>", views.instalment_new, name="instalment_new"),
    path("mitra/terima/lihat/<path:number>", views.instalment_detail, name="instalment_detail"),
    path(
        "mitra/terima/betulkan/<path:number>", views.instalment_correct, name="instalment_correct"
    ),
    path("dana-mitra/", views.my_funds, name="my_funds"),
]
