"""Addresses of the domain."""

from django.urls.resolvers import URLPattern

app_name = "rounds"
urlpatterns: list[URLPattern] = []
