"""Registers the domain."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "canting.oversight"
