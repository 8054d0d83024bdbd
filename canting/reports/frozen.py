"""What a closing year freezes of the statements: all six, signed papers and figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from canting.kernel.closing import Frozen
from canting.reports.papers import NAMES, Told, as_json, as_pdf, as_xlsx, statement_of
from canting.reports.statements import Period

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _told(cooperative: Cooperative, name: str, since: date, until: date) -> Told:
    period = Period(since, until)
    return statement_of(
        cooperative=cooperative, name=name, period=period, earlier=period.earlier(12)
    )


def _paper(name: str) -> Callable[[Cooperative, date, date], Iterator[bytes]]:
    def pieces(cooperative: Cooperative, since: date, until: date) -> Iterator[bytes]:
        yield as_pdf(
            cooperative,
            [_told(cooperative, name, since, until).printed],
            as_of=until,
            made_by="Canting",
            provisional=False,
        )

    return pieces


def figures(cooperative: Cooperative, since: date, until: date) -> Iterator[bytes]:
    """All six statements as figures."""
    facts = {
        "as_of": until.isoformat(),
        "cooperative": cooperative.name,
        "statements": [as_json(_told(cooperative, name, since, until)) for name in NAMES],
    }
    yield f"{json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def sheet(cooperative: Cooperative, since: date, until: date) -> Iterator[bytes]:
    """All six statements in one sheet with real numbers."""
    told = [_told(cooperative, name, since, until).printed for name in NAMES]
    with as_xlsx(told) as file:
        yield file.read()


FROZEN: tuple[Frozen, ...] = (
    *(Frozen(f"{name}.pdf", gettext_lazy(title), _paper(name)) for name, title in NAMES.items()),
    Frozen("laporan.json", gettext_lazy("The six statements as figures"), figures),
    Frozen("laporan.xlsx", gettext_lazy("The six statements as a sheet"), sheet),
)
