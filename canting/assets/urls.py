"""Addresses of the domain. Numbers of papers hold slashes, so they stand last in their paths."""

from django.urls import URLPattern, path

from canting.assets import views

app_name = "assets"
urlpatterns: list[URLPattern] = [
    path("aset/", views.asset_list, name="asset_list"),
    path("aset/beli/", views.asset_new, name="asset_new"),
    path("aset/lama/", views.asset_take_over, name="asset_take_over"),
    path("aset/susut/", views.run_list, name="run_list"),
    path("aset/susut/buku/", views.run_book, name="run_book"),
    path("aset/susut/lihat/<path:number>", views.run_detail, name="run_detail"),
    path("aset/susut/batal/<path:number>", views.run_cancel, name="run_cancel"),
    path("aset/lihat/<path:number>", views.asset_detail, name="asset_detail"),
    path("aset/betulkan/<path:number>", views.asset_correct, name="asset_correct"),
    path("aset/lepas/<path:number>", views.disposal_new, name="disposal_new"),
    path("aset/pelepasan/lihat/<path:number>", views.disposal_detail, name="disposal_detail"),
    path("aset/pelepasan/betulkan/<path:number>", views.disposal_correct, name="disposal_correct"),
    path("hibah/", views.grant_list, name="grant_list"),
    path("hibah/baru/", views.grant_new, name="grant_new"),
    path("hibah/lihat/<path:number>", views.grant_detail, name="grant_detail"),
    path("hibah/syarat/<path:number>", views.grant_release, name="grant_release"),
    path("hibah/betulkan/<path:number>", views.grant_correct, name="grant_correct"),
]
