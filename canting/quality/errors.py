"""Every way inspection can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class NoCount(DomainError):
    code = "quality.no_count"
    message = _("Say how many pieces are inspected: 1 or more.")


class GradeNeeded(DomainError):
    code = "quality.grade_needed"
    message = _("Choose the grade of the cloth that passed: its price depends on it.")


class FaultNeeded(DomainError):
    code = "quality.fault_needed"
    message = _("Say whose fault it is, the maker's or ours: it decides who bears the loss.")


class WhatIsWrong(DomainError):
    code = "quality.what_is_wrong"
    message = _("Say what is wrong: choose a defect, and for “other” write it in a few words.")


class NaturalMarkOnly(DomainError):
    code = "quality.natural_mark_only"
    message = _(
        "Only natural marks of handwork are named, and these are never a fault. "
        "Choose the real defect, or let the cloth pass."
    )


class OneCodeOnePiece(DomainError):
    code = "quality.one_code_one_piece"
    message = _(
        "The label %(number)s is for one cloth, but %(pieces)s pieces are named. "
        "Leave the code empty for several; each gets its own."
    )


class WorkOrderNeeded(DomainError):
    code = "quality.work_order_needed"
    message = _(
        "Commission cloth is received under its work order. Choose the work order of %(maker)s."
    )


class NothingToReceive(DomainError):
    code = "quality.nothing_to_receive"
    message = _("Choose a work order, a contract, or a maker with her product and basis.")


class AlreadyReversed(DomainError):
    code = "quality.already_reversed"
    message = _("%(number)s was put right before. Open the paper that took its place.")


class ReasonNeeded(DomainError):
    code = "quality.reason_needed"
    message = _("Say in a few words why this is put right: the reason stays beside it.")


class ClothIsGone(DomainError):
    code = "quality.cloth_is_gone"
    message = _(
        "%(number)s cannot be put right: %(cloth)s has left the store. "
        "Take it back first, or write a return."
    )


class RepairedSince(DomainError):
    code = "quality.repaired_since"
    message = _(
        "Pieces of %(number)s came back repaired under %(later)s. Put that paper right first."
    )


class NotInRepair(DomainError):
    code = "quality.not_in_repair"
    message = _("%(number)s has %(left)s pieces in repair; %(given)s are named.")


class OneGradeForContract(DomainError):
    code = "quality.one_grade_for_contract"
    message = _(
        "Cloth under %(number)s is bought back as one lot at the agreed price. "
        "Receive each grade on its own."
    )
