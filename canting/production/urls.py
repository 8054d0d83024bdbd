"""Addresses of making."""

from django.urls import path

from canting.production import views

app_name = "production"
urlpatterns = [
    path("kain/", views.cloth, name="cloth"),
    path("spk/", views.work_order_list, name="work_order_list"),
    path("spk/baru/", views.work_order_new, name="work_order_new"),
    path("spk/bagi/<path:number>/", views.work_order_split, name="work_order_split"),
    path("spk/tahap/<path:number>/", views.work_order_stages, name="work_order_stages"),
    path("spk/lapor/<path:number>/", views.report_for, name="report_for"),
    path("spk/kabar/<path:number>/", views.work_order_message, name="work_order_message"),
    path(
        "spk/selesaikan/betulkan/<path:number>/",
        views.work_order_finish_correct,
        name="work_order_finish_correct",
    ),
    path("spk/selesaikan/<path:number>/", views.work_order_finish, name="work_order_finish"),
    path("spk/tutup/<path:number>/", views.work_order_close, name="work_order_close"),
    path("spk/malam-bekas/<path:number>/", views.work_order_byproduct, name="work_order_byproduct"),
    path("spk/surat/<path:number>/", views.work_order_detail, name="work_order_detail"),
    path("spk/anggota/<path:number>/", views.member_work, name="member_work"),
    path("pekerjaan/", views.my_work, name="my_work"),
    path("pekerjaan/lapor/<path:number>/", views.report_piece, name="report_piece"),
    path("pekerjaan/tahap/<path:number>/", views.my_stages, name="my_stages"),
    path("pekerjaan/surat/<path:number>/", views.my_assignment, name="my_assignment"),
    path("bahan-pengrajin/", views.material_fact_list, name="material_fact_list"),
    path("bahan-pengrajin/catat/", views.material_fact_new, name="material_fact_new"),
    path(
        "bahan-pengrajin/betulkan/<path:number>/",
        views.material_fact_correct,
        name="material_fact_correct",
    ),
    path(
        "bahan-pengrajin/surat/<path:number>/",
        views.material_fact_detail,
        name="material_fact_detail",
    ),
    path("retur-kain/kembalikan/<str:code>/", views.cloth_return_new, name="cloth_return_new"),
    path(
        "retur-kain/betulkan/<path:number>/",
        views.cloth_return_correct,
        name="cloth_return_correct",
    ),
    path("retur-kain/surat/<path:number>/", views.cloth_return_detail, name="cloth_return_detail"),
    path("uang-muka-produksi/", views.advance_list, name="advance_list"),
    path("uang-muka-produksi/baru/", views.advance_new, name="advance_new"),
    path(
        "uang-muka-produksi/betulkan/<path:number>/", views.advance_correct, name="advance_correct"
    ),
    path("uang-muka-produksi/surat/<path:number>/", views.advance_detail, name="advance_detail"),
]
