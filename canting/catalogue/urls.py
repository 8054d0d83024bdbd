"""Addresses of the domain."""

from django.urls import path

from canting.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("barang/", views.item_list, name="item_list"),
    path("barang/baru/", views.item_new, name="item_new"),
    path("barang/banyak/", views.item_many, name="item_many"),
    path("barang/tempel/", views.import_items, name="import_items"),
    path("barang/ubah/<str:code>/", views.item_edit, name="item_edit"),
    path("barang/harga/<str:code>/", views.price_set, name="price_set"),
    path("barang/satuan/<str:code>/", views.unit_set, name="unit_set"),
    path("barang/takaran/<str:code>/", views.norm_set, name="norm_set"),
    path("barang/kartu/<str:code>/", views.item_detail, name="item_detail"),
]
