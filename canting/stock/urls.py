"""Addresses of the domain."""

from django.urls import path

from canting.stock import views

app_name = "stock"
urlpatterns = [
    path("stok/", views.stock_page, name="stock_page"),
    path("stok/pindai/", views.scan_page, name="scan_page"),
    path("stok/kain/", views.lot_list, name="lot_list"),
    path("stok/kain/<str:code>/", views.lot_detail, name="lot_detail"),
    path("stok/pengrajin/", views.custody_list, name="custody_list"),
    path("stok/saya/", views.my_materials, name="my_materials"),
    path("stok/kartu/<str:code>/", views.item_card, name="item_card"),
    path("stok/per-batch/<str:code>/", views.item_track, name="item_track"),
    path("stok/batch/<int:number>/", views.batch_detail, name="batch_detail"),
    path("stok/gudang/baru/", views.store_new, name="store_new"),
    path("stok/gudang/<int:number>/", views.store_page, name="store_page"),
    path("stok/pindah/", views.transfer_list, name="transfer_list"),
    path("stok/pindah/baru/", views.transfer_new, name="transfer_new"),
    path("stok/pindah/betulkan/<path:number>/", views.transfer_correct, name="transfer_correct"),
    path("stok/pindah/cetak/<path:number>/", views.transfer_print, name="transfer_print"),
    path("stok/pindah/surat/<path:number>/", views.transfer_detail, name="transfer_detail"),
    path("stok/hitung/", views.count_list, name="count_list"),
    path("stok/hitung/baru/", views.count_new, name="count_new"),
    path("stok/hitung/isi/<int:turn>/<path:number>/", views.count_enter, name="count_enter"),
    path("stok/hitung/temuan/<int:turn>/<path:number>/", views.count_found, name="count_found"),
    path("stok/hitung/bukukan/<path:number>/", views.count_book, name="count_book"),
    path("stok/hitung/batal/<path:number>/", views.count_drop, name="count_drop"),
    path("stok/hitung/lembar/<path:number>/", views.count_print, name="count_print"),
    path("stok/hitung/betulkan/<path:number>/", views.count_correct, name="count_correct"),
    path("stok/hitung/surat/<path:number>/", views.count_detail, name="count_detail"),
    path("stok/racik/", views.blend_list, name="blend_list"),
    path("stok/racik/baru/", views.blend_new, name="blend_new"),
    path("stok/racik/kemas/", views.repack_new, name="repack_new"),
    path("stok/racik/resep/", views.recipe_new, name="recipe_new"),
    path("stok/racik/resep/<int:number>/", views.recipe_edit, name="recipe_edit"),
    path("stok/racik/betulkan/<path:number>/", views.blend_correct, name="blend_correct"),
    path("stok/racik/surat/<path:number>/", views.blend_detail, name="blend_detail"),
    path("stok/turun-nilai/", views.write_down_list, name="write_down_list"),
    path("stok/turun-nilai/baru/", views.write_down_new, name="write_down_new"),
    path("stok/turun-nilai/lepas/", views.write_down_release, name="write_down_release"),
    path(
        "stok/turun-nilai/betulkan/<path:number>/",
        views.write_down_correct,
        name="write_down_correct",
    ),
    path(
        "stok/turun-nilai/surat/<path:number>/", views.write_down_detail, name="write_down_detail"
    ),
]
