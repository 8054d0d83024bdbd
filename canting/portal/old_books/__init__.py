"""Books and lists of other programs: known by their heading, read row by row, nothing guessed."""

from canting.portal.old_books.reading import UnknownOldBook, read_old_book
from canting.portal.old_books.values import Question, Reading

__all__ = ["Question", "Reading", "UnknownOldBook", "read_old_book"]
