"""The statements as tables and on paper."""

from canting.reports.papers.drawn import NAMES, POSITION_LINES, Told, statement_of
from canting.reports.papers.figures import as_figures, as_json
from canting.reports.papers.notes import NoteSection, notes
from canting.reports.papers.printed import Printed, as_pdf, as_xlsx
from canting.reports.papers.tables import part_names

__all__ = [
    "NAMES",
    "POSITION_LINES",
    "NoteSection",
    "Printed",
    "Told",
    "as_figures",
    "as_json",
    "as_pdf",
    "as_xlsx",
    "notes",
    "part_names",
    "statement_of",
]
