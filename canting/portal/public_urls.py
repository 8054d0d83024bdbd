"""Addresses outside every cooperative: the front door, links without an account."""

from django.urls import path

from canting.cooperatives import views as house
from canting.portal import views

urlpatterns = [
    path("masuk/", house.sign_in, name="sign_in"),
    path("masuk/coba/", house.sign_in_demo, name="sign_in_demo"),
    path("masuk/tautan/<str:token>/", house.sign_in_by_link, name="sign_in_by_link"),
    path("", views.front_door, name="front_door"),
    path("mulai/pilih/", views.choose, name="choose"),
    path("t/<str:token>/", views.token, name="token"),
    path("kain/<str:code>/", views.cloth_passport, name="cloth_passport"),
    path("tentang/", views.about, name="about"),
]
