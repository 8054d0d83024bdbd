"""What is typed about needs: rows of the desk, a pasted message, a member's own wish, a quota."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import UNITS
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, QuantityField, propose
from canting.kernel.member_text import m_lazy
from canting.members import selectors as members
from canting.purchasing.rules import Mode
from canting.rounds.rules import NeedSource
from canting.rounds.services import Wish

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member
    from canting.rounds.models import Round

BLANK_ROWS = 5
MOST_ROWS = 300
LONGEST_MESSAGE = 20_000
UNIT_CHOICES = [("", "–"), *((unit, unit) for unit in UNITS)]
STAFF_MODES = [
    (Mode.CREDIT, _("next month")),
    (Mode.CREDIT_ON_SALE, _("when her cloth is sold")),
    (Mode.CASH, _("in cash")),
    (Mode.CUSTODY, _("in trust, for commission work")),
]
MEMBER_MODES = [
    (Mode.CREDIT, m_lazy("Next month")),
    (Mode.CREDIT_ON_SALE, m_lazy("When my cloth is sold")),
    (Mode.CASH, m_lazy("In cash")),
]


class MessageForm(forms.Form):
    """A text pasted from WhatsApp."""

    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class WishForm(forms.Form):
    """One row of the desk: whose (empty: the store's), what, how much, how it will be paid."""

    member = forms.CharField(label=_("Member"), required=False, max_length=160)
    item = forms.ChoiceField(label=_("Material"), required=False)
    quantity = QuantityField(label=_("How much"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False, choices=UNIT_CHOICES)
    mode = forms.ChoiceField(label=_("How it is paid"), required=False, choices=STAFF_MODES)
    drop = forms.BooleanField(label=_("Leave out"), required=False)
    raw = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        items: Sequence[Item],
        people: dict[str, Member | None],
        cooperative: Cooperative,
        was_read: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not was_read:
            self.fields.pop("drop")
        self.items = {item.code: item for item in items}
        self.people, self.cooperative = people, cooperative
        self.fields["member"].widget.attrs["list"] = "members"
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((item.code, f"{item.name} ({item.unit})") for item in items),
        ]

    def clean_member(self) -> Member | None:
        """The member that was typed; nothing typed is the store's own need."""
        typed = self.cleaned_data["member"]
        if not typed:
            return None
        if typed not in self.people:
            self.people[typed] = members.find_member(cooperative=self.cooperative, typed=typed)
        found = self.people[typed]
        if found is None and not self.data.get(self.add_prefix("drop")):
            raise forms.ValidationError(
                _("“%(typed)s” is no member, or fits several. Choose from the list.")
                % {"typed": typed}
            )
        return found

    def clean(self) -> dict[str, Any]:
        """A row is whole, empty, or left out on purpose; a wish that was read is never just lost."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("drop"):
            return data
        begun = data.get("member") or data.get("item") or data.get("quantity") or data.get("raw")
        if begun and not data.get("item") and "item" not in self.errors:
            self.add_error("item", _("Choose the material, or leave this row out."))
        if begun and not data.get("quantity") and "quantity" not in self.errors:
            self.add_error("quantity", _("Write how much, for example 2,5."))
        if data.get("item") and data.get("unit"):
            try:
                catalogue.factor_of(self.items[data["item"]], data["unit"])
            except DomainError as refusal:
                self.add_error("unit", str(refusal))
        return data

    @property
    def is_line(self) -> bool:
        """True of a whole row that is not left out."""
        data = self.cleaned_data
        return bool(data.get("item") and data.get("quantity") and not data.get("drop"))

    def wish(self) -> Wish:
        """The row as a wish."""
        data = self.cleaned_data
        return Wish(
            item=self.items[data["item"]],
            quantity=data["quantity"],
            unit=data["unit"],
            member=data["member"],
            source=NeedSource.PASTE if data.get("raw") else NeedSource.DESK,
            mode=data["mode"] or Mode.CREDIT,
            note=data.get("raw") or "",
        )


class _Wishes(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of which at least one is whole, and none asks twice for the same."""

    def clean(self) -> None:
        """Refuse a grid without any row, and two rows of one member and material."""
        if any(self.errors):
            return
        if not self.lines:
            raise forms.ValidationError(_("Choose a material and write how much, in one row."))
        seen: set[tuple[int, str]] = set()
        for row in self.lines:
            member = row.cleaned_data["member"]
            key = (member.pk if member else 0, row.cleaned_data["item"])
            if key in seen:
                row.add_error("item", _("Asked for twice here. Put both into one row."))
                raise forms.ValidationError(_("A material stands twice for the same member."))
            seen.add(key)

    @property
    def lines(self) -> list[Any]:
        """The rows that ask for something."""
        return [form for form in self.forms if form.is_line]


def wish_grid(
    cooperative: Cooperative, data: Any = None, initial: Sequence[dict[str, Any]] = ()
) -> Any:
    """Rows of needs with empty ones at the end, prefix "b"."""
    formset = forms.formset_factory(
        WishForm, formset=_Wishes, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    items = list(catalogue.materials(cooperative=cooperative))
    was_read = bool(initial) or any(data[name] for name in data or () if name.endswith("-raw"))
    facts = {
        "items": items,
        "people": {},
        "cooperative": cooperative,
        "was_read": was_read,
    }
    return formset(data, prefix="b", initial=list(initial) or None, form_kwargs=facts)


class OwnWishForm(forms.Form):
    """What a member asks for herself, on her phone."""

    item = forms.ChoiceField(label=m_lazy("What do you need?"))
    quantity = QuantityField(label=m_lazy("How much?"))
    unit = forms.ChoiceField(label=m_lazy("Unit"), required=False, choices=UNIT_CHOICES)
    mode = forms.ChoiceField(
        label=m_lazy("How will you pay?"),
        choices=MEMBER_MODES,
        widget=forms.RadioSelect,
        initial=Mode.CREDIT,
    )
    substitute_ok = forms.BooleanField(
        label=m_lazy("Something of the same kind will do too"), required=False
    )

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {one.code: one for one in catalogue.materials(cooperative=cooperative)}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((one.code, one.name) for one in self.items.values()),
        ]

    def wish(self, member: Member) -> Wish:
        """What was typed as her wish."""
        data = self.cleaned_data
        return Wish(
            item=self.items[data["item"]],
            quantity=data["quantity"],
            unit=data["unit"],
            member=member,
            source=NeedSource.PHONE,
            mode=data["mode"],
            substitute_ok=data["substitute_ok"],
        )


class QuotaForm(forms.Form):
    """A scarce material to be divided over the active makers."""

    item = forms.ChoiceField(label=_("Scarce material"))
    total = QuantityField(label=_("There is to divide"))
    step = QuantityField(label=_("In steps of"), initial=Decimal(1))
    expires_on = DayField(label=_("Hers until the day before"))

    def __init__(self, *args: Any, found: Round, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {one.code: one for one in catalogue.materials(cooperative=found.cooperative)}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((one.code, f"{one.name} ({one.unit})") for one in self.items.values()),
        ]
        propose(self, "expires_on", min(found.deadline, today + timedelta(days=3)))

    def terms(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        data = dict(self.cleaned_data)
        return {**data, "item": self.items[data["item"]]}
