"""Addresses of the surplus; a number holds slashes, so it comes last."""

from django.urls import URLPattern

app_name = "surplus"
urlpatterns: list[URLPattern] = []
