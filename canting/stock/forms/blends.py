"""Blends of wax: what goes in and comes out, and the recipes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import MATERIALS, ItemKind
from canting.kernel.inputs import QuantityField
from canting.stock import selectors
from canting.stock.forms.goods import CorrectionForm, PaperForm

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


class BlendForm(PaperForm):
    """The wax that comes out, and by which recipe."""

    recipe = forms.ChoiceField(label=_("Recipe"), required=False)
    total = QuantityField(label=_("For how much"), required=False)
    item = forms.ChoiceField(label=_("Wax that comes out"), required=False)
    quantity = QuantityField(label=_("How much came out"), required=False)
    field_order = ("recipe", "total", "item", "quantity", "on", "note")

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waxes = {
            item.code: item
            for item in catalogue.items(cooperative=cooperative, kinds=[ItemKind.WAX])
        }
        self.recipes = {str(one.pk): one for one in selectors.recipes(cooperative)}
        self.fields["recipe"].choices = [  # type: ignore[attr-defined]
            ("", "–"), *((key, one.name) for key, one in self.recipes.items())
        ]  # fmt: skip
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "–"), *((code, f"{one.name} ({one.unit})") for code, one in self.waxes.items())
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A blend names the wax that came out; the recipe names it where it is left empty."""
        data: dict[str, Any] = super().clean() or {}
        recipe = self.recipes.get(data.get("recipe", ""))
        data["recipe"] = recipe
        data["item"] = self.waxes.get(data.get("item", "")) or (recipe.item if recipe else None)
        if data["item"] is None and "item" not in self.errors:
            self.add_error("item", _("Say which wax comes out."))
        return data


class RepackForm(PaperForm):
    """What is taken out of the bulk, and how many packs came of it."""

    bulk = forms.ChoiceField(label=_("Taken from"))
    quantity = QuantityField(label=_("How much was taken"))
    batch = forms.CharField(label=_("Batch"), required=False, max_length=40)
    into = forms.ChoiceField(label=_("Packed as"))
    packs = QuantityField(label=_("How many packs came"))
    field_order = ("bulk", "quantity", "batch", "into", "packs", "on", "note")

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {
            one.code: one for one in catalogue.items(cooperative=cooperative, kinds=MATERIALS)
        }
        choices = [
            ("", "–"),
            *((code, f"{one.name} ({one.unit})") for code, one in self.known.items()),
        ]
        for name in ("bulk", "into"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not any(one.tracked for one in self.known.values()):
            del self.fields["batch"]
        else:
            self.fields["batch"].widget.attrs["list"] = "batches"

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return {
            "bulk": self.known[typed["bulk"]],
            "into": self.known[typed["into"]],
            "quantity": typed["quantity"],
            "packs": typed["packs"],
            "batch": typed.get("batch", ""),
            "on": typed["on"],
            "note": typed["note"],
        }


class BlendCorrection(CorrectionForm):
    """A blend put right: what went in, what came out."""

    quantity = QuantityField(label=_("How much came out"), required=False)
    field_order = ("quantity", "on", "reason", "only_cancel")


class RecipeForm(forms.Form):
    """A recipe's name and the wax it makes; its parts stand in the grid."""

    name = forms.CharField(label=_("Name of the recipe"), max_length=80)
    item = forms.ChoiceField(label=_("Wax that comes out"))
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = catalogue.items(cooperative=cooperative, kinds=[ItemKind.WAX])
        self.waxes = {item.code: item for item in found}
        self.fields["item"].choices = [(c, one.name) for c, one in self.waxes.items()]  # type: ignore[attr-defined]
