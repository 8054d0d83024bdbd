"""Addresses of the domain."""

from django.urls import path

from canting.rounds.views import asking, needs, plans

app_name = "rounds"
urlpatterns = [
    path("belanja/rencana/hitung/<path:number>", plans.plan_begin, name="plan_begin"),
    path("belanja/rencana/hentikan/<path:number>", plans.plan_stop, name="plan_stop"),
    path("belanja/rencana/setujui/<path:number>", plans.plan_agree, name="plan_agree"),
    path("belanja/rencana/ubah/<path:number>", plans.plan_edit, name="plan_edit"),
    path("belanja/rencana/<path:number>", plans.plan_page, name="plan_page"),
    path("belanja/butuh/lihat/<path:number>", needs.need_list, name="need_list"),
    path("belanja/butuh/catat/<path:number>", needs.need_new, name="need_new"),
    path("belanja/butuh/hitung/<path:number>", needs.need_reckon, name="need_reckon"),
    path("belanja/butuh/batal/<int:pk>/<path:number>", needs.need_withdraw, name="need_withdraw"),
    path("belanja/jatah/lihat/<path:number>", needs.quota_page, name="quota_page"),
    path("belanja/jatah/lepas/<str:code>/<path:number>", needs.quota_lift, name="quota_lift"),
    path("belanja/saya/butuh/<path:number>", asking.my_needs, name="my_needs"),
    path(
        "belanja/saya/batal/<int:pk>/<path:number>",
        asking.my_need_withdraw,
        name="my_need_withdraw",
    ),
]
