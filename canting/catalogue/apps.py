"""Registers the domain."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "canting.catalogue"
