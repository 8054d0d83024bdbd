"""Refusals of the statements."""

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError


class UnknownSection(DomainError):
    """The notes have no such section."""

    code = "reports.unknown_section"
    message = _("The notes have no section “%(section)s”. There are: %(known)s.")


class YearTooLate(DomainError):
    """Text is written for a year that has begun."""

    code = "reports.year_too_late"
    message = _("%(year)s has not begun. Write the text for %(last)s or an earlier year.")


class NoteTooLong(DomainError):
    """A section of the notes is a page, no book."""

    code = "reports.note_too_long"
    message = _("The text has %(signs)s signs; a section holds %(most)s. Shorten it.")
