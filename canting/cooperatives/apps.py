"""Registers the domain and puts the append-only triggers back after every migrate and flush."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CooperativesConfig(AppConfig):
    name = "canting.cooperatives"

    def ready(self) -> None:
        from canting.kernel.append_only import put_triggers  # noqa: PLC0415 - models load later

        post_migrate.connect(put_triggers, sender=self, dispatch_uid="append-only triggers")
