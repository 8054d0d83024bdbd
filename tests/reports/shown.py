"""The statements in the words of the worked year's reference, so that both can be compared whole."""

from typing import Any

from canting.cooperatives.models import Cooperative
from canting.reports.statements import (
    CashFlow,
    EquityChanges,
    FinancialPosition,
    Period,
    Promotion,
    Surplus,
    cash_flow,
    equity_changes,
    financial_position,
    promotion,
    surplus,
)

POSITION = {
    "cash": "kas",
    "receivables": "piutang",
    "passed_on": "penerusan",
    "inventory": "persediaan",
    "fixed_assets": "aset tetap",
    "payable_suppliers": "utang usaha",
    "payable_other": "utang lain",
    "savings": "simpanan",
    "surplus_funds": "dana SHU",
    "borrowings": "utang mitra",
    "entry_shares": "pokok",
    "regular_shares": "wajib",
    "grants": "hibah",
    "general_reserve": "cadangan umum",
    "risk_reserve": "cadangan risiko",
    "shu_current": "SHU tahun berjalan",
    "surplus": "SHU",
}
PARTS = {
    "materials": "bahan",
    "making": "pengolahan",
    "marketing": "pemasaran",
    "surplus": "shu_usulan",
}


def shown_position(found: FinancialPosition) -> dict[str, int]:
    lines = (*found.assets, *found.liabilities, *found.equity)
    return {
        **{POSITION.get(line.key, line.key): line.amount for line in lines if line.amount},
        "ASET": found.total_assets,
        "LIABILITAS": found.total_liabilities,
        "EKUITAS": found.total_equity,
    }


def shown_surplus(found: Surplus) -> dict[str, Any]:
    return {
        "partisipasi_bruto": found.revenue.member,
        "beban_pokok_anggota": found.cost.member,
        "partisipasi_neto": found.gross.member,
        "pendapatan_bukan_anggota": found.revenue.nonmember,
        "beban_pokok_bukan_anggota": found.cost.nonmember,
        "laba_kotor_bukan_anggota": found.gross.nonmember,
        "shu_kotor": found.gross.total,
        "beban_usaha": found.operating.total,
        "beban_perkoperasian": found.cooperative.total,
        "lain_lain": found.other.total,
        "shu_sebelum_pajak": found.before_tax.total,
        "pajak": found.tax.total,
        "shu": found.after_tax.total,
        "shu_anggota": found.after_tax.member,
        "shu_bukan_anggota": found.after_tax.nonmember,
        "split": {
            "beban_usaha": [found.operating.member, found.operating.nonmember],
            "beban_perkoperasian": [found.cooperative.member, found.cooperative.nonmember],
            "lain_lain": [found.other.member, found.other.nonmember],
            "pajak": [found.tax.member, found.tax.nonmember],
            "key": list(found.key),
        },
    }


def shown_equity(found: EquityChanges) -> dict[str, dict[str, int]]:
    return {
        POSITION[column.key]: {
            "opening": column.opening,
            **column.moves,
            **({"shu_tahun_berjalan": column.result} if column.key == "surplus" else {}),
            "closing": column.closing,
        }
        for column in found.columns
    }


def shown_cash(found: CashFlow) -> dict[str, Any]:
    indirect = {"shu": found.result}
    indirect |= {POSITION[key]: amount for key, amount in found.changes.items()}
    indirect |= {f"bukan kas: {kind}": amount for kind, amount in found.adjustments.items()}
    return {
        "opening": found.opening,
        "direct": dict(found.direct),
        "totals": {head: found.total(head) for head in ("op", "inv", "fin")},
        "closing": found.closing,
        "indirect": indirect,
        "noncash": {f"{kind} {flow}": amount for (kind, flow), amount in found.noncash.items()},
    }


def shown_gains(found: Promotion) -> dict[str, dict[str, int]]:
    return {
        row.number: {name: getattr(row, part) for part, name in PARTS.items() if getattr(row, part)}
        for row in found.rows
    }


def shown_split(found: Promotion) -> dict[str, Any]:
    """The proposal by pool and member, as the reference names its parts."""
    names = {
        "reserve": "cadangan",
        "patronage": "jasa_usaha",
        "capital": "jasa_modal",
        "board": "pengurus",
        "staff": "karyawan",
        "education": "pendidikan",
        "social": "sosial",
    }
    numbers = {row.party_id: row.number for row in found.rows}
    pools = found.proposal.pools
    return {
        "shu": sum(pools.values()),
        "pools": {name: pools[pool] for pool, name in names.items()},
        "members": {
            numbers[pk]: {
                "capital": part.capital,
                "patronage": part.patronage,
                "jasa_modal": part.by_capital,
                "jasa_usaha": part.by_patronage,
                "total": part.total,
            }
            for pk, part in found.proposal.members.items()
        },
    }


def statements_of(cooperative: Cooperative, period: Period) -> dict[str, Any]:
    """The statements that the books alone give, named as the reference names them."""
    return {
        "position": shown_position(financial_position(cooperative=cooperative, as_of=period.until)),
        "phu": shown_surplus(
            surplus(cooperative=cooperative, since=period.since, until=period.until)
        ),
        "changes_in_equity": shown_equity(equity_changes(cooperative=cooperative, period=period)),
        "cash_flow": shown_cash(cash_flow(cooperative=cooperative, period=period)),
    }


def members_economy_of(cooperative: Cooperative, period: Period) -> dict[str, Any]:
    """What needs the papers beside the books: members' economy and the proposed split."""
    found = promotion(cooperative=cooperative, period=period)
    return {"lpea": shown_gains(found), "surplus_split": shown_split(found)}
