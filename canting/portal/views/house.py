"""The house itself: one page that leads to its facts, people, rules, proofs and lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.htmx import render_page

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

Entry = tuple[str, str, Callable[[], str], Callable[[], str]]
# Right, view, its name, what is found there; in the order of the page.
GROUPS: tuple[tuple[Callable[[], str], tuple[Entry, ...]], ...] = (
    (
        lambda: _("People"),
        (
            ("cooperatives.manage_people", "cooperatives:people_list",
             lambda: _("People and roles"), lambda: _("who signs in, and as what")),
            ("cooperatives.give_sign_in_link", "cooperatives:sign_in_links",
             lambda: _("Sign-in links of members"), lambda: _("first sign-in, lost phones")),
            ("cooperatives.view_own_devices", "cooperatives:my_devices",
             lambda: _("My devices"), lambda: _("where I am signed in")),
            ("members.import_members", "members:import_start",
             lambda: _("Read a list of members"), lambda: _("from a sheet")),
            ("portal.post_notice", "portal:notice_page",
             lambda: _("News for members"), lambda: _("stands on their first page")),
        ),
    ),
    (
        lambda: _("Rules and lists"),
        (
            ("cooperatives.change_house", "cooperatives:house_facts",
             lambda: _("Facts of the cooperative"), lambda: _("name, address, numbers")),
            ("cooperatives.view_parameters", "cooperatives:parameter_list",
             lambda: _("Parameters"), lambda: _("rates, limits, switches, with their source")),
            ("catalogue.view_items", "catalogue:item_list",
             lambda: _("Items and prices"), lambda: _("units, norms, price lists")),
            ("purchasing.view_purchases", "purchasing:supplier_list",
             lambda: _("Suppliers"), lambda: _("whom we buy from and owe")),
            ("purchasing.sell_at_till", "purchasing:till",
             lambda: _("Material shop"), lambda: _("over the counter, to members and others")),
            ("purchasing.view_purchases", "purchasing:turnover",
             lambda: _("Material sold"), lambda: _("with members and with others, by month")),
            ("sales.view_orders", "sales:buyer_list",
             lambda: _("Buyers"), lambda: _("whom we sell to")),
            ("savings.view_deposits", "savings:deposit_list",
             lambda: _("Receipts of deposits"), lambda: _("newest first, to print or put right")),
            ("savings.view_deposits", "savings:exit_list",
             lambda: _("Members who leave"), lambda: _("from request to the last payment")),
            ("settlement.view_slips", "settlement:slip_list",
             lambda: _("Slips of makers"), lambda: _("newest first, to print or put right")),
            ("settlement.view_slips", "settlement:consent_list",
             lambda: _("Consents"), lambda: _("what members let us deduct")),
            ("cash.count_drawer", "cash:count_list",
             lambda: _("Cash counts"), lambda: _("of every drawer, with their differences")),
        ),
    ),
    (
        lambda: _("The treasurer's daily work"),
        (
            ("treasury.view_bank", "treasury:bank_page",
             lambda: _("The bank's lines"), lambda: _("read its list, match it with the book")),
            ("treasury.view_costs", "treasury:recurring_page",
             lambda: _("Recurring entries"), lambda: _("rent, electricity, honoraria: what is due")),
            ("treasury.view_costs", "treasury:costs_page",
             lambda: _("Costs of other months"), lambda: _("not billed yet, or paid ahead")),
            ("treasury.view_budget", "treasury:budget_page",
             lambda: _("Budget and actual"), lambda: _("what was planned, what became of it")),
            ("treasury.view_units", "treasury:unit_page",
             lambda: _("Business units"), lambda: _("the result of each")),
        ),
    ),
    (
        lambda: _("Taxes"),
        (
            ("taxes.view_taxes", "taxes:month_page",
             lambda: _("Taxes of the month"), lambda: _("what, how much, by when, and pay")),
            ("taxes.state_facts", "taxes:fact_page",
             lambda: _("Facts for the taxes"), lambda: _("each with its document")),
        ),
    ),
    (
        lambda: _("Partner funds"),
        (
            ("lending.view_facilities", "lending:facility_list",
             lambda: _("Contracts with partners"), lambda: _("what we owe, and what is passed on")),
            ("lending.view_facilities", "lending:onlend_list",
             lambda: _("Passed on to members"), lambda: _("who has what, and who is late")),
            ("lending.view_facilities", "lending:due_list",
             lambda: _("Instalments due"), lambda: _("to partners and from members")),
            ("lending.record_money", "lending:accrual_list",
             lambda: _("Interest booked as a debt"), lambda: _("at the end of the year")),
        ),
    ),
    (
        lambda: _("Surplus"),
        (
            ("surplus.view_sharing", "surplus:sharing_list",
             lambda: _("Sharing the surplus"), lambda: _("what the meeting decided, year by year")),
            ("surplus.pay_parts", "surplus:payout_page",
             lambda: _("Pay parts"), lambda: _("who has not got theirs yet")),
            ("surplus.view_sharing", "surplus:fund_page",
             lambda: _("Funds of the surplus"), lambda: _("what they hold, and spending from them")),
        ),
    ),
    (
        lambda: _("What we own"),
        (
            ("assets.view_assets", "assets:asset_list",
             lambda: _("Fixed assets"), lambda: _("what serves for years, and what is left of it")),
            ("assets.view_assets", "assets:run_list",
             lambda: _("Monthly depreciation"), lambda: _("once a month, in one step")),
            ("assets.view_assets", "assets:grant_list",
             lambda: _("Grants"), lambda: _("money and things given to us")),
        ),
    ),
    (
        lambda: _("Supervisors"),
        (
            ("oversight.view_exceptions", "oversight:exception_list",
             lambda: _("Out of the ordinary"), lambda: _("put right, late, dated back, by one hand")),
            ("oversight.view_findings", "oversight:finding_list",
             lambda: _("Findings"), lambda: _("of the supervisors, with their answers")),
            ("oversight.view_samples", "oversight:sample_list",
             lambda: _("Samples"), lambda: _("papers drawn by a seed and compared")),
        ),
    ),
    (
        lambda: _("Safe and true"),
        (
            ("portal.verify", "portal:verify_page",
             lambda: _("Check everything"), lambda: _("every law of the books, just now")),
            ("cooperatives.view_audit", "cooperatives:audit_list",
             lambda: _("Audit trail"), lambda: _("who did what, and when")),
            ("portal.backup", "portal:backup_list",
             lambda: _("Backups"), lambda: _("make one, keep it elsewhere")),
            ("portal.start", "portal:start_page",
             lambda: _("Start using"), lambda: _("opening balances and their signatures")),
        ),
    ),
)  # fmt: skip


@require_safe
@requires("portal.view_today")
def house_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Everything of the house that is no daily work, as far as this person may open it."""
    rights = request.access.rights
    groups = [
        (
            title(),
            [
                (label(), hint(), reverse(view, args=[cooperative.slug]))
                for right, view, label, hint in entries
                if right in rights
            ],
        )
        for title, entries in GROUPS
    ]
    context = {"groups": [group for group in groups if group[1]]}
    return render_page(request, "portal/house.html", context)
