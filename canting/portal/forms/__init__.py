"""Forms of the opening; see the modules of this package."""

from canting.portal.forms.facts import FactsForm, OldBookForm, RoleForm, SheetForm, kind_choices
from canting.portal.forms.grid import MOST_ROWS, PREFIX, CellError, Grid, as_read, grid_data
from canting.portal.forms.known import Known
from canting.portal.forms.old_book import OldBookFileForm, ReadingForm
from canting.portal.forms.old_chart import OldChartFileForm, OldChartForm
from canting.portal.forms.rows import GRID_OF, MONEY, NUMBERS, lines_of

__all__ = [
    "GRID_OF",
    "MONEY",
    "MOST_ROWS",
    "NUMBERS",
    "PREFIX",
    "CellError",
    "FactsForm",
    "Grid",
    "Known",
    "OldBookFileForm",
    "OldBookForm",
    "OldChartFileForm",
    "OldChartForm",
    "ReadingForm",
    "RoleForm",
    "SheetForm",
    "as_read",
    "grid_data",
    "kind_choices",
    "lines_of",
]
