"""A statement as figures, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from canting.ledger.papers import StatementTable
from canting.reports.papers.drawn import Told


def as_figures(cooperative: str, told: Sequence[Told]) -> str:
    """Statements of a cooperative (by its short name) as the command and the pages give them."""
    parts = [as_json(one) for one in told]
    whole = parts[0] if len(parts) == 1 else {"statements": parts}
    return json.dumps({"cooperative": cooperative, **whole}, ensure_ascii=False, indent=1)


def as_json(told: Told) -> dict[str, Any]:
    """A statement as figures in whole rupiah: tables row by row, texts, and what must agree."""
    return {
        "name": told.name,
        "title": told.printed.title,
        "since": told.period.since.isoformat(),
        "until": told.period.until.isoformat(),
        "earlier": {
            "since": told.earlier.since.isoformat(),
            "until": told.earlier.until.isoformat(),
        },
        "tables": [_table_json(table) for table in told.printed.tables],
        "sections": [
            {
                "number": section.number,
                "key": section.key,
                "title": section.title,
                "words": [*section.words, *section.points],
                "tables": [_table_json(table) for table in section.tables],
            }
            for section in told.printed.sections
        ],
        "words": list(told.printed.words),
        "ties": [
            {"key": tie.key, "one": tie.one, "other": tie.other, "holds": tie.holds}
            for tie in told.ties
        ],
    }


def _table_json(table: StatementTable) -> dict[str, Any]:
    return {
        "title": str(table.title),
        "columns": [str(column) for column in table.columns],
        "rows": [
            {
                "label": str(row.label),
                "kind": row.kind,
                "key": row.key,
                "amounts": list(row.amounts),
            }
            for row in table.rows
        ],
    }
