"""Addresses of the portal under a cooperative's short name."""

from django.urls import path

from canting.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.open_home, name="open_home"),
    path("surat/", views.paper, name="paper"),
    path("periksa-buku/", views.verify_page, name="verify_page"),
    path("cadangan/", views.backup_list, name="backup_list"),
    path("cadangan/buat/", views.backup_now, name="backup_now"),
    path("cadangan/unduh/<str:name>", views.backup_download, name="backup_download"),
]
