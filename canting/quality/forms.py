"""What is typed when cloth is received: shape only, no law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue.rules import GRADES
from canting.kernel.inputs import RupiahField
from canting.kernel.money import format_rupiah
from canting.production.forms import BASIS_WORDS
from canting.production.rules import Fault
from canting.quality import selectors
from canting.quality.rules import Defect, Finding, Mark, Result
from canting.stock.rules import Basis

FREE_BASES = (Basis.PURCHASE, Basis.CONSIGNMENT)


class PassForm(forms.Form):
    """Cloth that passed: one piece of a grade, or a count of each grade."""

    code = forms.CharField(
        label=_("Code on the label"),
        max_length=12,
        required=False,
        help_text=_("Empty: the cloth gets a new code."),
    )
    grade = forms.ChoiceField(label=_("Grade"), widget=forms.RadioSelect)
    count_a = forms.IntegerField(label=_("Pieces of grade A"), min_value=0, required=False)
    count_b = forms.IntegerField(label=_("Pieces of grade B"), min_value=0, required=False)
    count_c = forms.IntegerField(label=_("Pieces of grade C"), min_value=0, required=False)
    photo = forms.FileField(label=_("Photo"), required=False)

    def offer(self, prices: Mapping[str, int], *, any_grade: bool, focus: bool = False) -> None:
        """Set the grades that have a price; consigned cloth may have none.

        With `focus` the grade waits for the keys: after a scan, arrows choose and Enter saves.
        """
        grades = [grade for grade in GRADES if grade in prices or any_grade]
        field = self.fields["grade"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (grade, f"{grade} {format_rupiah(prices[grade])}" if grade in prices else grade)
                for grade in grades
            ]
            field.initial = grades[0] if grades else ""
            if focus:
                field.widget.attrs["autofocus"] = True
        for grade in GRADES:
            if grade not in grades:
                del self.fields[f"count_{grade.lower()}"]

    def counts(self) -> dict[str, int]:
        """Pieces by grade: the counts when there are any, else one piece of the chosen grade."""
        many = {grade: self.cleaned_data.get(f"count_{grade.lower()}") or 0 for grade in GRADES}
        if any(many.values()):
            return {grade: count for grade, count in many.items() if count}
        return {self.cleaned_data.get("grade") or "": 1}

    def finding(self) -> Finding:
        """What was decided."""
        return Finding(Result.PASS, self.counts(), code=self.cleaned_data.get("code", ""))


class FaultForm(forms.Form):
    """Cloth that did not pass: what is wrong, whose fault, what she says."""

    code = forms.CharField(label=_("Code on the label"), max_length=12, required=False)
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, initial=1)
    defects = forms.MultipleChoiceField(
        label=_("What is wrong"), widget=forms.CheckboxSelectMultiple, required=False
    )
    marks = forms.MultipleChoiceField(
        label=_("Natural marks, never a fault"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fault = forms.ChoiceField(
        label=_("Whose fault"),
        choices=[(Fault.HERS.value, _("The maker's")), (Fault.OURS.value, _("Ours"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("In a few words, for the maker"), max_length=200, required=False
    )
    objection = forms.CharField(label=_("What the maker says"), max_length=200, required=False)
    grade = forms.ChoiceField(label=_("Grade for her wage, when the fault is ours"), required=False)
    extra_wage = RupiahField(
        label=_("Extra wage per piece, when the fault is ours"), required=False, least=0
    )
    photo = forms.FileField(label=_("Photo"), required=False)

    def offer(self, result: str, prices: Mapping[str, int], *, pays_wage: bool) -> None:
        """Keep what this result asks for, and set what can be chosen."""
        choices: dict[str, Sequence[tuple[Any, Any]]] = {
            "defects": [(d.value, selectors.defect_names()[d]) for d in Defect],
            "marks": [(m.value, selectors.mark_names()[m]) for m in Mark],
            "grade": [(g, f"{g} {format_rupiah(prices[g])}") for g in GRADES if g in prices],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
        if not pays_wage or result != Result.REJECT:
            del self.fields["grade"]
        if not pays_wage or result != Result.REWORK:
            del self.fields["extra_wage"]
        if not pays_wage:
            del self.fields["fault"]

    def finding(self, result: str) -> Finding:
        """What was decided."""
        asked = self.cleaned_data
        return Finding(
            Result(result),
            {asked.get("grade", ""): asked["quantity"]},
            code=asked.get("code", ""),
            fault=Fault(asked.get("fault") or ""),
            defects=tuple(asked.get("defects", ())),
            marks=tuple(asked.get("marks", ())),
            reason=asked.get("reason", ""),
            objection=asked.get("objection", ""),
            extra_wage=asked.get("extra_wage") or 0,
        )


class FreeForm(forms.Form):
    """Whose cloth it is when there is no work order."""

    member = forms.CharField(label=_("Maker"), widget=forms.TextInput(attrs={"list": "makers"}))
    product = forms.ChoiceField(label=_("Product"))
    basis = forms.ChoiceField(
        label=_("Basis"),
        choices=[(basis.value, BASIS_WORDS[basis]) for basis in FREE_BASES],
        widget=forms.RadioSelect,
        initial=Basis.PURCHASE.value,
    )

    def offer(self, products: Sequence[tuple[str, str]]) -> None:
        """Set the products that can be chosen."""
        field = self.fields["product"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", ""), *products]


class CorrectionForm(FaultForm):
    """How the inspection should have been; "cancel" only takes it back."""

    result = forms.ChoiceField(
        label=_("It should be"),
        choices=[
            ("", _("Cancel only: the cloth waits for inspection again")),
            (Result.PASS.value, _("Passed")),
            (Result.REWORK.value, _("To be put right")),
            (Result.REJECT.value, _("Rejected")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    count_a = forms.IntegerField(label=_("Pieces of grade A"), min_value=0, required=False)
    count_b = forms.IntegerField(label=_("Pieces of grade B"), min_value=0, required=False)
    count_c = forms.IntegerField(label=_("Pieces of grade C"), min_value=0, required=False)
    why = forms.CharField(label=_("Why it is put right"), max_length=200)

    field_order = ["result", "count_a", "count_b", "count_c", "quantity", "code", "why"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("quantity", "fault"):
            self.fields[name].required = False
        del self.fields["photo"]

    def offer(self, result: str, prices: Mapping[str, int], *, pays_wage: bool) -> None:
        """The fields of every result stay: the right one is chosen here."""
        super().offer(Result.REJECT, prices, pays_wage=pays_wage)

    def corrected(self) -> Finding | None:
        """The right finding; nothing when it is only cancelled."""
        asked = self.cleaned_data
        result = asked.get("result", "")
        if not result:
            return None
        if result == Result.PASS:
            counts = {grade: asked.get(f"count_{grade.lower()}") or 0 for grade in GRADES}
            return Finding(Result.PASS, counts, code=asked.get("code", ""))
        asked["quantity"] = asked.get("quantity") or 1
        return self.finding(result)
