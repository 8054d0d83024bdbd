"""Registers the domain."""

from django.apps import AppConfig


class PurchasingConfig(AppConfig):
    name = "canting.purchasing"
