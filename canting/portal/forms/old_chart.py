"""What each account of an old chart is here, and whether its codes are shown from now on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy

from canting.portal.forms.old_book import mark
from canting.portal.old_books.chart import OldChart
from canting.portal.old_books.names import OldAccount

MOST_SHOWN = 200


class OldChartForm(forms.Form):
    """An account of ours for every old one, proposed; left empty it stays unknown."""

    use_codes = forms.BooleanField(
        label=gettext_lazy("Show our accounts under the old codes from now on"), required=False
    )

    def __init__(self, *args: Any, chart: OldChart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chart = chart
        for one in chart.accounts[:MOST_SHOWN]:
            self.fields[f"a-{mark(one.key)}"] = forms.ChoiceField(
                label=one.label, required=False, choices=[("", "—"), *chart.choices],
                initial=one.choice or one.proposed,
            )  # fmt: skip

    def account_rows(self) -> Iterator[tuple[OldAccount, BoundField]]:
        """Every old account with the field of what it is here."""
        shown = self.chart.accounts[:MOST_SHOWN]
        return ((one, self[f"a-{mark(one.key)}"]) for one in shown)

    def names(self) -> dict[str, str]:
        """Our code by the old name, for those that were matched."""
        typed = self.cleaned_data
        found = {
            one.key: typed.get(f"a-{mark(one.key)}", "") for one in self.chart.accounts[:MOST_SHOWN]
        }
        return {old: code for old, code in found.items() if code}

    def codes(self) -> dict[str, str]:
        """The old code by ours; the first of two old accounts that are one here gives its code."""
        names = self.names()
        found: dict[str, str] = {}
        for one in self.chart.accounts[:MOST_SHOWN]:
            if code := names.get(one.key):
                found.setdefault(code, one.code)
        return found


class OldChartFileForm(forms.Form):
    """A chart of accounts as a sheet."""

    file = forms.FileField(label=gettext_lazy("Chart of accounts of the old program"))
