"""Registers the domain."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "canting.ledger"
