"""Every list of the house goes out as a file: the same rows, filter, cooperative and right.

A view that draws a table or pages, and is no single paper, carries `listed` or stands in NO_LISTS
with the reason, so that a new list cannot be forgotten.
"""

import ast
import inspect
import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from canting.cooperatives import selectors as house
from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import all_rights
from canting.portal import demo
from canting.portal.demo.stage import SECOND_SLUG, SLUG
from tests import builders, lists
from tests.portal.clock import stop_clock
from tests.test_doors import Address, addresses
from tests.ways import LINK, view_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent / "canting"
LISTED = [one for one in addresses() if getattr(one.view, "listed", False)]
PLAIN = [one for one in LISTED if one.route.count("<") == 1]
DRAWS = re.compile(r"ui\.(table|plain_table|pages|pager|work)\(")
PAGES = re.compile(r"ui\.(pages|pager)\(")
JOINS = re.compile(r'{%-?\s*(?:include|from|import)\s+"([^"]+)"')
# Pages with a table or a list of work that is no list of the house: what they are instead.
STATEMENT = "a statement or a report with files of its own"
ACTS = "what waits to be done, each with its act; its papers have a list elsewhere"
FORM = "a form that shows what it is about"
NO_LISTS = {
    "portal:today": ACTS,
    "portal:house_page": "the way to the pages of the house",
    "portal:search": "what was found of every kind; each kind has its list",
    "portal:verify_page": "checks that run now",
    "portal:backup_list": "files, each to be downloaded itself",
    "portal:start_page": "the steps of a beginning",
    "portal:start_people": FORM,
    "portal:start_sign": FORM,
    "portal:old_book_list": "files that are being read in",
    "portal:old_book_paper": "the rows of a file that is being read in",
    "portal:old_book_history": "the rows of a file that is being read in",
    "reports:index": "the way to the statements",
    "reports:position_page": STATEMENT,
    "reports:surplus_page": STATEMENT,
    "reports:equity_page": STATEMENT,
    "reports:cash_page": STATEMENT,
    "reports:promotion_page": STATEMENT,
    "reports:notes_page": STATEMENT,
    "treasury:budget_page": STATEMENT,
    "taxes:month_page": STATEMENT,
    "sales:tax_page": "a reckoning of the tax of some months",
    "taxes:fact_page": FORM,
    "taxes:pkp_page": FORM,
    "savings:interest_page": FORM,
    "surplus:sharing_list": "decisions of a year, each a paper",
    "surplus:payout_page": FORM,
    "surplus:fund_page": FORM,
    "production:cloth": "cloth by station; stock has the list of pieces",
    "production:material_fact_new": FORM,
    "quality:receive": FORM,
    "sales:till": FORM,
    "purchasing:hand_out_new": FORM,
    "purchasing:return_new": FORM,
    "purchasing:till": FORM,
    "purchasing:order_new": FORM,
    "stock:scan_page": FORM,
    "stock:transfer_new": FORM,
    "stock:blend_new": FORM,
    "stock:repack_new": FORM,
    "catalogue:import_items": FORM,
    "savings:deposit_new": FORM,
    "members:import_start": FORM,
    "portal:old_chart": FORM,
    "oversight:sample_list": "samples drawn; the papers of each go out as a file",
    "treasury:unit_page": STATEMENT,
    "treasury:unit_rules": FORM,
    "ledger:account_style": FORM,
    "ledger:book": "the way to the books",
    "ledger:period_list": "the checks of a month; its closings are listed as checkpoints",
    "ledger:year_list": "the checks of a year",
    "ledger:export_list": "files, each to be downloaded itself",
    "cooperatives:my_devices": "one's own devices",
}
# Lists whose file has other rows than a table of the page: what a row of the file is.
OWN_ROWS = {
    "ledger:entry_list": "a line of an entry",
    "catalogue:recipe_list": "an ingredient; the page names each recipe once",
    "treasury:costs_page": "what was paid ahead, one of several tables of the page",
    "oversight:sample_detail": "a row of work on the page, not of a table",
    "sales:ship_page": "every delivery note; the page shows the last ones",
    "stock:stock_page": "a material or a product, of two tables of the page",
    "purchasing:compare_list": "a row of work on the page, not of a table",
    "cooperatives:sign_in_links": "a row of work on the page, not of a table",
}
# Listed views of one thing that the demonstration has no example of.
UNSEEN = {
    "oversight:sample_detail", "rounds:quota_page", "stock:batch_detail", "stock:store_page",
}  # fmt: skip


def name_of(address: Address) -> str:
    return view_of(address.path("contoh"))


@cache
def module_of(path: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(Path(path).read_text())
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def only_writes(view) -> bool:
    """An act without a page of its own: what it shows when refused belongs to another page."""
    inner = inspect.unwrap(view)
    marks = module_of(inspect.getsourcefile(inner) or "")[inner.__name__].decorator_list
    return {"require_POST", "require_http_methods(['POST'])"} & {
        ast.unparse(m) for m in marks
    } != set()


def templates_of(view) -> set[str]:
    """The templates that a view names, by itself or through functions of its module."""
    inner = inspect.unwrap(view)
    functions = module_of(inspect.getsourcefile(inner) or "")
    seen, waiting, found = set(), [inner.__name__], set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in functions:
            continue
        seen.add(name)
        for node in ast.walk(functions[name]):
            if isinstance(node, ast.Constant) and str(node.value).endswith(".html"):
                found.add(str(node.value))
            if isinstance(node, ast.Name):
                waiting.append(node.id)
    return found


@cache
def drawn(template: str) -> str:
    """A template with what it includes; components are everybody's."""
    for path in ROOT.glob(f"*/jinja2/{template}"):
        text = path.read_text()
        return text + "".join(drawn(one) for one in JOINS.findall(text))
    return ""


def for_members_alone(address: Address) -> bool:
    return set(all_rights().get(address.door, ())) == {Role.MEMBER}


def test_every_list_goes_out_as_a_file_or_says_why_not():
    missing, needless = set(), set(NO_LISTS)
    for one in addresses():
        if one.door not in all_rights() or for_members_alone(one) or only_writes(one.view):
            continue
        text = "".join(drawn(template) for template in templates_of(one.view))
        of_one_thing = one.route.count("<") > 1
        is_list = PAGES.search(text) if of_one_thing else DRAWS.search(text)
        if not is_list or getattr(one.view, "listed", False):
            continue
        needless.discard(name_of(one))
        if name_of(one) not in NO_LISTS:
            missing.add(name_of(one))
    assert missing == set(), "mark these with listed(), or say in NO_LISTS what they are"
    assert needless == set(), "these are lists now, or are gone"


@pytest.fixture(scope="module")
def cooperative(django_db_setup, django_db_blocker):
    """The demonstration, built once for all tests of this file and taken back at its end."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        stop_clock(patch, NOW)
        with transaction.atomic():
            demo.build(today=NOW.date())
            yield house.cooperative_by_slug(SLUG)
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def client_of(cooperative):
    """A client for whoever holds a right here, or for one who does not (`without`)."""
    known = {role: Client() for role in Role if role != Role.MEMBER}
    for role, signed_in in known.items():
        signed_in.force_login(builders.person_with_role(cooperative, role))

    def client(right: str, *, without: bool = False) -> Client | None:
        fitting = [role for role in known if (role in all_rights()[right]) is not without]
        return known[fitting[0]] if fitting else None

    return client


@pytest.fixture(scope="module")
def paths(client_of) -> dict[str, str]:
    """An address of every list: its own, or for one of a single thing the first link to it."""
    found = {name_of(one): one.path(SLUG) for one in PLAIN}
    wanted = {name_of(one) for one in LISTED} - set(found)
    seen: set[str] = set()
    waiting = [(path, one.door) for one, path in zip(PLAIN, found.values(), strict=True)]
    waiting.append((f"/{SLUG}/pengawas/sampel/", "oversight.view_samples"))
    for path, door in waiting:
        for link in LINK.findall(client_of(door).get(path).content.decode()):
            clean, name = link.partition("?")[0].partition("#")[0], view_of(link)
            if name in wanted:
                found.setdefault(name, clean)
            elif name in {"rounds:round_detail", "members:member_detail"} and name not in seen:
                seen.add(name)
                right = {"rounds": "rounds.view_rounds", "members": "members.view_members"}
                waiting.append((clean, right[name.partition(":")[0]]))
    return found


def rights_of(one: Address) -> str:
    return "members.export_members" if name_of(one) == "members:member_list" else one.door


@pytest.mark.parametrize("one", LISTED, ids=name_of)
def test_a_list_and_its_two_files_say_the_same(one, client_of, paths):
    name = name_of(one)
    if name not in paths:
        assert name in UNSEEN
        return
    client, path = client_of(rights_of(one)), paths[name]
    assert client is not None
    page = client.get(path).content.decode()
    assert page.count('id="sheets"') == 1
    assert "unduh=xlsx" in page
    book = lists.workbook(client, path)
    text, rows = lists.plain(client, path)
    assert SLUG in book.name
    assert all(book.header)
    assert len(set(book.header)) == len(book.header)
    assert rows[0] == book.header
    assert len(rows) == len(book.rows) + 1
    for at, title in enumerate(book.header):
        if title in book.sums:
            told = [row[at].replace(",", ".") for row in rows[1:] if row[at]]
            assert sum(map(Decimal, told), Decimal(0)) == book.sums[title], title
    assert re.search(r"(?<!\d)\d{16}(?!\d)", text) is None, "a NIK, or what looks like one"
    if name not in OWN_ROWS:
        on_page = lists.tables(client, path)
        whole = [*on_page, [row for table in on_page for row in table]]
        like = [table for table in whole if len(table) == len(book.rows)]
        assert like or not book.rows, [len(table) for table in on_page]
        if book.rows:
            in_file = {0, *map(int, book.sums.values())}  # an empty cell says nothing, as 0 does
            apart = set(lists.sums(like[0])) - in_file
            assert apart == set()


@pytest.mark.parametrize("one", LISTED, ids=name_of)
def test_a_file_is_refused_like_its_page(one, cooperative, client_of, paths):
    path = paths.get(name_of(one))
    if path is None:
        assert name_of(one) in UNSEEN
        return
    for form in ("xlsx", "csv"):
        asked = lists.with_query(path, f"unduh={form}")
        colleague = client_of(rights_of(one), without=True)
        if colleague is not None:
            assert colleague.get(asked).status_code == 403
        assert Client().get(asked).status_code == 302
        stranger = Client()
        there = house.cooperative_by_slug(SECOND_SLUG)
        stranger.force_login(builders.person_with_role(there, Role.MANAGER))
        assert stranger.get(asked).status_code == 404


def test_a_file_of_no_known_kind_is_the_page(client_of):
    answer = client_of("sales.view_orders").get(f"/{SLUG}/pesanan/?unduh=exe")
    assert answer["Content-Type"].startswith("text/html")


def test_the_links_keep_the_filter_and_follow_it_without_a_whole_page(client_of):
    client, path = client_of("sales.view_orders"), f"/{SLUG}/pembeli/?q=Galeri"
    assert "?q=Galeri&amp;unduh=xlsx" in client.get(path).content.decode()
    piece = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "<main" not in piece
    assert 'id="sheets" hx-swap-oob="true"' in piece
    assert "?q=Galeri&amp;unduh=csv" in piece
    assert len(lists.workbook(client, path).rows) < len(
        lists.workbook(client, f"/{SLUG}/pembeli/").rows
    )
