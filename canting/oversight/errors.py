"""Every way the supervisors' pages can refuse."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class WordsNeeded(DomainError):
    code = "oversight.words_needed"
    message = _("Write what was found, in a sentence.")


class DueInThePast(DomainError):
    code = "oversight.due_in_the_past"
    message = _("%(day)s is already over. Choose today or a later day to answer by.")


class NotAddressed(DomainError):
    code = "oversight.not_addressed"
    message = _("%(number)s is for %(who)s to answer. Show it to one of them.")


class NotOpen(DomainError):
    code = "oversight.not_open"
    message = _("%(number)s is closed. The supervisors open it again when there is more to say.")


class NotClosed(DomainError):
    code = "oversight.not_closed"
    message = _("%(number)s is not closed, so it needs no opening again.")


class NothingToDraw(DomainError):
    code = "oversight.nothing_to_draw"
    message = _("There is no such paper from %(since)s to %(until)s. Choose a longer time.")


class TimeTurned(DomainError):
    code = "oversight.time_turned"
    message = _("The time begins on %(since)s and ends before, on %(until)s. Swap the two days.")


class NoteNeeded(DomainError):
    code = "oversight.note_needed"
    message = _("Write what does not agree on %(paper)s.")
