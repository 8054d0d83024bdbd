"""Addresses of the domain."""

from django.urls import path

from canting.cooperatives import views

app_name = "cooperatives"
urlpatterns = [
    path("rumah/", views.house_facts, name="house_facts"),
    path("orang/", views.people_list, name="people_list"),
    path("orang/baru/", views.person_create, name="person_create"),
    path("orang/peran/<str:username>/", views.person_role, name="person_role"),
    path("orang/sandi/<str:username>/", views.person_password, name="person_password"),
    path("orang/lihat/<str:username>/", views.person_detail, name="person_detail"),
    path("parameter/", views.parameter_list, name="parameter_list"),
    path("parameter/tetapkan/<str:name>/", views.parameter_set, name="parameter_set"),
    path("parameter/lihat/<str:name>/", views.parameter_detail, name="parameter_detail"),
    path("jejak/", views.audit_list, name="audit_list"),
    path("berkas/<slug:digest>/", views.attachment, name="attachment"),
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
