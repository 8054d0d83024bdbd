"""Counts: what is counted, the sheet of each counter, what is said of a difference."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue.rules import ItemKind
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, QuantityField, RupiahField
from canting.kernel.quantities import BadQuantity, parse_quantity
from canting.stock import selectors, services
from canting.stock.forms.goods import CorrectionForm, PaperForm, PlacesField
from canting.stock.rules import Route

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.selectors import CountRow

KINDS = [
    ("", _("Everything")),
    (ItemKind.CLOTH, _("Cloth to work on")),
    (ItemKind.WAX, _("Wax")),
    (ItemKind.DYE, _("Dyes")),
    (ItemKind.TOOL, _("Tools and packing")),
    (ItemKind.PRODUCT, _("Finished cloth")),
    (ItemKind.BYPRODUCT, _("Recovered wax")),
]
ROUTES = [
    (Route.DIFFERENCE, _("the cooperative bears it")),
    (Route.DAMAGE, _("she answers for it: leave it to the damage route")),
]


class CountForm(PaperForm):
    """Where and what is counted."""

    place = PlacesField(label=_("What is counted"))
    kind = forms.ChoiceField(label=_("Which goods"), choices=KINDS, required=False)
    field_order = ("place", "kind", "on", "note")

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Day of the count")
        field = self.fields["place"]
        if isinstance(field, PlacesField):
            field.offer(selectors.places_to_count(cooperative))


class FoundForm(forms.Form):
    """Something found that the sheet does not have."""

    code = forms.CharField(label=_("Code of material or cloth"), max_length=40)
    batch = forms.CharField(label=_("Batch"), required=False, max_length=40)
    expires_on = DayField(label=_("Expires"), required=False)


def counted(typed: str) -> Decimal | None:
    """A counted quantity, 0 or more; None for an empty cell. Raises BadQuantity."""
    if not typed.strip():
        return None
    quantity = parse_quantity(typed)
    if quantity < 0:
        raise BadQuantity(typed=typed)
    return quantity


class CountSheet(forms.Form):
    """One cell a row of the sheet; what the other found is not shown."""

    def __init__(self, *args: Any, rows: Sequence[CountRow], turn: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            found = getattr(row.line, f"{turn}_quantity")
            self.fields[f"q{row.line.pk}"] = forms.CharField(
                label=row.line.lot.item.name,
                required=False,
                max_length=20,
                initial=QuantityField().prepare_value(found),
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )

    def clean(self) -> dict[str, Any]:
        """Every cell that is not empty is a quantity of 0 or more."""
        data: dict[str, Any] = super().clean() or {}
        self.found: dict[int, Decimal] = {}
        for name in list(data):
            try:
                quantity = counted(data[name])
            except DomainError as refusal:
                self.add_error(name, str(refusal))
                continue
            if quantity is not None:
                self.found[int(name[1:])] = quantity
        return data


class DifferenceForm(forms.Form):
    """What is said of one difference."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)
    route = forms.ChoiceField(label=_("Who bears it"), required=False, choices=ROUTES)
    unit_value = RupiahField(label=_("Worth of one"), required=False)

    def __init__(self, data: Any, *, row: CountRow, at_maker: bool) -> None:
        line = row.line
        first = {"reason": line.reason, "route": line.route, "unit_value": line.unit_value or None}
        super().__init__(data, prefix=f"d{line.pk}", initial=first)
        self.row = row
        self.fields["reason"].widget.attrs["list"] = "reasons"
        if not at_maker or (row.difference or 0) > 0:
            del self.fields["route"]
        if not ((row.needs_worth or line.unit_value) and (row.difference or 0) > 0):
            del self.fields["unit_value"]

    def decision(self) -> services.Decision:
        """What was said."""
        data = self.cleaned_data
        return services.Decision(
            reason=data.get("reason", ""),
            route=data.get("route") or Route.DIFFERENCE,
            unit_value=data.get("unit_value") or 0,
        )


class DropForm(forms.Form):
    """Why an open count is dropped."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class CountCorrection(CorrectionForm):
    """A booked count put right."""

    only_cancel = None  # type: ignore[assignment]
    again = forms.BooleanField(label=_("Begin a new count"), required=False, initial=True)
