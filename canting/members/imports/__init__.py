"""Import of members from a sheet: columns, cells, review, taking in; see the modules."""

from canting.members.imports.columns import BY_FIELD, FIELDS, Column, field_labels, guess
from canting.members.imports.report import as_report, error_file
from canting.members.imports.review import Review, review
from canting.members.imports.rows import ReviewedRow
from canting.members.imports.sheet import (
    Sheet,
    brought_sheet,
    column_samples,
    opened_sheet,
    sealed_text,
)
from canting.members.imports.take import (
    KIND,
    UNDO_FOR,
    mapping_for,
    remember_columns,
    take_in,
    undo_import,
)

__all__ = [
    "BY_FIELD",
    "FIELDS",
    "KIND",
    "UNDO_FOR",
    "Column",
    "Review",
    "ReviewedRow",
    "Sheet",
    "as_report",
    "brought_sheet",
    "column_samples",
    "error_file",
    "field_labels",
    "guess",
    "mapping_for",
    "opened_sheet",
    "remember_columns",
    "review",
    "sealed_text",
    "take_in",
    "undo_import",
]
