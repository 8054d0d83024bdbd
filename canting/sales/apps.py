"""Registers the domain."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "canting.sales"
