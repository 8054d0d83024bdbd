"""Addresses of the domain. A member's number may hold slashes, so it stands last in its path."""

from django.urls import path

from canting.members import views

app_name = "members"
urlpatterns = [
    path("saya/", views.me, name="me"),
    path("saya/rekening/", views.my_statement, name="my_statement"),
    path("saya/keluar-semua/", views.me_sign_out, name="me_sign_out"),
    path("anggota/", views.member_list, name="member_list"),
    path("anggota/baru/", views.member_new, name="member_new"),
    path("anggota/unduh/<str:form>/", views.member_export, name="member_export"),
    path("anggota/cari/", views.member_hints, name="member_hints"),
    path("anggota/impor/", views.import_start, name="import_start"),
    path("anggota/impor/layout/<int:mapping>/", views.import_forget, name="import_forget"),
    path("anggota/impor/<str:reference>/", views.import_review, name="import_review"),
    path("anggota/impor/<str:reference>/kolom/", views.import_columns, name="import_columns"),
    path("anggota/impor/<str:reference>/berkas/", views.import_errors, name="import_errors"),
    path("anggota/impor/<str:reference>/masuk/", views.import_take, name="import_take"),
    path("anggota/impor/<str:reference>/urungkan/", views.import_undo, name="import_undo"),
    path("anggota/impor/<str:reference>/buang/", views.import_drop, name="import_drop"),
    path("anggota/ubah/<path:number>/", views.member_edit, name="member_edit"),
    path("anggota/terima/<path:number>/", views.member_admit, name="member_admit"),
    path("anggota/nik/<path:number>/", views.member_nik, name="member_nik"),
    path("anggota/rekening/<path:number>/", views.member_statement, name="member_statement"),
    path("anggota/hapus/<path:number>/", views.member_delete, name="member_delete"),
    path("anggota/<path:number>/", views.member_detail, name="member_detail"),
]
