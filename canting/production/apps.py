"""Registers the domain."""

from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "canting.production"
