"""Rights on tax pages, and the dated rates, limits and days of taxes, each with its source."""

from collections.abc import Mapping
from datetime import date

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.texts import gettext_noop as _

RIGHTS: Mapping[str, frozenset[Role]] = {
    "taxes.view_taxes": frozenset({Role.MANAGER, Role.CASHIER, Role.BOARD, Role.SUPERVISOR}),
    "taxes.pay_taxes": frozenset({Role.MANAGER, Role.CASHIER}),
    "taxes.state_facts": frozenset({Role.MANAGER, Role.BOARD}),
    "taxes.state_pkp": frozenset({Role.BOARD}),
}

_PPH21 = "PP 58/2023, PMK 168/2023 (PPh 21 TER harian); recalled, ask the KPP"
_DUE = _("PMK 81/2024: by the 15th of the next month (from memory: check)")
# Names stay as they were first released: values that a house dated under them still hold.
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "sales.final_tax_percent",
        _("Final income tax on turnover, percent"),
        (
            Dated(BEGINNING, "1", "PP 46/2013"),
            Dated(date(2018, 7, 1), "0.5", "PP 23/2018, PP 55/2022, PP 20/2026"),
        ),
        kind="percent",
    ),
    Parameter(
        "taxes.final_years",
        _("Tax years for which a cooperative may pay the final tax on turnover"),
        (
            Dated(BEGINNING, 4, "PP 55/2022 art. 59(1)b"),
            Dated(date(2026, 4, 22), 4, _("PP 20/2026 art. 57(2)f; when they began: ask the KPP")),
        ),
        kind="number",
    ),
    Parameter(
        "settlement.pph21_daily_limit",
        _("Piece pay of a day up to this amount bears no PPh 21"),
        (Dated(BEGINNING, 450_000, _PPH21),),
        kind="rupiah",
    ),
    Parameter(
        "settlement.pph21_daily_rate",
        _("PPh 21 on piece pay of a day above the limit, in percent"),
        (Dated(BEGINNING, "0.5", _PPH21),),
        kind="percent",
    ),
    Parameter(
        "settlement.pph21_upper_limit",
        _("Above this pay of a day the upper rate holds"),
        (Dated(BEGINNING, 2_500_000, _PPH21),),
        kind="rupiah",
    ),
    Parameter(
        "settlement.pph21_upper_rate",
        _("PPh 21 on the pay of a day above the upper limit, in percent (half of 5%)"),
        (Dated(BEGINNING, "2.5", _PPH21),),
        kind="percent",
    ),
    Parameter(
        "taxes.pph21_surcharge",
        _("PPh 21 more for a payee without a tax number, in percent of the tax"),
        (Dated(BEGINNING, "20", _("Income Tax Law art. 21(5a) (from memory: check)")),),
        kind="percent",
    ),
    Parameter(
        "taxes.pph23_percent",
        _("PPh 23 on services of a business, in percent"),
        (Dated(BEGINNING, "2", _("Income Tax Law art. 23(1)c")),),
        kind="percent",
    ),
    Parameter(
        "taxes.pph23_surcharge",
        _("PPh 23 more for a payee without a tax number, in percent of the tax"),
        (Dated(BEGINNING, "100", _("Income Tax Law art. 23(1a) (from memory: check)")),),
        kind="percent",
    ),
    Parameter(
        "taxes.rent_percent",
        _("Final tax (art. 4(2)) on rent of land and buildings, in percent"),
        (Dated(BEGINNING, "10", _("PP 34/2017 (from memory: check)")),),
        kind="percent",
    ),
    Parameter(
        "taxes.due_day",
        _("Day of the next month by which a month's income tax is paid"),
        (Dated(BEGINNING, 10, _("PMK 242/2014 (from memory: check)")),
         Dated(date(2025, 1, 1), 15, _DUE)),
        kind="number",
    ),
    Parameter(
        "taxes.report_day",
        _("Day of the next month by which withheld income tax is reported"),
        (Dated(BEGINNING, 20, _("KUP Law art. 3(3): 20 days after the month (from memory: check)")),),
        kind="number",
    ),
    Parameter(
        "taxes.turnover_ceiling",
        _("Turnover a year above which the final tax ends and VAT registration is a duty"),
        (Dated(BEGINNING, 4_800_000_000, "PP 55/2022 art. 58, PP 20/2026; PMK 197/2013"),),
        kind="rupiah",
    ),
    Parameter(
        "taxes.vat_due_day",
        _("Day of the next month by which VAT is paid (31: its last day)"),
        (Dated(BEGINNING, 31, _("PMK 81/2024: end of the next month (from memory: check)")),),
        kind="number",
    ),
    Parameter(
        "taxes.vat_percent",
        _("VAT, percent"),
        (
            Dated(BEGINNING, "10", _("VAT Law of 1983 (from memory: check)")),
            Dated(date(2022, 4, 1), "11", _("Law 7/2021 (HPP) art. 7(1)a")),
            Dated(date(2025, 1, 1), "12", _("Law 7/2021 (HPP) art. 7(1)b")),
        ),
        kind="percent",
    ),
    Parameter(
        "taxes.vat_twelfths",
        _("Twelfths of the price that bear VAT (DPP nilai lain)"),
        (
            Dated(BEGINNING, 12, _("The whole price, before PMK 131/2024")),
            Dated(date(2025, 1, 1), 11, _("PMK 131/2024: 11/12 of the price; further PMK 11/2025")),
        ),
        kind="number",
    ),
    Parameter(
        "taxes.savings_interest_limit",
        _("Interest on savings of a member in a month up to this amount bears no tax"),
        (Dated(BEGINNING, 240_000, "PP 15/2009"),),
        kind="rupiah",
    ),
    Parameter(
        "taxes.savings_interest_percent",
        _("Final tax on the whole interest of a month above that limit, in percent"),
        (Dated(BEGINNING, "10", "PP 15/2009"),),
        kind="percent",
    ),
    Parameter(
        "taxes.stamp_duty",
        _("Stamp duty on a paper that needs it"),
        (
            Dated(date(2021, 1, 1), 10_000, "UU 10/2020 (bea meterai)"),
        ),
        kind="rupiah",
    ),
)  # fmt: skip
