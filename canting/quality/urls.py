"""Addresses of inspection."""

from django.urls import path

from canting.quality import views

app_name = "quality"
urlpatterns = [
    path("terima/", views.receive, name="receive"),
    path("terima/tanpa-spk/", views.receive_free, name="receive_free"),
    path("periksa/", views.inspection_list, name="inspection_list"),
    path("periksa/urungkan/<path:number>/", views.inspection_undo, name="inspection_undo"),
    path("periksa/betulkan/<path:number>/", views.inspection_correct, name="inspection_correct"),
    path("periksa/slip/<path:number>/", views.inspection_slip, name="inspection_slip"),
    path("periksa/label/<path:number>/", views.cloth_labels, name="cloth_labels"),
    path("periksa/surat/<path:number>/", views.inspection_detail, name="inspection_detail"),
    path("kain/kode/<str:code>/", views.cloth_piece, name="cloth_piece"),
]
