"""Registers the domain."""

from django.apps import AppConfig


class LendingConfig(AppConfig):
    name = "canting.lending"
