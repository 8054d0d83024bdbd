"""The acts of this domain as the audit trail tells them: the code, and what somebody did."""

from collections.abc import Mapping

from canting.kernel.texts import gettext_noop

ACTIONS: Mapping[str, str] = {
    "production.advance_corrected": gettext_noop("Put a production advance right"),
    "production.advance_given": gettext_noop("Gave a production advance"),
    "production.bought_back": gettext_noop("Bought cloth back under a contract"),
    "production.byproduct": gettext_noop("Recorded what was left of the material"),
    "production.byproduct_recorded": gettext_noop("Took recovered wax into the store"),
    "production.cloth_bought": gettext_noop("Bought cloth of a maker"),
    "production.consigned_in": gettext_noop("Took in cloth on consignment"),
    "production.consignment_returned": gettext_noop("Gave consigned cloth back"),
    "production.custody_lost_hers": gettext_noop("Wrote off material, charged to the maker"),
    "production.custody_lost_ours": gettext_noop("Wrote off material, borne by the cooperative"),
    "production.material_corrected": gettext_noop("Put a record of material right"),
    "production.finish_undone": gettext_noop("Took the finish of a work order back"),
    "production.note_written": gettext_noop("Wrote a note to a maker"),
    "production.order_ended": gettext_noop("Closed a work order"),
    "production.order_finished": gettext_noop("Finished a work order"),
    "production.order_opened": gettext_noop("Opened a work order"),
    "production.overuse": gettext_noop("Charged material used beyond the norm"),
    "production.overuse_waived": gettext_noop("Waived material used beyond the norm"),
    "production.pieces_accepted": gettext_noop("Accepted pieces"),
    "production.pieces_rejected": gettext_noop("Rejected pieces"),
    "production.pieces_reported": gettext_noop("Reported finished pieces"),
    "production.pieces_to_rework": gettext_noop("Gave pieces back for repair"),
    "production.return_corrected": gettext_noop("Put a return of cloth right"),
    "production.return_to_maker": gettext_noop("Gave cloth back to its maker"),
    "production.split_changed": gettext_noop("Changed who makes how many"),
    "production.stages_set": gettext_noop("Wrote where the pieces stand"),
}
