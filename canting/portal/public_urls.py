"""Addresses outside every cooperative: the front door, links without an account."""

from django.urls import path

from canting.portal import views

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("mulai/pilih/", views.choose, name="choose"),
    path("t/<str:token>/", views.token, name="token"),
    path("kain/<str:code>/", views.cloth_passport, name="cloth_passport"),
    path("tentang/", views.about, name="about"),
]
