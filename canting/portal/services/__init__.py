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
from canting.portal.services.claims import Claim
from canting.portal.services.found import found_cooperative, proposed_slug
from canting.portal.services.goods import Goods
from canting.portal.services.notices import post_notice, withdraw_notices
from canting.portal.services.old_books import (
    book_old_book,
    drop_old_book,
    keep_answers,
    keep_old_book,
    refuse_booked,
    remember_names,
    undo_old_book,
)
from canting.portal.services.people import end_role, give_role
from canting.portal.services.signing import prepare_opening, set_old_totals, sign_opening
from canting.portal.services.start import (
    Taken,
    admit_members,
    change_facts,
    drop_draft,
    keep_draft,
    new_partner,
    put_balances,
    put_dues,
    put_goods,
    put_savings,
    take_open_orders,
)
from canting.portal.services.upgrade import Upgraded, upgrade, waiting_steps

__all__ = [
    "Claim",
    "Goods",
    "Taken",
    "Upgraded",
    "admit_members",
    "back_up",
    "back_up_daily",
    "backup_age",
    "backup_file",
    "book_old_book",
    "change_facts",
    "check_backup",
    "drop_draft",
    "drop_old_book",
    "end_role",
    "found_cooperative",
    "give_role",
    "keep_answers",
    "keep_draft",
    "keep_old_book",
    "listed_backups",
    "new_partner",
    "post_notice",
    "prepare_opening",
    "proposed_slug",
    "put_balances",
    "put_dues",
    "put_goods",
    "put_savings",
    "refuse_booked",
    "remember_names",
    "restore",
    "set_old_totals",
    "sign_opening",
    "take_open_orders",
    "undo_old_book",
    "upgrade",
    "waiting_steps",
    "withdraw_notices",
]
