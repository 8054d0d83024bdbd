"""Addresses of the domain."""

from django.urls import path

from canting.stock import views

app_name = "stock"
urlpatterns = [
    path("stok/", views.stock_page, name="stock_page"),
    path("stok/kain/", views.lot_list, name="lot_list"),
    path("stok/kain/<str:code>/", views.lot_detail, name="lot_detail"),
    path("stok/pengrajin/", views.custody_list, name="custody_list"),
    path("stok/saya/", views.my_materials, name="my_materials"),
    path("stok/kartu/<str:code>/", views.item_card, name="item_card"),
]
