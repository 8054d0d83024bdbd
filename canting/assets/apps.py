"""Registers the domain."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "canting.assets"
