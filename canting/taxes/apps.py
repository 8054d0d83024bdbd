"""Registers the domain."""

from django.apps import AppConfig


class TaxesConfig(AppConfig):
    name = "canting.taxes"
