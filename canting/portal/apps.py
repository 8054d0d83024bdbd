"""Registers the domain."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "canting.portal"
