"""Registers the domain."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "canting.reports"
