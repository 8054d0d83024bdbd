"""Addresses of the portal under a cooperative's short name."""

from django.urls import path

from canting.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.open_home, name="open_home"),
    path("hari-ini/", views.today, name="today"),
    path("beranda/", views.home, name="home"),
    path("koperasi/", views.house_page, name="house_page"),
    path("cari/", views.search, name="search"),
    path("kabar/", views.notice_page, name="notice_page"),
    path("kabar/tarik/", views.notice_withdraw, name="notice_withdraw"),
    path("surat/", views.paper, name="paper"),
    path("periksa-buku/", views.verify_page, name="verify_page"),
    path("cadangan/", views.backup_list, name="backup_list"),
    path("cadangan/buat/", views.backup_now, name="backup_now"),
    path("mulai/", views.start_page, name="start_page"),
    path("mulai/data/", views.start_facts, name="start_facts"),
    path("mulai/orang/", views.start_people, name="start_people"),
    path("mulai/orang/cabut/", views.start_people_end, name="start_people_end"),
    path("mulai/isi/<slug:step>/", views.start_part, name="start_part"),
    path("mulai/isi/<slug:step>/buang/", views.start_drop, name="start_drop"),
    path("mulai/buku-lama/", views.start_old_book, name="start_old_book"),
    path("mulai/bagan/", views.old_chart, name="old_chart"),
    path("mulai/bagan/<slug:reference>/", views.old_chart_match, name="old_chart_match"),
    path("mulai/berkas/", views.old_book_list, name="old_book_list"),
    path("mulai/berkas/<int:number>/", views.old_book, name="old_book"),
    path("mulai/berkas/<int:number>/buang/", views.old_book_drop, name="old_book_drop"),
    path("mulai/berkas/<int:number>/urungkan/", views.old_book_undo, name="old_book_undo"),
    path("mulai/berkas/surat/<path:number>", views.old_book_paper, name="old_book_paper"),
    path("mulai/berkas/riwayat/<path:number>", views.old_book_history, name="old_book_history"),
    path("mulai/tanda-tangan/", views.start_sign, name="start_sign"),
    path("mulai/surat/<path:number>", views.start_paper, name="start_paper"),
    path("cadangan/unduh/<str:name>", views.backup_download, name="backup_download"),
]
