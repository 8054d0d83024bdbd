"""Books and lists of other programs: known by their heading, read row by row, nothing guessed.

`read_old_book` reads, `plan_old_book` says what would be booked, `take_in` books it.
"""

from canting.portal.old_books.answers import Answers
from canting.portal.old_books.ground import Plan
from canting.portal.old_books.plan import (
    check_control,
    control_of,
    need_words,
    plan_old_book,
    waiting,
)
from canting.portal.old_books.reading import LAYOUTS, TAKEN, UnknownOldBook, read_old_book
from canting.portal.old_books.take import bring_old_book, read_kept, take_in
from canting.portal.old_books.values import Question, Reading

__all__ = [
    "LAYOUTS",
    "TAKEN",
    "Answers",
    "Plan",
    "Question",
    "Reading",
    "UnknownOldBook",
    "bring_old_book",
    "check_control",
    "control_of",
    "need_words",
    "plan_old_book",
    "read_kept",
    "read_old_book",
    "take_in",
    "waiting",
]
