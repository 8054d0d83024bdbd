"""Shapes of what people type about members; the law is the services'."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.dates import format_date
from canting.kernel.errors import DomainError
from canting.kernel.identity import nik_facts, parse_nik
from canting.kernel.inputs import DayField
from canting.kernel.phones import parse_phone
from canting.kernel.typed import clean
from canting.members.rules import MemberKind, Region, villages_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

REMOVE = "-"
# What a form about a known member shows of her; the NIK never.
DRAWN = (
    "full_name", "called_name", "title_before", "title_after", "kind", "phone", "other_phone",
    "birth_place", "birth_date", "email", "dusun", "rt", "rw", "village_code", "village",
    "district", "regency", "postal_code", "landmark", "workshop", "occupation", "note",
    "old_number", "joined_on",
)  # fmt: skip


class PhoneField(forms.CharField):
    """A phone number in any common way of writing, stored as +62…."""

    example = "0812-3456-7890"

    def clean(self, value: Any) -> str:
        """The number as it is stored, or a refusal with what was typed."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return parse_phone(typed)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class NikField(forms.CharField):
    """The 16 digits from the card; never drawn again once they were typed."""

    example = "3513145708900001"

    def clean(self, value: Any) -> str | None:
        """The digits, None for none; "-" is kept for the form to mean "remove"."""
        typed = super().clean(value)
        if clean(typed) == REMOVE:
            return REMOVE
        try:
            return parse_nik(typed)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def _village_choices(region_code: str) -> list[Any]:
    """The villages of the cooperative's regency under their districts, for one list to choose from."""
    groups: dict[str, list[tuple[str, str]]] = {}
    places: tuple[Region, ...] = villages_of(region_code) if region_code else ()
    for place in places:
        groups.setdefault(place.district, []).append((place.code, place.name))
    return [("", _("Not in this list")), *sorted(groups.items())]


class MemberForm(forms.Form):
    """Everything that is written down of a member, in the order of the paper form."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    called_name = forms.CharField(
        label=_("Called name"), max_length=60, required=False, help_text=_("For example Bu Siti.")
    )
    title_before = forms.CharField(label=_("Title before the name"), max_length=30, required=False)
    title_after = forms.CharField(label=_("Title after the name"), max_length=40, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of membership"),
        choices=[
            (MemberKind.ORDINARY.value, _("Ordinary member")),
            (MemberKind.EXTRAORDINARY.value, _("Extraordinary member")),
        ],
        initial=MemberKind.ORDINARY.value,
        widget=forms.RadioSelect,
    )
    phone = PhoneField(label=_("Phone (WhatsApp)"), required=False)
    other_phone = PhoneField(label=_("Another phone"), required=False)
    nik = NikField(label=_("NIK"), required=False, max_length=30)
    birth_place = forms.CharField(label=_("Birth place"), max_length=60, required=False)
    birth_date = DayField(label=_("Birth date"), required=False)
    dusun = forms.CharField(label=_("Dusun"), max_length=60, required=False)
    rt = forms.RegexField(r"^\d{0,3}$", label=_("RT"), required=False)
    rw = forms.RegexField(r"^\d{0,3}$", label=_("RW"), required=False)
    village_code = forms.ChoiceField(label=_("Village"), required=False)
    village = forms.CharField(label=_("Village"), max_length=60, required=False)
    district = forms.CharField(label=_("District"), max_length=60, required=False)
    regency = forms.CharField(label=_("Regency"), max_length=60, required=False)
    postal_code = forms.RegexField(r"^\d{5}$", label=_("Postal code"), required=False)
    landmark = forms.CharField(
        label=_("Landmark"), max_length=120, required=False,
        help_text=_("For example east of the musala."),
    )  # fmt: skip
    workshop = forms.CharField(label=_("Workshop or group"), max_length=80, required=False)
    occupation = forms.CharField(label=_("Occupation"), max_length=60, required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    joined_on = DayField(label=_("Joined on"), required=False)
    old_number = forms.CharField(label=_("Old number"), max_length=40, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        cooperative: Cooperative,
        today: date,
        member: Member | None = None,
        **options: Any,
    ) -> None:
        if member is not None:
            options.setdefault("initial", {name: getattr(member, name) for name in DRAWN})
        super().__init__(*args, **options)
        self.member = member
        self.today = today
        field = self.fields["village_code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = _village_choices(cooperative.region_code)
        for name in ("birth_date", "joined_on"):
            day = self.fields[name]
            if isinstance(day, DayField):
                day.today = today
        if member is not None and member.nik_sealed:
            self.fields["nik"].help_text = _("Kept. Type 16 digits to replace it, - to remove it.")

    def clean(self) -> dict[str, Any]:
        """Days that cannot be: born or joined after today."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("birth_date", "joined_on"):
            day = found.get(name)
            if day and day > self.today:
                self.add_error(name, _("%(date)s lies in the future.") % {"date": format_date(day)})
        return found

    def facts(self) -> dict[str, Any]:
        """What the services take, without the name and the NIK; a chosen village fills its names."""
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("full_name", "nik")
        }
        for name in ("rt", "rw"):
            given[name] = given[name].zfill(2) if given[name] else ""
        return given

    @property
    def typed_nik(self) -> str | None:
        """The NIK typed, or None."""
        typed = self.cleaned_data["nik"]
        return None if typed == REMOVE else typed

    @property
    def keeps_nik(self) -> bool:
        """True when the NIK stays as it is: nothing was typed."""
        return not self.cleaned_data["nik"]

    def doubts(self) -> list[str]:
        """What may be wrong but is no reason to refuse (koperasi.md 8.1): birth parts that differ."""
        nik, born = self.typed_nik, self.cleaned_data.get("birth_date")
        if nik and born and not nik_facts(nik).agrees_with(born):
            return [
                str(
                    _(
                        "The birth date and the birth part of the NIK differ. Look at the card again."
                    )
                )
            ]
        return []


class AdmitForm(forms.Form):
    """The decision by which an applicant becomes a member."""

    on = DayField(label=_("Decided on"))
    decision = forms.CharField(
        label=_("Decision of the board"), max_length=120, required=False,
        help_text=_("For example minutes no. 4."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """A reason in a few words."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class SheetForm(forms.Form):
    """A file with a list of members, or a block copied from one."""

    file = forms.FileField(
        label=_("File"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("Or paste the rows here"), required=False, widget=forms.Textarea
    )
    sheet = forms.CharField(
        label=_("Name of the sheet"), max_length=60, required=False,
        help_text=_("Empty: the first sheet that is not empty."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of both must be there."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not found.get("file") and not (found.get("pasted") or "").strip():
            self.add_error("file", _("Choose a file, or paste rows with their heading."))
        return found


class ColumnsForm(forms.Form):
    """Which field each column of a sheet holds; a field stands once."""

    def __init__(
        self,
        *args: Any,
        header: tuple[str, ...],
        labels: list[tuple[str, str]],
        columns: Mapping[str, int],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        at = {place: name for name, place in columns.items()}
        for place, label in enumerate(header):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=label or _("Column %(n)s") % {"n": place + 1},
                choices=[("", _("Not taken")), *labels],
                required=False,
                initial=at.get(place, ""),
            )

    def clean(self) -> dict[str, Any]:
        """No field twice, and the name must be there."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for key, name in found.items():
            if name and name in seen:
                self.add_error(
                    key,
                    _("This is chosen for two columns. Choose it for one of them."),
                )
            seen.setdefault(name, key)
        if "full_name" not in found.values():
            self.add_error(None, _("Choose the column with the names."))
        return found

    def columns(self) -> dict[str, int]:
        """Field to place."""
        return {name: int(key[1:]) for key, name in self.cleaned_data.items() if name}
