"""Addresses of the domain. Numbers of papers hold slashes, so they stand last in their paths."""

from django.urls import path

from canting.treasury import views

app_name = "treasury"
urlpatterns = [
    path("bank/", views.bank_page, name="bank_page"),
    path("bank/baca/", views.bank_read, name="bank_read"),
    path("bank/cocokkan/", views.bank_sure, name="bank_sure"),
    path("bank/baris/<int:pk>/", views.bank_line, name="bank_line"),
    path("bank/baris/<int:pk>/pisah/", views.bank_part, name="bank_part"),
    path("bank/baris/<int:pk>/catat/", views.bank_book, name="bank_book"),
    path("bank/daftar/<int:pk>/batal/", views.bank_take_back, name="bank_take_back"),
]
