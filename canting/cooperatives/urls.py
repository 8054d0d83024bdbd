"""Addresses of the domain."""

from django.urls import path

from canting.cooperatives import views

app_name = "cooperatives"
urlpatterns = [
    path("tautan-masuk/", views.sign_in_links, name="sign_in_links"),
    path(
        "tautan-masuk/keluarkan/<path:number>",
        views.device_revoke,
        name="device_revoke",
    ),
    path("tautan-masuk/baru/<path:number>", views.sign_in_link_new, name="sign_in_link_new"),
    path("tautan-masuk/<path:number>", views.sign_in_link_detail, name="sign_in_link_detail"),
    path("perangkat/", views.my_devices, name="my_devices"),
    path("perangkat/keluarkan/", views.my_device_revoke, name="my_device_revoke"),
]
