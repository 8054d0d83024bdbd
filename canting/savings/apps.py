"""Registers the domain."""

from django.apps import AppConfig


class SavingsConfig(AppConfig):
    name = "canting.savings"
