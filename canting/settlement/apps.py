"""Registers the domain."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "canting.settlement"
