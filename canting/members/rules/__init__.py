"""Plain rules of membership: kinds and states, rights, names, places; see the modules."""

from collections.abc import Mapping

from canting.cooperatives.rules import Role
from canting.members.rules.people import (
    LEAVERS,
    CounterpartyClass,
    MemberKind,
    MemberState,
    address_parts,
    holds_nik,
    initials,
    paper_name,
    search_text,
    spoken_name,
)
from canting.members.rules.regions import (
    Region,
    RegionMatch,
    districts_of,
    find_district,
    find_regency,
    find_village,
    region_names,
    village,
    villages_of,
)

STAFF_WHO_SEE = frozenset(
    {Role.CASHIER, Role.STOREKEEPER, Role.MANAGER, Role.MENTOR, Role.BOARD, Role.SUPERVISOR}
)
LEADERS = frozenset({Role.MANAGER, Role.BOARD})

# Accounts on which a member's name stands: what she has, owes, holds of ours and waits for.
SHARE_ROLES = ("share_principal", "share_mandatory", "savings_vol", "savings_time")
DUE_ROLES = ("recv_member", "recv_member_on_sale", "recv_damage", "loan_member",
             "loan_interest_recv", "onlend")  # fmt: skip
HELD_ROLES = ("custody", "advance_maker")
WAITING_ROLES = ("pay_maker", "wages_payable", "consign_payable", "shu_payable", "exit_payable")
STATEMENT_ROLES = (*SHARE_ROLES, *WAITING_ROLES, *DUE_ROLES, *HELD_ROLES)

RIGHTS: Mapping[str, frozenset[Role]] = {
    "members.view_members": STAFF_WHO_SEE,
    "members.admit_member": LEADERS,
    "members.edit_member": LEADERS,
    "members.import_members": LEADERS,
    "members.export_members": LEADERS | {Role.SUPERVISOR},
    "members.show_identity": LEADERS,
    "members.view_me": frozenset({Role.MEMBER}),
}

PAPERS: Mapping[str, tuple[str, str]] = {"members.member": ("members:member_detail", "number")}

__all__ = [
    "DUE_ROLES",
    "HELD_ROLES",
    "LEADERS",
    "LEAVERS",
    "PAPERS",
    "RIGHTS",
    "SHARE_ROLES",
    "STATEMENT_ROLES",
    "WAITING_ROLES",
    "CounterpartyClass",
    "MemberKind",
    "MemberState",
    "Region",
    "RegionMatch",
    "address_parts",
    "districts_of",
    "find_district",
    "find_regency",
    "find_village",
    "holds_nik",
    "initials",
    "paper_name",
    "region_names",
    "search_text",
    "spoken_name",
    "village",
    "villages_of",
]
