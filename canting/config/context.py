"""What every page knows: who is here, in which cooperative, the menus, what is allowed."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from canting.config.frame import Frame, Here, House
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


class Way(NamedTuple):
    """A menu word with its address; a front door, which the others begin with, is one on its own."""

    entry: Entry
    url: str
    is_front_door: bool


def ways(entries: Iterable[Entry], slug: str, can: Can) -> tuple[Way, ...]:
    """Return the entries that exist and are allowed, with their addresses."""
    shown = [
        (entry, url)
        for entry in entries
        if not entry.right or can[entry.right]
        if (url := address(entry.view, slug))
    ]
    urls = [url for _entry, url in shown]
    return tuple(
        Way(entry, url, any(other != url and other.startswith(url) for other in urls))
        for entry, url in shown
    )


def place_in(found: Sequence[Way], path: str) -> int:
    """Return which word of a menu `path` belongs to; -1 for none."""
    for place, way in enumerate(found):
        # An address that the others begin with is current on its own page only.
        if path == way.url if way.is_front_door else path.startswith(way.url):
            return place
    return -1


def drawn_menu(found: Sequence[Way], current: int) -> list[Item]:
    """Return the words of a menu as the shell draws them."""
    return [
        Item(way.entry.label, way.entry.icon, way.url, place == current)
        for place, way in enumerate(found)
    ]


def menu(entries: Iterable[Entry], slug: str, can: Can, path: str) -> list[Item]:
    """Return the entries that exist and are allowed; the one whose pages we are on is current."""
    found = ways(entries, slug, can)
    return drawn_menu(found, place_in(found, path))


def bottom_bar(nav: list[Item]) -> tuple[list[Item], list[Item]]:
    """Return the tabs of a phone and what *More* opens: four words, or three and *More*."""
    if len(nav) <= TABS:
        return nav, []
    tabs, more = nav[: TABS - 1], nav[TABS - 1 :]
    current = any(item.current for item in more)
    return [*tabs, Item(_("More"), "more", "#lainnya", current)], more


class Standing(NamedTuple):
    """What follows from a cooperative and one's rights in it alone."""

    can: Can
    nav: tuple[Way, ...]
    own: tuple[Way, ...]
    addresses: dict[str, str]


@lru_cache(maxsize=512)
def standing(_prefix: str, slug: str, rights: frozenset[str], is_member: bool) -> Standing:
    """Return what these rights open, worked out once; other rights are another question."""
    can = Can((right, True) for right in rights)
    own = ways(MEMBER, slug, can) if is_member else ()
    nav = (ways(STAFF, slug, can) if slug else ()) or own
    return Standing(
        can,
        nav,
        own,
        {
            "home_url": nav[0].url if nav else "/",
            "search_url": address("portal:search", slug) if nav else "",
            "sign_out_url": address("account_logout"),
            "account_url": address("mfa_index"),
            "set_language_url": address("set_language"),
        },
    )


def frame_facts(here: Here) -> dict[str, Any]:
    """Return the menus and addresses of a frame, for whoever draws it."""
    slug = here.house.slug if here.house else ""
    found = standing(here.prefix, slug, here.rights, here.is_member)
    nav = drawn_menu(found.nav, here.nav)
    tabs, more = bottom_bar(nav)
    house_menu = drawn_menu(ways(HOUSE, slug, found.can), -1) if here.house else []
    return {
        **found.addresses,
        "house": here.house,
        "help_url": wa_address(here.house.phone) if here.house else "",
        "border": border(slug or "canting"),
        "nav": nav,
        "tabs": tabs,
        "more": more,
        "member_tabs": drawn_menu(found.own, here.own),
        "house_menu": house_menu,
    }


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the values of the shells for this request; works for a stranger and on every page."""
    access = getattr(request, "access", None)
    cooperative = getattr(access, "cooperative", None)
    house = None
    if cooperative:
        house = House(cooperative.slug, cooperative.name, cooperative.place, cooperative.phone)
    rights = frozenset(getattr(access, "rights", ()))
    is_member = bool(getattr(access, "is_member", False))
    prefix = get_script_prefix()
    found = standing(prefix, house.slug if house else "", rights, is_member)
    nav, own = place_in(found.nav, request.path), place_in(found.own, request.path)
    here = Here(prefix, house, rights, is_member, nav, own)
    name = _user_name(access, request)
    return {
        **found.addresses,
        "access": access,
        "cooperative": cooperative,
        "can": found.can,
        "frame": Frame(request, here, frame_facts, name),
        "today": timezone.localdate(),
        "help_url": wa_address(house.phone) if house else "",
        "user_name": name,
    }


def _user_name(access: Any, request: HttpRequest) -> str:
    user = getattr(access, "user", None) or getattr(request, "user", None)
    if user is None or not getattr(user, "is_authenticated", False):
        return ""
    return str(getattr(user, "called", "") or user.get_full_name() or user.get_username())
