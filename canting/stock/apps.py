"""Registers the domain."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "canting.stock"
