"""Registers the domain."""

from django.apps import AppConfig


class SurplusConfig(AppConfig):
    name = "canting.surplus"
