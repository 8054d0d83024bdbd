"""What kinds of entries are called on the statements."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop as _

KIND_NAMES: Mapping[str, str] = {
    "founding": _("Shares paid in at the founding"),
    "shares_in": _("Shares paid in"),
    "exit_approved": _("Shares of leavers, a debt from that day"),
    "exit_paid": _("Paid to leavers"),
    "exit_setoff": _("Set off with leavers"),
    "surplus_split": _("Surplus shared by the meeting"),
    "surplus_to_shares": _("Surplus added to shares"),
    "surplus_to_savings": _("Surplus added to savings"),
    "shu_loss_covered": _("Loss covered from reserves"),
    "grant_cash": _("Grants of money"),
    "grant_kind": _("Grants of things"),
    "grant_cash_income": _("Grants of money, income"),
    "grant_kind_income": _("Grants of things, income"),
    "grant_cash_held": _("Grants of money under conditions"),
    "grant_kind_held": _("Grants of things under conditions"),
    "grant_released": _("Grants whose conditions were met"),
    "settlement": _("Kept from makers' pay"),
    "savings_interest": _("Interest added to savings"),
    "savings_interest_taxed": _("Interest added to savings, less tax"),
    "loss_allowance": _("Set aside for doubtful money"),
    "loss_allowance_back": _("Set aside before, no longer needed"),
    "bad_debt_write_off": _("Written off of buyers"),
    "byproduct_write_down": _("Recovered wax written down"),
    "material_write_down": _("Materials written down"),
    "ready_cloth_loss": _("Cloth written down"),
    "write_down_back": _("Write-downs taken back"),
    "write_down_released": _("Write-downs of goods that left"),
    "depreciation": _("Depreciation"),
    "depreciation_undone": _("Depreciation taken back"),
    "disposal": _("Gain or loss on assets sold"),
    "asset_purchase": _("Assets bought on credit"),
    "facility_repaid": _("Loans repaid"),
    "loan_instalment": _("Loan instalments"),
    "manual": _("Entries written by hand"),
    "other_entries": _("Other entries"),
}


def kind_name(kind: str) -> str:
    """The name (still to be translated) of a kind of entry; a rare one is called other entries."""
    return KIND_NAMES.get(kind, KIND_NAMES["other_entries"])
