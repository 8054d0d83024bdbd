"""Addresses of the domain."""

from django.urls import path

from canting.rounds.views import plans

app_name = "rounds"
urlpatterns = [
    path("belanja/rencana/hitung/<path:number>", plans.plan_begin, name="plan_begin"),
    path("belanja/rencana/hentikan/<path:number>", plans.plan_stop, name="plan_stop"),
    path("belanja/rencana/setujui/<path:number>", plans.plan_agree, name="plan_agree"),
    path("belanja/rencana/ubah/<path:number>", plans.plan_edit, name="plan_edit"),
    path("belanja/rencana/<path:number>", plans.plan_page, name="plan_page"),
]
