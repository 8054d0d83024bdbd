"""Who may see which home, and who may keep the backups."""

from collections.abc import Mapping

from canting.cooperatives.rules import EVERYONE, STAFF, Role

RIGHTS: Mapping[str, frozenset[Role]] = {
    "portal.view_today": STAFF | {Role.SUPERVISOR},
    "portal.view_home": frozenset({Role.MEMBER}),
    "portal.open": EVERYONE,
    "portal.search": STAFF | {Role.SUPERVISOR},
    "portal.start": frozenset({Role.MANAGER, Role.BOARD}),
    "portal.post_notice": frozenset({Role.MANAGER, Role.BOARD}),
    "portal.verify": frozenset({Role.SUPERVISOR, Role.BOARD, Role.MANAGER}),
    "portal.backup": frozenset({Role.MANAGER, Role.BOARD}),
}

PAPERS: Mapping[str, tuple[str, str]] = {
    "portal.opening": ("portal:start_paper", "number"),
    "portal.old_book": ("portal:old_book_paper", "number"),
}
