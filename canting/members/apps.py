"""Registers the domain."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "canting.members"
