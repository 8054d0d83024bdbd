"""What every page knows: who is here, in which cooperative, the menus, what is allowed."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from canting.kernel.addresses import address as address_of
from canting.kernel.charts import border
from canting.kernel.member_text import m_lazy
from canting.kernel.wa import wa_address


class Entry(NamedTuple):
    """One word of a menu: label, icon, the view it opens, the right it needs ("" for none)."""

    label: str | Promise
    icon: str
    view: str
    right: str = ""


class Item(NamedTuple):
    """A menu word as the shell draws it."""

    label: str | Promise
    icon: str
    url: str
    current: bool


STAFF = (
    Entry(_("Today"), "home", "portal:today", "portal.view_today"),
    Entry(_("Orders"), "list", "sales:order_list", "sales.view_orders"),
    Entry(_("Cloth"), "cloth", "production:cloth", "production.view_cloth"),
    Entry(_("Materials"), "box", "stock:stock_page", "stock.view_stock"),
    Entry(_("Members"), "people", "members:member_list", "members.view_members"),
    Entry(_("Cash"), "cash", "cash:cash_page", "cash.view_cash"),
    Entry(_("Books"), "book", "ledger:book", "ledger.view_books"),
    Entry(_("House"), "settings", "portal:house_page", "portal.view_today"),
)
MEMBER = (
    Entry(m_lazy("Home"), "home", "portal:home"),
    Entry(m_lazy("Work"), "cloth", "production:my_work"),
    Entry(m_lazy("Money"), "cash", "settlement:my_money"),
    Entry(m_lazy("Me"), "user", "members:me"),
)
# What is needed now and then stands under one's own name, not in the menu of every day.
HOUSE = (
    Entry(
        _("Facts of the cooperative"),
        "edit",
        "cooperatives:house_facts",
        "cooperatives.change_house",
    ),
    Entry(_("People"), "people", "cooperatives:people_list", "cooperatives.manage_people"),
    Entry(
        _("Sign-in links"), "link", "cooperatives:sign_in_links", "cooperatives.give_sign_in_link"
    ),
    Entry(
        _("Parameters"), "settings", "cooperatives:parameter_list", "cooperatives.view_parameters"
    ),
    Entry(_("Audit trail"), "eye", "cooperatives:audit_list", "cooperatives.view_audit"),
    Entry(_("Backups"), "shield", "portal:backup_list", "portal.backup"),
)
TABS = 4


class Can(dict[str, bool]):
    """The rights as a question: `can["members.view"]`; what nobody granted is not allowed."""

    def __missing__(self, right: str) -> bool:
        return False


def address(view: str, *parts: object) -> str:
    """Return the address of `view`, or "" while no such page exists."""
    try:
        return address_of(view, *parts)
    except NoReverseMatch:
        return ""


def menu(entries: Iterable[Entry], slug: str, can: Can, path: str) -> list[Item]:
    """Return the entries that exist and are allowed; the one whose pages we are on is current."""
    shown = [
        (entry, url)
        for entry in entries
        if not entry.right or can[entry.right]
        if (url := address(entry.view, slug))
    ]
    urls = [url for _entry, url in shown]
    return [Item(entry.label, entry.icon, url, _is_here(url, path, urls)) for entry, url in shown]


def _is_here(url: str, path: str, urls: list[str]) -> bool:
    # An address that the others begin with (the front door) is current on its own page only.
    front_door = any(other != url and other.startswith(url) for other in urls)
    return path == url if front_door else path.startswith(url)


def bottom_bar(nav: list[Item]) -> tuple[list[Item], list[Item]]:
    """Return the tabs of a phone and what *More* opens: four words, or three and *More*."""
    if len(nav) <= TABS:
        return nav, []
    tabs, more = nav[: TABS - 1], nav[TABS - 1 :]
    current = any(item.current for item in more)
    return [*tabs, Item(_("More"), "more", "#lainnya", current)], more


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the values of the shells for this request; works for a stranger and on every page."""
    access = getattr(request, "access", None)
    cooperative = getattr(access, "cooperative", None)
    can = Can((right, True) for right in getattr(access, "rights", ()))
    slug = cooperative.slug if cooperative else ""
    own: list[Item] = []
    if getattr(access, "is_member", False):
        own = menu(MEMBER, slug, can, request.path)
    nav = menu(STAFF, slug, can, request.path) if cooperative else []
    nav = nav or own
    tabs, more = bottom_bar(nav)
    return {
        "access": access,
        "cooperative": cooperative,
        "can": can,
        "nav": nav,
        "tabs": tabs,
        "more": more,
        "member_tabs": own,
        "house": menu(HOUSE, slug, can, request.path) if cooperative else [],
        "today": timezone.localdate(),
        "home_url": nav[0].url if nav else "/",
        "help_url": wa_address(cooperative.phone) if cooperative else "",
        "search_url": address("portal:search", slug) if nav else "",
        "sign_out_url": address("account_logout"),
        "account_url": address("mfa_index"),
        "set_language_url": address("set_language"),
        "user_name": _user_name(access, request),
        "border": border(slug or "canting"),
    }


def _user_name(access: Any, request: HttpRequest) -> str:
    user = getattr(access, "user", None) or getattr(request, "user", None)
    if user is None or not getattr(user, "is_authenticated", False):
        return ""
    return str(getattr(user, "called", "") or user.get_full_name() or user.get_username())
