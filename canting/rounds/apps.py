"""Registers the domain."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "canting.rounds"
