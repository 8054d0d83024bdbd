"""Words for kinds, states, accounts and acts, as the pages of members show them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from canting.cooperatives.rules import Role
from canting.members.rules import (
    DUE_ROLES,
    HELD_ROLES,
    SHARE_ROLES,
    WAITING_ROLES,
    MemberKind,
    MemberState,
)

STATE_WORDS: Mapping[str, Any] = {
    MemberState.APPLICANT: _("Applicant"),
    MemberState.MEMBER: _("Member"),
    MemberState.LEAVING: _("Leaving"),
    MemberState.LEFT: _("Left"),
}
STATE_MARKS: Mapping[str, str] = {
    MemberState.APPLICANT: "wait",
    MemberState.MEMBER: "done",
    MemberState.LEAVING: "wait",
    MemberState.LEFT: "",
}
KIND_WORDS: Mapping[str, Any] = {
    MemberKind.ORDINARY: _("Ordinary member"),
    MemberKind.EXTRAORDINARY: _("Extraordinary member"),
}
FACT_WORDS: Mapping[str, Any] = {
    "full_name": _("Full name"),
    "called_name": _("Called name"),
    "title_before": _("Title before the name"),
    "title_after": _("Title after the name"),
    "kind": _("Kind of membership"),
    "phone": _("Phone"),
    "other_phone": _("Another phone"),
    "nik": _("NIK"),
    "birth_place": _("Birth place"),
    "birth_date": _("Birth date"),
    "dusun": _("Dusun"),
    "rt": _("RT"),
    "rw": _("RW"),
    "village_code": _("Village code"),
    "village": _("Village"),
    "district": _("District"),
    "regency": _("Regency"),
    "postal_code": _("Postal code"),
    "landmark": _("Landmark"),
    "workshop": _("Workshop or group"),
    "occupation": _("Occupation"),
    "email": _("Email"),
    "joined_on": _("Joined on"),
    "old_number": _("Old number"),
    "note": _("Note"),
}
ACT_WORDS: Mapping[str, Any] = {
    "members.registered": _("Written down"),
    "members.admitted": _("Admitted as a member"),
    "members.changed": _("Facts changed"),
    "members.nik_shown": _("NIK opened"),
    "savings.refused": _("Asked for shares back, refused"),
}

# The lower part of a member's page: what she has, owes, holds and waits for, by account.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Shares and savings"), SHARE_ROLES),
    (_("Waiting to be paid"), WAITING_ROLES),
    (_("Dues open"), DUE_ROLES),
    (_("Materials and advances held"), HELD_ROLES),
)

# Pages of other domains about this member: who may open them, in the order of the page.
ELSEWHERE = (
    ("savings.record_deposit", "savings:deposit_for", _("Deposit")),
    ("savings.view_deposits", "savings:member_card", _("Savings card")),
    ("production.view_orders", "production:member_work", _("Work")),
    ("purchasing.view_purchases", "purchasing:member_materials", _("Materials")),
    ("settlement.note_consent", "settlement:maker_detail", _("Pay")),
    ("savings.ask_exit", "savings:exit_new", _("Leaving")),
    ("cooperatives.give_sign_in_link", "cooperatives:sign_in_link_detail", _("Sign-in link")),
)


ROLE_WORDS: Mapping[str, Any] = {
    Role.CASHIER: _("Cashier"),
    Role.STOREKEEPER: _("Storekeeper"),
    Role.MANAGER: _("Manager"),
    Role.MENTOR: _("Field mentor"),
    Role.BOARD: _("Board"),
    Role.SUPERVISOR: _("Supervisors"),
}


def role_word(role: str) -> Any:
    """The word for a task in the cooperative."""
    return ROLE_WORDS[role]


def state_word(state: str) -> Any:
    """The word for a state of membership."""
    return STATE_WORDS[state]


def kind_word(kind: str) -> Any:
    """The word for a kind of membership."""
    return KIND_WORDS[kind]
