"""Registers the domain; puts the guards of the rows back after every migrate and flush."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class CooperativesConfig(AppConfig):
    name = "canting.cooperatives"

    def ready(self) -> None:
        from canting.kernel import row_seals  # noqa: PLC0415 - models load later
        from canting.kernel.append_only import put_triggers  # noqa: PLC0415 - models load later

        post_migrate.connect(put_triggers, sender=self, dispatch_uid="append-only triggers")
        connection_created.connect(row_seals.prepare_connection, dispatch_uid="row seals")
        pre_migrate.connect(row_seals.open_seals, sender=self, dispatch_uid="row seals off")
        post_migrate.connect(row_seals.put_seals, sender=self, dispatch_uid="row seals on")
