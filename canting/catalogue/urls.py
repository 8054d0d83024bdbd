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
    path("barang/resep/", views.recipe_list, name="recipe_list"),
    path("barang/resep/baru/", views.recipe_new, name="recipe_new"),
    path("barang/resep/ubah/<int:pk>/", views.recipe_edit, name="recipe_edit"),
    path("barang/resep/pakai/<int:pk>/", views.recipe_use, name="recipe_use"),
    path("barang/resep/timbang/<int:pk>/", views.recipe_weigh, name="recipe_weigh"),
    path("barang/jaga/<str:code>/", views.item_care, name="item_care"),
    path("barang/larang/<str:code>/", views.item_ban, name="item_ban"),
    path("barang/ganti/<str:code>/", views.substitute_add, name="substitute_add"),
    path("barang/ganti/akhiri/<str:code>/<int:pk>/", views.substitute_end, name="substitute_end"),
    path("barang/lembar/<str:code>/", views.safety_sheet_add, name="safety_sheet_add"),
    path("barang/kartu/<str:code>/", views.item_detail, name="item_detail"),
]
