"""Names of the steps of the opening and of the old book's sums."""

from django.utils.translation import gettext as _

from canting.cooperatives.rules import Role
from canting.portal.rules.opening import OldTotal, Step


def step_name(step: Step) -> str:
    """The name of a step as its page and its entries say it."""
    return {
        Step.FACTS: _("Facts of the cooperative"),
        Step.PEOPLE: _("Officers"),
        Step.CASH: _("Cash and bank"),
        Step.MEMBERS: _("Members"),
        Step.SAVINGS: _("Members' savings"),
        Step.DUES: _("Receivables and payables"),
        Step.STOCK: _("Materials in stock"),
        Step.CLOTH: _("Cloth in stock"),
        Step.BALANCES: _("Other balances"),
        Step.ORDERS: _("Open orders"),
        Step.SIGN: _("Sign"),
    }[step]


def total_name(name: OldTotal) -> str:
    """The name of a sum of the balance sheet."""
    return {
        OldTotal.CASH: _("Cash and bank"),
        OldTotal.RECEIVABLES: _("Receivables and advances"),
        OldTotal.INVENTORY: _("Inventory"),
        OldTotal.OTHER_ASSETS: _("Other assets"),
        OldTotal.ASSETS: _("Total assets"),
        OldTotal.DEBTS: _("Debts"),
        OldTotal.ENTRY_SHARES: _("Entry shares"),
        OldTotal.REGULAR_SHARES: _("Regular shares"),
        OldTotal.OTHER_EQUITY: _("Reserves, grants, surplus"),
        OldTotal.DEBTS_AND_EQUITY: _("Total debts and equity"),
    }[name]


def role_name(role: str) -> str:
    """The name of a role, as people say it."""
    return {
        Role.MEMBER: _("Member"),
        Role.CASHIER: _("Cashier"),
        Role.STOREKEEPER: _("Storekeeper"),
        Role.MANAGER: _("Manager"),
        Role.MENTOR: _("Mentor"),
        Role.BOARD: _("Board"),
        Role.SUPERVISOR: _("Supervisor"),
    }[Role(role)]
