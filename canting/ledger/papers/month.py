"""The report of a closed month: its trial balance, who closed it, what was passed over, its checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.closing import TOPICS
from canting.kernel.dates import format_date, format_month, last_of_month
from canting.kernel.papers import render_pages
from canting.kernel.qr import qr_svg
from canting.ledger import selectors
from canting.ledger.papers import trial_table
from canting.ledger.rules import Checkpoint

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import FiscalPeriod


def month_report(
    cooperative: Cooperative, closed: FiscalPeriod, prepared: FiscalPeriod | None, *, made_by: str
) -> bytes:
    """The A4 paper of one closing, with the checkpoint that proves the books from then on."""
    end = last_of_month(closed.month)
    table = trial_table(selectors.trial_balance(cooperative=cooperative, as_of=end), end)
    says = {topic.key: str(topic.says) for topic in TOPICS}
    values = {
        "cooperative": {"name": cooperative.name, "place": cooperative.place},
        "title": _("Closing of %(month)s") % {"month": format_month(closed.month)},
        "lead": "",
        "made_by": made_by,
        "facts": [
            [_("Prepared by"), _who(prepared)],
            [_("Signed by"), _who(closed)],
            [_("Nine checks"), _checks_words(closed)],
        ],
        "passed_title": _("Passed over with a written reason"),
        "passed": [[says.get(key, key), reason] for key, reason in closed.passed.items()],
        "table": {
            "columns": list(table.columns),
            "rows": [
                {"label": row.label, "kind": row.kind, "amounts": row.shown} for row in table.rows
            ],
        },
        "checkpoint": checkpoint_values(closed),
        "signers": [
            [_("Prepared by"), str(prepared.actor) if prepared else ""],
            [_("Signed by"), str(closed.actor)],
        ],
    }
    return render_pages("ledger/papers/month.typ", values, format="pdf")[0]


def checkpoint_values(closed: FiscalPeriod) -> dict[str, str]:
    """The checkpoint of a closing as papers draw it: code, heading, what to type, what for."""
    typed = Checkpoint(closed.checkpoint, closed.position).typed
    return {
        "qr": str(qr_svg(typed)),
        "title": _("Checkpoint: journal %(position)s") % {"position": closed.position},
        "typed": typed,
        "words": _(
            "Keep this paper away from the computer. With it anyone proves later that no journal "
            "up to this one was changed: canting verify --from, or the page Chain and checkpoints."
        ),
    }


def _who(act: FiscalPeriod | None) -> str:
    return f"{act.actor}, {format_date(act.made_at.date())}" if act else "–"


def _checks_words(closed: FiscalPeriod) -> str:
    if not closed.passed:
        return _("all in order")
    return _("%(fine)s in order, %(passed)s passed over") % {
        "fine": len(TOPICS) - len(closed.passed),
        "passed": len(closed.passed),
    }
