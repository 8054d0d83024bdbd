"""A list as a file: the address of its page with `?unduh=xlsx` or `?unduh=csv`.

The page and the file are one view, so they share filter, cooperative and right. A view marked with
`listed` finds in `request.sheet` which file is asked for ("" for the page) and answers it by
`as_file`; the shell draws the two links under every page that is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

from canting.cooperatives.doors import View, refuse
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.tables_out import Column, cells_of, write_csv, write_xlsx

if TYPE_CHECKING:
    from django.http import HttpResponse

    from canting.cooperatives.doors import Request
    from canting.cooperatives.models import Cooperative

ASKED = "unduh"


def listed(right: str = "") -> Callable[[View], View]:
    """Mark the view of a list; `right` is asked for the file beside the right of the page."""

    def mark(view: View) -> View:
        @wraps(view)
        def page(request: Request, cooperative: Cooperative, *args: Any, **kwargs: Any) -> Any:
            asked = request.GET.get(ASKED, "") if request.method != "POST" else ""
            may = not right or right in request.access.rights
            request.sheet = asked if asked in downloads.SHEETS else ""
            request.offers_sheet = may
            if request.sheet and not may:
                return refuse(request, cooperative, right)
            return view(request, cooperative, *args, **kwargs)

        page.listed = True  # type: ignore[attr-defined]
        return page

    return mark


def as_file(
    request: Request,
    cooperative: Cooperative,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Any],
) -> HttpResponse:
    """The rows of a list as the file that was asked for; `name` is what it is a list of."""
    write = write_xlsx if request.sheet == "xlsx" else write_csv
    file = write(columns, cells_of(columns, rows))
    plain = name.replace("/", "-")
    day = today(cooperative.zone)
    return downloads.file_in_pieces(file, f"{plain}-{cooperative.slug}-{day}.{request.sheet}")
