"""Addresses outside every cooperative: the front door, tokens, sign-in by link."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
