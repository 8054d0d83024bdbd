"""Django's `migrate`, in a fraction of its time."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoCommand

from canting.kernel.migrating import quick_migrations


class Command(DjangoCommand):
    """The same command with the same options; see `canting.kernel.migrating`."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, drawing only the models that a step changes."""
        with quick_migrations():
            super().handle(*args, **options)
