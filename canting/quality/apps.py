"""Registers the domain."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "canting.quality"
