"""Parameters and last numbers: asked one by one, or read once for an act that asks for many."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from canting.cooperatives.models import Cooperative, ParameterValue, Series
from canting.cooperatives.rules import Dated

Values = dict[str, list[Dated]]
Numbers = dict[str, dict[int, int]]
_values: ContextVar[tuple[int, Values] | None] = ContextVar("parameters_read_once", default=None)
_numbers: ContextVar[tuple[int, Numbers] | None] = ContextVar("series_read_once", default=None)


def own_values(*, cooperative: Cooperative) -> Values:
    """Every value that this cooperative set, by parameter, oldest first; one query."""
    found: Values = {}
    for row in ParameterValue.objects.filter(cooperative=cooperative).order_by("valid_from", "id"):
        found.setdefault(row.name, []).append(Dated(row.valid_from, row.value, row.source))
    return found


def own_value(*, cooperative: Cooperative, name: str, on: date) -> object:
    """What the cooperative itself set a parameter to on a day; None where only the law speaks."""
    known = _values.get()
    if known and known[0] == cooperative.pk:
        begun = [one.value for one in known[1].get(name, ()) if one.valid_from <= on]
        return begun[-1] if begun else None
    found = ParameterValue.objects.filter(cooperative=cooperative, name=name, valid_from__lte=on)
    return found.order_by("-valid_from", "-id").values_list("value", flat=True).first()


@contextmanager
def parameters_read_once(*, cooperative: Cooperative) -> Iterator[None]:
    """For a page that only looks: every parameter it asks for inside comes out of one query."""
    token = _values.set((cooperative.pk, own_values(cooperative=cooperative)))
    try:
        yield
    finally:
        _values.reset(token)


def last_numbers(*, cooperative: Cooperative, series: str) -> dict[int, int]:
    """The last number given of a series, by year."""
    known = _numbers.get()
    if known and known[0] == cooperative.pk:
        return known[1].get(series, {})
    found = Series.objects.filter(cooperative=cooperative, series=series)
    return dict(found.values_list("year", "last"))


@contextmanager
def series_read_once(*, cooperative: Cooperative) -> Iterator[None]:
    """For checks of all numbers: the last one of every series comes out of one query, not one each."""
    found: Numbers = {}
    rows = Series.objects.filter(cooperative=cooperative).values_list("series", "year", "last")
    for series, year, last in rows:
        found.setdefault(series, {})[year] = last
    token = _numbers.set((cooperative.pk, found))
    try:
        yield
    finally:
        _numbers.reset(token)
