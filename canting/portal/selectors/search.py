"""One box for everything: members, orders, cloth, papers; only what the seeker may open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from canting.cooperatives.rules import number_parts
from canting.kernel.dates import format_date
from canting.ledger import selectors as ledger
from canting.lending import selectors as lending
from canting.members import selectors as members
from canting.portal.selectors.checks import paper_url
from canting.portal.selectors.rows import may_open, page
from canting.production import selectors as production
from canting.purchasing import selectors as purchasing
from canting.sales import selectors as sales
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

MOST_HITS = 8
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is, what tells it apart, where it opens."""

    what: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """What one domain found."""

    title: str
    hits: tuple[Hit, ...]
    is_cut: bool


def jump(*, cooperative: Cooperative, words: str, rights: Collection[str]) -> str:
    """The page of exactly this cloth code or paper number, when the seeker may open it; else ""."""
    typed = words.strip()
    found = (_cloth_page(cooperative, typed), *_paper_pages(cooperative, typed))
    return next((url for url in found if may_open(url, rights)), "")


def _cloth_page(cooperative: Cooperative, typed: str) -> str:
    lot = stock.lot_by_code(cooperative, typed)
    return _lot_page(cooperative, lot.code) if lot else ""


def _lot_page(cooperative: Cooperative, code: str) -> str:
    return page("stock:lot_detail", cooperative.slug, code)


# Orders and contracts move no money, so the books do not know them.
_UNPOSTED: tuple[tuple[Callable[..., object], str], ...] = (
    (sales.order_by_number, "sales:order_detail"),
    (production.work_order, "production:work_order_detail"),
    (purchasing.order_by_number, "purchasing:order_detail"),
    (purchasing.quote_request_by_number, "purchasing:quote_detail"),
    (lending.facility, "lending:facility_detail"),
    (lending.onlend, "lending:onlend_detail"),
)


def _paper_pages(cooperative: Cooperative, typed: str) -> Iterable[str]:
    number = typed.upper()
    if number_parts(number) is None:
        return
    slug = cooperative.slug
    for known, view in _UNPOSTED:
        if known(cooperative=cooperative, number=number):
            yield page(view, slug, number)
    for entry in ledger.entries_of_paper(cooperative=cooperative, paper=number):
        url = paper_url(cooperative=cooperative, source=entry.source)
        if url:
            yield url


def search(*, cooperative: Cooperative, words: str, rights: Collection[str]) -> list[Group]:
    """What the words find in each domain, the groups in the order people ask for them."""
    typed = " ".join(words.split())[:LONGEST]
    if not typed:
        return []
    found = [
        _group(_("Members"), _members(cooperative, typed)),
        _group(_("Orders"), _orders(cooperative, typed)),
        _group(_("Supplier orders"), _supplier_orders(cooperative, typed)),
        _group(_("Partner funds"), _facilities(cooperative, typed)),
        _group(_("Cloth"), _cloth(cooperative, typed)),
        _group(_("Accounts"), _accounts(cooperative, typed)),
        _group(_("Papers"), _papers(cooperative, typed, rights)),
    ]
    allowed = [
        Group(one.title, tuple(h for h in one.hits if may_open(h.url, rights)), one.is_cut)
        for one in found
    ]
    return [one for one in allowed if one.hits]


def _group(title: str, hits: Iterable[Hit]) -> Group:
    listed = list(hits)
    return Group(title, tuple(listed[:MOST_HITS]), len(listed) > MOST_HITS)


def _members(cooperative: Cooperative, words: str) -> Iterable[Hit]:
    for one in members.members(cooperative=cooperative, words=words)[: MOST_HITS + 1]:
        yield Hit(
            one.full_name,
            " · ".join(part for part in (one.called_name, one.number, one.dusun) if part),
            page("members:member_detail", cooperative.slug, one.number),
        )


def _orders(cooperative: Cooperative, words: str) -> Iterable[Hit]:
    named = Q(number__icontains=words) | Q(buyer__name__icontains=words)
    named |= Q(buyer_reference__iexact=words)
    found = sales.orders(cooperative=cooperative).filter(named).order_by("-ordered_on", "-id")
    for one in found[: MOST_HITS + 1]:
        yield Hit(
            one.buyer.name,
            f"{one.number} · {format_date(one.promised_date)}",
            page("sales:order_detail", cooperative.slug, one.number),
        )


def _supplier_orders(cooperative: Cooperative, words: str) -> Iterable[Hit]:
    """By number, by supplier, or by the number on her bill."""
    named = Q(number__icontains=words) | Q(supplier__name__icontains=words)
    named |= Q(bills__nota__iexact=words)
    found = purchasing.orders(cooperative=cooperative).filter(named).distinct()
    for one in found[: MOST_HITS + 1]:
        yield Hit(
            one.supplier.name,
            f"{one.number} · {format_date(one.promised_on)}",
            page("purchasing:order_detail", cooperative.slug, one.number),
        )


def _facilities(cooperative: Cooperative, words: str) -> Iterable[Hit]:
    for one in lending.facilities(cooperative=cooperative, words=words)[: MOST_HITS + 1]:
        yield Hit(
            one.financier.party.name,
            f"{one.number} · {one.contract}",
            page("lending:facility_detail", cooperative.slug, one.number),
        )


def _cloth(cooperative: Cooperative, words: str) -> Iterable[Hit]:
    for one in stock.lots(cooperative, words=words)[: MOST_HITS + 1]:
        yield Hit(
            f"{one.label} {one.item.name}",
            " · ".join(part for part in (one.maker.name if one.maker else "", one.grade) if part),
            _lot_page(cooperative, one.code),
        )


def _accounts(cooperative: Cooperative, words: str) -> Iterable[Hit]:
    """By the code that is shown, by ours, or by name."""
    for one in ledger.accounts_like(cooperative=cooperative, words=words)[: MOST_HITS + 1]:
        yield Hit(
            ledger.label(one),
            one.code if one.shown else "",
            page("ledger:account_ledger", cooperative.slug, one.code),
        )


def _papers(cooperative: Cooperative, words: str, rights: Collection[str]) -> Iterable[Hit]:
    """Papers whose number holds the words; one paper once, with the page that shows it."""
    if "/" not in words:
        return
    seen: set[str] = set()
    for entry in ledger.papers_like(cooperative=cooperative, number=words.upper(), most=40):
        url = paper_url(cooperative=cooperative, source=entry.source) or ""
        if entry.paper in seen or not may_open(url, rights):
            continue
        seen.add(entry.paper)
        yield Hit(entry.paper, f"{entry.memo} · {format_date(entry.own_date)}", url)
