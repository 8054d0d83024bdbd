"""Writes of the portal; see the modules of this package."""

from canting.portal.services.backup import (
    back_up,
    back_up_daily,
    backup_age,
    backup_file,
    check_backup,
    listed_backups,
    restore,
)

__all__ = [
    "back_up",
    "back_up_daily",
    "backup_age",
    "backup_file",
    "check_backup",
    "listed_backups",
    "restore",
]
