"""The sections of the notes: which are text that is kept, and what a new cooperative begins with."""

from collections.abc import Mapping
from typing import NamedTuple

from canting.kernel.texts import gettext_noop as _

MOST_SIGNS = 8_000


class Section(NamedTuple):
    """One section of text: its title and what it says until somebody writes otherwise."""

    title: str
    usual: str


SECTIONS: Mapping[str, Section] = {
    "general": Section(
        _("The cooperative"),
        _(
            "The cooperative is a producers' cooperative of batik makers. It buys material for its "
            "members, has their cloth made and sold, and works by its by-laws and the decisions of "
            "the members' meeting."
        ),
    ),
    "policies": Section(
        _("Accounting policies"),
        _(
            "The statements follow SAK EP (Permenkop UKM 2/2024), on the accrual basis and at cost, "
            "in rupiah. The financial year is the calendar year. Materials are kept at moving "
            "average, cloth at the cost of its lot; what is worth less is written down. Fixed "
            "assets are depreciated over their lives. Revenue is told when the buyer accepts the "
            "goods. Material handed out in trust and consigned cloth are no sale."
        ),
    ),
    "judgement": Section(
        _("Judgements and estimates"),
        _(
            "The allowance for receivables is judged buyer by buyer, lives of assets by the board. "
            "Where practice differs, the choices and their sources stand below."
        ),
    ),
    "related": Section(
        _("Related parties"),
        _(
            "Board, supervisors and managers trade with the cooperative at the prices and on the "
            "terms of every member."
        ),
    ),
    "after": Section(
        _("After the last day"),
        _("Nothing happened after the last day of the year that would change these statements."),
    ),
    "other": Section(_("Other matters"), ""),
}
# koperasi.md 2: said in every year, whatever else the notes say.
SHARES_SENTENCE = _(
    "Entry and regular shares are equity though they are paid back when a member leaves; from the "
    "day an exit is approved they are a liability of the cooperative."
)
