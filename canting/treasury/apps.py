"""Registers the domain."""

from django.apps import AppConfig


class TreasuryConfig(AppConfig):
    name = "canting.treasury"
