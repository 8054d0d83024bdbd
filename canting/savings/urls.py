"""Addresses of the domain."""

from django.urls import URLPattern

app_name = "savings"
urlpatterns: list[URLPattern] = []
