"""The chart of accounts of a producers' cooperative by role; codes after the ministry's layout.

The class digit is fixed; a cooperative may rename an account or open more beside these.
"""

from typing import NamedTuple

from canting.ledger.rules.lines import Side


class ChartRow(NamedTuple):
    """One standard account: what it is for, where it stands in the statements, whom it needs."""

    role: str
    code: str
    name: str
    normal: Side
    party: str
    statement: str
    split: str
    flow: str


D, K = Side.DEBIT, Side.CREDIT

CHART: tuple[ChartRow, ...] = (
    ChartRow("cash_till", "1101", "Gallery till", D, "", "cash", "", "C"),
    ChartRow("cash_main", "1102", "Office cash", D, "", "cash", "", "C"),
    ChartRow("bank", "1111", "Bank, operations", D, "", "cash", "", "C"),
    ChartRow("qris_transit", "1113", "QRIS on its way", D, "", "cash", "", "C"),
    ChartRow(
        "recv_member",
        "1201",
        "Receivable from members, due next month",
        D,
        "member",
        "receivables",
        "",
        "O",
    ),
    ChartRow("recv_buyer", "1202", "Receivable from buyers", D, "buyer", "receivables", "", "O"),
    ChartRow(
        "loan_member", "1203", "Loans to members (licensed)", D, "member", "loans_out", "", "I"
    ),
    ChartRow(
        "loan_interest_recv",
        "1204",
        "Loan interest receivable",
        D,
        "member",
        "receivables",
        "",
        "O",
    ),
    ChartRow(
        "recv_member_on_sale",
        "1205",
        "Receivable from members, due on sale",
        D,
        "member",
        "receivables",
        "",
        "O",
    ),
    ChartRow("unbilled", "1206", "Accepted, not yet invoiced", D, "buyer", "receivables", "", "O"),
    ChartRow("recv_retention", "1207", "Retention receivable", D, "buyer", "receivables", "", "O"),
    ChartRow(
        "advance_maker", "1208", "Production advances to members", D, "member", "advances", "", "O"
    ),
    ChartRow("recv_allowance", "1209", "Allowance for receivables", K, "", "receivables", "", "O"),
    ChartRow("onlend", "1210", "Partner funds passed on", D, "member", "passed_on", "", "I"),
    ChartRow(
        "recv_damage", "1212", "Compensation for materials", D, "member", "receivables", "", "O"
    ),
    ChartRow("mat_cloth", "1301", "Materials: cloth", D, "", "inventory", "", "O"),
    ChartRow("mat_wax", "1302", "Materials: wax", D, "", "inventory", "", "O"),
    ChartRow("mat_dye", "1303", "Materials: dyes", D, "", "inventory", "", "O"),
    ChartRow(
        "mat_tools", "1304", "Materials: canting, stamps, packing", D, "", "inventory", "", "O"
    ),
    ChartRow("mat_transit", "1305", "Materials in transit", D, "", "inventory", "", "O"),
    ChartRow("custody", "1306", "Our materials held by makers", D, "member", "inventory", "", "O"),
    ChartRow("byproduct_wax", "1307", "Recovered wax", D, "", "inventory", "", "O"),
    ChartRow("wip", "1311", "Work in progress", D, "", "inventory", "", "O"),
    ChartRow("fg", "1321", "Finished goods", D, "", "inventory", "", "O"),
    ChartRow("fg_transit", "1322", "Finished goods in transit", D, "", "inventory", "", "O"),
    ChartRow("inv_allowance", "1329", "Allowance for inventory", K, "", "inventory", "", "O"),
    ChartRow(
        "prepay_supplier", "1401", "Advances to suppliers", D, "supplier", "advances", "", "O"
    ),
    ChartRow("prepaid", "1402", "Prepaid expenses", D, "", "advances", "", "O"),
    ChartRow("staff_advance", "1403", "Cash advances to staff", D, "staff", "advances", "", "O"),
    ChartRow("ppn_in", "1411", "Input VAT", D, "", "prepaid_tax", "", "O"),
    ChartRow("pph22_prepaid", "1412", "Prepaid income tax art. 22", D, "", "prepaid_tax", "", "O"),
    ChartRow("pph23_prepaid", "1413", "Prepaid income tax art. 23", D, "", "prepaid_tax", "", "O"),
    ChartRow(
        "pph_final_withheld",
        "1414",
        "Final tax withheld by buyers, not yet set off",
        D,
        "",
        "prepaid_tax",
        "",
        "O",
    ),
    ChartRow("equipment", "1603", "Machinery and equipment", D, "", "fixed_assets", "", "I"),
    ChartRow(
        "equipment_acc",
        "1693",
        "Accumulated depreciation, equipment",
        K,
        "",
        "fixed_assets",
        "",
        "I",
    ),
    ChartRow(
        "pay_maker", "2101", "Payable to members for cloth", K, "member", "payable_makers", "", "O"
    ),
    ChartRow(
        "pay_supplier", "2102", "Payable to suppliers", K, "supplier", "payable_suppliers", "", "O"
    ),
    ChartRow(
        "wages_payable", "2103", "Piece wages payable", K, "member", "payable_makers", "", "O"
    ),
    ChartRow(
        "grni", "2104", "Received, not yet invoiced", K, "supplier", "payable_suppliers", "", "O"
    ),
    ChartRow("accrued", "2105", "Accrued expenses", K, "", "payable_other", "", "O"),
    ChartRow(
        "savings_vol", "2110", "Voluntary savings (licensed)", K, "member", "savings", "", "F"
    ),
    ChartRow("savings_time", "2111", "Time deposits (licensed)", K, "member", "savings", "", "F"),
    ChartRow(
        "down_payment", "2120", "Down payments from buyers", K, "buyer", "payable_other", "", "O"
    ),
    ChartRow("interest_payable", "2130", "Interest payable", K, "", "payable_other", "", "O"),
    ChartRow("ppn_out", "2141", "VAT payable", K, "", "payable_tax", "", "O"),
    ChartRow("pph21_payable", "2142", "Income tax art. 21 payable", K, "", "payable_tax", "", "O"),
    ChartRow(
        "pph23_payable", "2143", "Income tax art. 22/23 payable", K, "", "payable_tax", "", "O"
    ),
    ChartRow("pph_final_payable", "2144", "Own final tax payable", K, "", "payable_tax", "", "O"),
    ChartRow(
        "pph42_withheld", "2145", "Final tax withheld from others", K, "", "payable_tax", "", "O"
    ),
    ChartRow(
        "shu_payable",
        "2150",
        "Members' surplus not yet drawn",
        K,
        "member",
        "surplus_funds",
        "",
        "F",
    ),
    ChartRow("fund_board", "2151", "Board fund", K, "", "surplus_funds", "", "F"),
    ChartRow("fund_staff", "2152", "Staff fund", K, "", "surplus_funds", "", "F"),
    ChartRow("fund_education", "2153", "Education fund", K, "", "surplus_funds", "", "F"),
    ChartRow("fund_social", "2154", "Social fund", K, "", "surplus_funds", "", "F"),
    ChartRow("fund_area", "2155", "Area development fund", K, "", "surplus_funds", "", "F"),
    ChartRow("exit_payable", "2160", "Shares to repay to leavers", K, "member", "savings", "", "F"),
    ChartRow(
        "consign_payable",
        "2170",
        "Consignment proceeds payable",
        K,
        "member",
        "payable_makers",
        "",
        "O",
    ),
    ChartRow("suspense", "2190", "Suspense", K, "", "payable_other", "", "O"),
    ChartRow("bank_loan", "2201", "Bank loan / KUR", K, "financier", "borrowings", "", "F"),
    ChartRow("partner_loan", "2203", "Partner / SOE loan", K, "financier", "borrowings", "", "F"),
    ChartRow(
        "onlend_held",
        "2204",
        "Partner funds held to pass on",
        K,
        "financier",
        "borrowings",
        "",
        "O",
    ),
    ChartRow("share_principal", "3110", "Entry shares", K, "member", "entry_shares", "", "F"),
    ChartRow("share_mandatory", "3120", "Regular shares", K, "member", "regular_shares", "", "F"),
    ChartRow("grant_equity", "3210", "Grants", K, "", "grants", "", "F"),
    ChartRow("reserve_general", "3310", "General reserve", K, "", "general_reserve", "", "F"),
    ChartRow("reserve_risk", "3320", "Risk reserve", K, "", "risk_reserve", "", "F"),
    ChartRow(
        "shu_previous", "3510", "Surplus of past years, not yet shared", K, "", "surplus", "", "F"
    ),
    ChartRow("shu_current", "3520", "Surplus of the year", K, "", "surplus", "", "F"),
    ChartRow(
        "sales_material_m",
        "4110",
        "Sales of materials to members",
        K,
        "",
        "member_revenue",
        "class",
        "O",
    ),
    ChartRow(
        "sales_member_cloth",
        "4120",
        "Sales of members' cloth",
        K,
        "",
        "member_revenue",
        "origin",
        "O",
    ),
    ChartRow(
        "sales_commission",
        "4121",
        "Sales of commission cloth",
        K,
        "",
        "member_revenue",
        "origin",
        "O",
    ),
    ChartRow(
        "service_member", "4130", "Services to members", K, "", "member_revenue", "class", "O"
    ),
    ChartRow("consign_fee", "4131", "Consignment fees", K, "", "member_revenue", "class", "O"),
    ChartRow(
        "loan_interest", "4140", "Loan interest from members", K, "", "member_revenue", "class", "O"
    ),
    ChartRow("loan_fee", "4141", "Loan fees and penalties", K, "", "member_revenue", "class", "O"),
    ChartRow(
        "returns_m", "4190", "Sales returns, members' goods", D, "", "member_revenue", "origin", "O"
    ),
    ChartRow(
        "penalty_m",
        "4191",
        "Buyers' penalties, members' goods",
        D,
        "",
        "member_revenue",
        "origin",
        "O",
    ),
    ChartRow(
        "sales_outside", "4210", "Sales of outside goods", K, "", "other_revenue", "origin", "O"
    ),
    ChartRow(
        "sales_material_n",
        "4220",
        "Sales of materials to non-members",
        K,
        "",
        "other_revenue",
        "class",
        "O",
    ),
    ChartRow("service_n", "4230", "Services to non-members", K, "", "other_revenue", "class", "O"),
    ChartRow(
        "returns_n", "4290", "Sales returns, outside goods", D, "", "other_revenue", "origin", "O"
    ),
    ChartRow(
        "penalty_n",
        "4291",
        "Buyers' penalties, outside goods",
        D,
        "",
        "other_revenue",
        "origin",
        "O",
    ),
    ChartRow(
        "cogs_material_m", "5110", "Cost of materials, members", D, "", "member_cost", "class", "O"
    ),
    ChartRow(
        "cogs_member_cloth", "5120", "Cost of members' cloth", D, "", "member_cost", "origin", "O"
    ),
    ChartRow(
        "cogs_commission", "5130", "Cost of commission cloth", D, "", "member_cost", "origin", "O"
    ),
    ChartRow(
        "savings_interest",
        "5140",
        "Interest on members' savings",
        D,
        "",
        "member_cost",
        "class",
        "O",
    ),
    ChartRow("cogs_n", "5210", "Cost of sales, non-members", D, "", "other_cost", "origin", "O"),
    ChartRow("quality_loss", "5290", "Quality losses", D, "", "member_cost", "origin", "O"),
    ChartRow(
        "count_diff", "5291", "Stock count differences", D, "", "operating_expense", "key", "O"
    ),
    ChartRow(
        "write_down", "5292", "Inventory written down", D, "", "operating_expense", "key", "O"
    ),
    ChartRow(
        "price_diff",
        "5293",
        "Purchase price and return differences",
        D,
        "",
        "operating_expense",
        "key",
        "O",
    ),
    ChartRow("wages_staff", "6101", "Salaries and wages", D, "", "operating_expense", "key", "O"),
    ChartRow(
        "utilities", "6102", "Electricity, water, internet", D, "", "operating_expense", "key", "O"
    ),
    ChartRow("marketing", "6103", "Marketing and fairs", D, "", "operating_expense", "key", "O"),
    ChartRow("transport", "6104", "Transport", D, "", "operating_expense", "key", "O"),
    ChartRow("depreciation", "6105", "Depreciation", D, "", "operating_expense", "key", "O"),
    ChartRow("admin", "6107", "Office and general", D, "", "operating_expense", "key", "O"),
    ChartRow("impairment", "6108", "Losses on receivables", D, "", "operating_expense", "key", "O"),
    ChartRow(
        "duty", "6109", "Duties other than income tax", D, "", "operating_expense", "key", "O"
    ),
    ChartRow(
        "interest_expense", "6110", "Interest on loans", D, "", "operating_expense", "key", "O"
    ),
    ChartRow(
        "bank_charges", "6111", "Bank and QRIS charges", D, "", "operating_expense", "key", "O"
    ),
    ChartRow(
        "board_cost", "6201", "Board and supervisors", D, "", "cooperative_expense", "member", "O"
    ),
    ChartRow(
        "meeting_cost", "6202", "General meetings", D, "", "cooperative_expense", "member", "O"
    ),
    ChartRow(
        "education_cost", "6203", "Member education", D, "", "cooperative_expense", "member", "O"
    ),
    ChartRow("bank_interest", "7101", "Bank interest", K, "", "other", "nonmember", "O"),
    ChartRow("other_income", "7102", "Other income", K, "", "other", "nonmember", "O"),
    ChartRow("disposal_gain", "7103", "Gain or loss on disposal", K, "", "other", "key", "O"),
    ChartRow("grant_income", "7104", "Grant income", K, "", "other", "nonmember", "O"),
    ChartRow("other_expense", "7201", "Other expenses", D, "", "other", "key", "O"),
    ChartRow("rounding", "7202", "Rounding", D, "", "other", "key", "O"),
    ChartRow("cash_diff", "7203", "Cash differences", D, "", "other", "key", "O"),
    ChartRow("fx_diff", "7204", "Exchange differences", D, "", "other", "key", "O"),
    ChartRow("tax_final", "8101", "Final income tax 0.5%", D, "", "tax", "base", "O"),
    ChartRow("tax_other", "8102", "Other income tax", D, "", "tax", "nonmember", "O"),
)

ROLES: dict[str, ChartRow] = {row.role: row for row in CHART}
