"""Registers the domain."""

from django.apps import AppConfig


class CashConfig(AppConfig):
    name = "canting.cash"
