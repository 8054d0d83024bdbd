"""Every way the portal can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class NotEmpty(DomainError):
    code = "portal.not_empty"
    message = _(
        "This installation holds data already (%(what)s). A backup is restored into an empty place: "
        "set CANTING_HOME to a new folder and run the command again."
    )


class NotABackup(DomainError):
    code = "portal.not_a_backup"
    message = _("%(name)s is not a backup of Canting: %(why)s")


class BackupDamaged(DomainError):
    code = "portal.backup_damaged"
    message = _("The backup %(name)s does not match its own list: %(what)s. Nothing was restored.")


class BackupNeedsSqlite(DomainError):
    code = "portal.backup_needs_sqlite"
    message = _(
        "This installation keeps its data in PostgreSQL: back it up with pg_dump, and the folder %(files)s."
    )


class NoSuchCooperative(DomainError):
    code = "portal.no_such_cooperative"
    message = _("There is no cooperative “%(name)s”. Known are: %(known)s.")
