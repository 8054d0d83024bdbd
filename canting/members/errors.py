"""Every way membership can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class NameNeeded(DomainError):
    code = "members.name_needed"
    message = _("A member needs a name of 1 to 120 signs, for example Siti Aminah.")


class NikTaken(DomainError):
    code = "members.nik_taken"
    message = _(
        "This NIK already belongs to %(name)s (%(number)s). Look at her page: is it the same "
        "person? If not, one of the two NIK was copied wrongly."
    )


class NikInText(DomainError):
    code = "members.nik_in_text"
    message = _(
        "A NIK stands in another field, where it would be open to all. Move it to the field NIK; it "
        "is sealed there."
    )


class NotApplicant(DomainError):
    code = "members.not_applicant"
    message = _("%(name)s is no applicant any more, so she cannot be admitted again.")


class NotInCooperative(DomainError):
    code = "members.not_in_cooperative"
    message = _("%(name)s is not a member of this cooperative. Choose a member from the list.")


class HasBookings(DomainError):
    code = "members.has_bookings"
    message = _(
        "%(name)s (%(number)s) cannot be deleted: %(count)s papers or entries speak of her. "
        "A member who goes leaves through Keluar; the history stays."
    )


class ReasonNeeded(DomainError):
    code = "members.reason_needed"
    message = _("Say in a few words why you need the NIK, for example BPJS list.")


class NoNik(DomainError):
    code = "members.no_nik"
    message = _("No NIK is kept of %(name)s. Add it under Ubah.")


class JoinedBeforeApplied(DomainError):
    code = "members.joined_too_late"
    message = _("%(date)s lies in the future. Somebody is admitted on the day of the decision.")


class ImportNotReady(DomainError):
    code = "members.import_not_ready"
    message = _(
        "Nothing was taken in: %(wrong)s cells are wrong and %(open)s questions are open. Put them "
        "right in the grid, or leave those rows out."
    )


class TotalsDiffer(DomainError):
    code = "members.totals_differ"
    message = _(
        "Nothing was taken in: %(column)s adds up to %(read)s, but %(stated)s is stated. Look for "
        "the row that is missing, or put the stated sum right."
    )


class NothingToTakeIn(DomainError):
    code = "members.nothing_to_take_in"
    message = _("There is no row to take in. Choose the column with the names.")


class UndoTooLate(DomainError):
    code = "members.undo_too_late"
    message = _(
        "This import is older than 24 hours, so it is not undone in one go any more. Wrong records "
        "are deleted one by one on their pages."
    )


class NotTakenIn(DomainError):
    code = "members.not_taken_in"
    message = _("This sheet has not been taken in, so there is nothing to undo.")


class IsLeaving(DomainError):
    code = "members.is_leaving"
    message = _(
        "%(name)s is leaving the cooperative, so nothing new is begun with her. What is open with "
        "her can be finished; if she stays after all, the decision is taken back on her page Keluar."
    )
