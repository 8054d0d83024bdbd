"""The pictures of making: where the pieces stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from canting.kernel.charts import Chart, Stage, stacked_progress
from canting.production.rules import Stages, planned_pieces

if TYPE_CHECKING:
    from datetime import date

    from canting.production.models import WorkOrder


def stage_names() -> dict[str, str]:
    """The stages of a cloth in the order it passes them."""
    return {
        "plain": _("Plain cloth"),
        "waxed": _("Waxing"),
        "dyed": _("Dyeing"),
        "boiled": _("Boiling"),
        "inspection": _("Inspection"),
        "done": pgettext("stage", "Ready"),
    }


def stage_chart(
    title: str, stages: Stages, *, planned: int | None = None, height: int = 32
) -> Chart:
    """One bar of pieces by stage, the finished ones first."""
    rows = [
        Stage(name, getattr(stages, key), ink)
        for ink, (key, name) in enumerate(stage_names().items(), 1)
    ]
    return stacked_progress(title, rows[::-1], planned=planned, height=height)


def order_chart(order: WorkOrder, stages: Stages, *, on: date) -> Chart:
    """The bar of one work order against its plan, with the finding as its title."""
    planned = planned_pieces(stages.total, order.opened_on, order.due_date, on)
    ahead = stages.past_boiling - planned
    facts = {
        "done": stages.past_boiling,
        "total": stages.total,
        "difference": abs(ahead),
    }
    if ahead < 0:
        title = _(
            "%(done)s of %(total)s pieces are past boiling, %(difference)s below today's plan"
        )
    elif ahead:
        title = _(
            "%(done)s of %(total)s pieces are past boiling, %(difference)s above today's plan"
        )
    else:
        title = _("%(done)s of %(total)s pieces are past boiling, as planned for today")
    return stage_chart(title % facts, stages, planned=planned)
