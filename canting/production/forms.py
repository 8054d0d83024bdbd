"""What is typed on the pages of making: shape only, no law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.inputs import DayField, QuantityField, RupiahField
from canting.kernel.member_text import m_lazy
from canting.members import selectors as members
from canting.production.rules import BASES, FROM_CUSTODY, FactKind, Part, equal_shares
from canting.stock.rules import Basis

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

Choices = Sequence[tuple[str, Any]]
MOST_BUTTONS = 8
BASIS_WORDS = {
    Basis.COMMISSION: _("Commission: our material, wage per piece"),
    Basis.PURCHASE: _("Purchase: her material, we buy the cloth"),
    Basis.CONSIGNMENT: _("Consignment: hers until it is sold"),
}
KIND_WORDS = {
    FactKind.OVERUSE: _("Used beyond the norm, she pays"),
    FactKind.WAIVED: _("Used beyond the norm, waived"),
    FactKind.LOST_HERS: _("Lost, she pays"),
    FactKind.LOST_OURS: _("Lost, our fault"),
}


class OrderForm(forms.Form):
    """What is asked for, by when, on which basis, from which line of a buyer's order."""

    order_line = forms.ChoiceField(label=_("For the order"), required=False)
    product = forms.ChoiceField(label=_("Product"))
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1)
    due_date = DayField(label=_("Ready by"))
    basis = forms.ChoiceField(
        label=_("Basis"),
        choices=[(basis.value, BASIS_WORDS[basis]) for basis in BASES],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note to the makers"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def offer(self, *, products: Choices, lines: Choices, today: date) -> None:
        """Set what can be chosen."""
        self.choose("product", [("", ""), *products])
        self.choose("order_line", [("", _("No order: for our own stock")), *lines])
        due = self.fields["due_date"]
        if isinstance(due, DayField):
            due.today = today

    def choose(self, name: str, choices: Choices) -> None:
        """Set the choices of one field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class MakerRow(forms.Form):
    """One maker's part."""

    member = forms.CharField(
        label=_("Maker"), required=False, widget=forms.TextInput(attrs={"list": "makers"})
    )
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, required=False)
    promised_date = DayField(label=_("Promised by"), required=False)


if TYPE_CHECKING:
    SplitBase = forms.BaseFormSet[MakerRow]
else:
    SplitBase = forms.BaseFormSet


class BaseSplit(SplitBase):
    """The split of a work order: rows with a maker count, empty ones do not."""

    cooperative: Cooperative | None = None

    def clean(self) -> None:
        """Find the members who are meant; say in the row who cannot be found."""
        if self.cooperative is None:
            return
        for form in self.forms:
            typed = form.cleaned_data.get("member", "") if form.is_valid() else ""
            if not typed:
                continue
            found = members.find_member(cooperative=self.cooperative, typed=typed)
            if found is None:
                form.add_error(
                    "member", _("No such member. Choose from the list, by name or number.")
                )
            form.cleaned_data["found"] = found

    def parts(self) -> list[Part]:
        """The rows that name a maker, in order."""
        return [
            Part(
                form.cleaned_data["found"],
                form.cleaned_data.get("quantity") or 0,
                form.cleaned_data.get("promised_date"),
            )
            for form in self.forms
            if form.cleaned_data.get("found")
        ]

    def proposal(self, quantity: int) -> list[dict[str, Any]]:
        """The same makers with equal parts of the quantity."""
        named = [form.cleaned_data for form in self.forms if form.cleaned_data.get("found")]
        shares = equal_shares(quantity, len(named))
        return [
            {
                "member": row["member"],
                "quantity": share,
                "promised_date": row.get("promised_date"),
            }
            for row, share in zip(named, shares, strict=True)
        ]


def split_formset(
    cooperative: Cooperative,
    body: Any = None,
    initial: Sequence[dict[str, Any]] = (),
    spare: int = 4,
) -> BaseSplit:
    """The grid of makers, with some spare rows."""
    made = forms.formset_factory(MakerRow, formset=BaseSplit, extra=spare, max_num=200)
    formset = cast(BaseSplit, made(body, initial=list(initial) or None, prefix="makers"))
    formset.cooperative = cooperative
    return formset


class StagesForm(forms.Form):
    """Pieces in wax, in dye, boiled; and a word to the maker."""

    waxed = forms.IntegerField(label=_("In wax"), min_value=0)
    dyed = forms.IntegerField(label=_("In dye"), min_value=0)
    boiled = forms.IntegerField(label=_("Boiled"), min_value=0)
    note = forms.CharField(label=_("Word to the maker"), max_length=200, required=False)


class MyStagesForm(forms.Form):
    """The same, as a member says it of her own work."""

    waxed = forms.IntegerField(label=m_lazy("In wax"), min_value=0)
    dyed = forms.IntegerField(label=m_lazy("In dye"), min_value=0)
    boiled = forms.IntegerField(label=m_lazy("Boiled"), min_value=0)


class ReportForm(forms.Form):
    """How many pieces are finished: one tap for a few, a number for many; a photo may come along."""

    count = forms.ChoiceField(
        label=m_lazy("How many pieces are finished?"), widget=forms.RadioSelect
    )
    more = forms.IntegerField(label=m_lazy("Or another number"), min_value=1, required=False)
    photo = forms.FileField(label=m_lazy("Photo of the cloth"), required=False)

    def offer(self, left: int) -> None:
        """Buttons for one up to what is still with the maker."""
        field = self.fields["count"]
        if isinstance(field, forms.ChoiceField):
            most = max(1, min(left, MOST_BUTTONS))
            field.choices = [(str(n), str(n)) for n in range(1, most + 1)]
            field.initial = "1"

    def clean(self) -> dict[str, Any]:
        """The number, typed or tapped."""
        found = super().clean() or {}
        found["pieces"] = found.get("more") or int(found.get("count") or 0)
        return found


class CloseForm(forms.Form):
    """Why a work order ends early."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ByproductForm(forms.Form):
    """Wax that came back out of the boiling."""

    item = forms.ChoiceField(label=_("What was recovered"))
    quantity = QuantityField(label=_("Quantity"))

    def offer(self, items: Choices) -> None:
        """Set what can be recovered."""
        field = self.fields["item"]
        if isinstance(field, forms.ChoiceField):
            field.choices = items


class MaterialFactForm(forms.Form):
    """Material that a maker no longer has, and why."""

    member = forms.CharField(label=_("Maker"), widget=forms.TextInput(attrs={"list": "makers"}))
    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=[(kind.value, KIND_WORDS[kind]) for kind in FactKind if kind in FROM_CUSTODY],
        widget=forms.RadioSelect,
    )
    item = forms.ChoiceField(label=_("Material"))
    quantity = QuantityField(label=_("Quantity"))
    work_order = forms.CharField(label=_("Work order"), max_length=40, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def offer(self, items: Choices) -> None:
        """Set the materials that can be chosen."""
        field = self.fields["item"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", ""), *items]


class MaterialCorrectionForm(forms.Form):
    """How the fact should be; without a quantity it is only reversed."""

    kind = forms.ChoiceField(
        label=_("What happened"),
        choices=[(kind.value, KIND_WORDS[kind]) for kind in FactKind if kind in FROM_CUSTODY],
        required=False,
    )
    quantity = QuantityField(
        label=_("Quantity"), required=False, help_text=_("Leave it empty to cancel only.")
    )
    reason = forms.CharField(label=_("Why it is put right"), max_length=200)


class FinishCorrectionForm(forms.Form):
    """Why a finish is taken back; what it was worth follows from the work."""

    reason = forms.CharField(label=_("Why it is put right"), max_length=200)


class ReturnForm(forms.Form):
    """How many pieces go back to their maker, and why."""

    quantity = forms.IntegerField(label=_("Pieces"), min_value=1)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReturnCorrectionForm(forms.Form):
    """How many pieces really went back; none cancels the return."""

    quantity = forms.IntegerField(
        label=_("Pieces"),
        min_value=0,
        required=False,
        help_text=_("Leave it empty to cancel only."),
    )
    reason = forms.CharField(label=_("Why it is put right"), max_length=200)


class AdvanceForm(forms.Form):
    """The terms of a buy-back contract."""

    member = forms.CharField(label=_("Maker"), widget=forms.TextInput(attrs={"list": "makers"}))
    product = forms.ChoiceField(label=_("Product"))
    pieces = forms.IntegerField(label=_("Pieces"), min_value=1)
    amount = RupiahField(label=_("Advance paid now"))
    agreed_price = RupiahField(label=_("Agreed price for all pieces"))
    share_percent = forms.IntegerField(
        label=_("Maker's share of the margin, percent"), min_value=0, max_value=100, initial=70
    )
    due_date = DayField(label=_("Cloth ready by"))
    cash_place = forms.ChoiceField(label=_("Paid from"))

    def offer(self, *, products: Choices, places: Choices, today: date) -> None:
        """Set what can be chosen."""
        for name, choices in (("product", products), ("cash_place", places)):
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        due = self.fields["due_date"]
        if isinstance(due, DayField):
            due.today = today


class AdvanceCorrectionForm(AdvanceForm):
    """The terms as they should be; without an amount the contract is only cancelled."""

    amount = RupiahField(
        label=_("Advance paid now"),
        required=False,
        help_text=_("Leave it empty to cancel only."),
    )
    reason = forms.CharField(label=_("Why it is put right"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whose contract it is and for what does not change: that would be another contract.
        del self.fields["member"], self.fields["product"]
