"""The doors of the portal; see the modules of this package."""

from canting.portal.views.front import (
    about,
    choose,
    cloth_passport,
    front_door,
    open_home,
    token,
)
from canting.portal.views.keeping import (
    backup_download,
    backup_list,
    backup_now,
    paper,
    verify_page,
)

__all__ = [
    "about",
    "backup_download",
    "backup_list",
    "backup_now",
    "choose",
    "cloth_passport",
    "front_door",
    "open_home",
    "paper",
    "token",
    "verify_page",
]
