"""Addresses of the domain. Numbers of papers hold slashes, so they stand last in their paths."""

from django.urls import URLPattern

app_name = "taxes"
urlpatterns: list[URLPattern] = []
