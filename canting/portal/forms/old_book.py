"""The questions about an old book as a form: about the file, its cells, its people, its accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.kernel.inputs import RupiahField
from canting.portal.old_books import Answers, Plan, Question
from canting.portal.old_books.names import OldAccount
from canting.portal.old_books.people import Person
from canting.portal.old_books.values import STANDS
from canting.portal.rules.old_book import ELSEWHERE, OUT

MOST_QUESTIONS = 40
MOST_PEOPLE = 60
MOST_ACCOUNTS = 120
FIRST_YEAR, LAST_YEAR = 1970, 2199


class OldBookFileForm(forms.Form):
    """One file of another program."""

    file = forms.FileField(label=gettext_lazy("File of the old program"))


def mark(key: str) -> str:
    """A name for a field that every browser can take as an id."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


class ReadingForm(forms.Form):
    """Everything that is to be said about one reading; what is left empty stays open."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.asked: list[Question] = plan.reading.questions[:MOST_QUESTIONS]
        said = plan.answers.people
        self.people: list[Person] = [
            one for one in plan.people.values() if not one.is_clear or one.key in said
        ][:MOST_PEOPLE]
        self.accounts: list[OldAccount] = plan.accounts[:MOST_ACCOUNTS]
        self._about_the_file()
        for one in self.asked:
            self._about_a_cell(one)
        for person in self.people:
            self._about_a_person(person)
        for account in self.accounts:
            self._about_an_account(account)
        self.fields["control"] = RupiahField(
            label=_("Total of the old book"), required=False, least=None,
            initial=plan.answers.control,
        )  # fmt: skip

    def _wants(self, name: str) -> bool:
        """Whether a question about the whole file is open, or was answered before."""
        return name in self.plan.needs or bool(getattr(self.plan.answers, name))

    def _about_the_file(self) -> None:
        said, needs = self.plan.answers, self.plan.needs
        if self._wants("numbers"):
            self._choose("numbers", _("How are figures written?"), [
                ("en", _("25,000.00 is twenty-five thousand")),
                ("id", _("25.000,00 is twenty-five thousand")),
            ])  # fmt: skip
        if self._wants("year"):
            self.fields["year"] = forms.IntegerField(
                label=_("Year of days that name none"), required=False, min_value=FIRST_YEAR,
                max_value=LAST_YEAR, initial=said.year,
            )  # fmt: skip
        if self._wants("product"):
            self._choose("product", _("Which savings are these?"), [
                ("pokok", _("Entry share")),
                ("wajib", _("Regular share")),
                ("sukarela", _("Voluntary savings")),
            ])  # fmt: skip
        if self._wants("later"):
            self._choose("later", _("Rows from the first day of the books on"), [
                ("receipts", _("Write a receipt for each on its own day")),
                ("out", _("Leave them out, they are entered by hand")),
            ])  # fmt: skip
        if self._wants("place"):
            self._choose("place", _("Cash place"), self.plan.places)
        if self._wants("on_top"):
            self.fields["on_top"] = forms.BooleanField(
                label=_("It comes on top of what is there: %(example)s")
                % {"example": needs.get("on_top", _("said before"))},
                required=False,
                initial=said.on_top,
            )
        if any(not one.near and not one.is_clear for one in self.plan.people.values()) or (
            said.newcomers
        ):
            self.fields["newcomers"] = forms.BooleanField(
                label=_("Take in everyone as a new member whom nobody here is like"),
                required=False,
                initial=said.newcomers,
            )

    def _choose(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, required=False, choices=[("", "—"), *choices],
            initial=getattr(self.plan.answers, name),
        )  # fmt: skip

    def _about_a_cell(self, one: Question) -> None:
        place = mark(one.key)
        acts = [("", "—"), ("out", _("Leave the row out"))]
        if one.needs == STANDS:
            acts.insert(1, ("fine", _("It is right as it stands")))
        self.fields[f"v-{place}"] = forms.CharField(
            label=_("Right value"), required=False, max_length=60
        )
        self.fields[f"q-{place}"] = forms.ChoiceField(label=_("or"), required=False, choices=acts)

    def _about_a_person(self, person: Person) -> None:
        near = person.near[0] if len(person.near) == 1 else None
        typed = self.plan.answers.people.get(person.key, "")
        self.fields[f"p-{person.key}"] = forms.CharField(
            label=_("%(name)s, row %(row)s") % {"name": person.label, "row": person.key},
            required=False,
            max_length=160,
            initial=typed or (f"{near.number} {near.full_name}" if near else ""),
        )

    def _about_an_account(self, account: OldAccount) -> None:
        self.fields[f"a-{mark(account.key)}"] = forms.ChoiceField(
            label=account.label or account.key,
            required=False,
            choices=[
                ("", "—"),
                (ELSEWHERE, _("Kept by person or quantity: comes by its own list")),
                (OUT, _("Leave out")),
                *self.plan.choices,
            ],
            initial=account.choice or account.proposed,
        )

    def file_fields(self) -> Iterator[BoundField]:
        """The questions about the whole file."""
        names = ("numbers", "year", "product", "later", "place", "on_top", "newcomers")
        return (self[name] for name in names if name in self.fields)

    def cell_rows(self) -> Iterator[tuple[Question, BoundField, BoundField]]:
        """Each doubtful cell with the two ways of answering it."""
        for one in self.asked:
            place = mark(one.key)
            yield one, self[f"v-{place}"], self[f"q-{place}"]

    def people_rows(self) -> Iterator[tuple[Person, BoundField]]:
        """Everyone who is unclear, with the field of who it is."""
        return ((one, self[f"p-{one.key}"]) for one in self.people)

    def account_rows(self) -> Iterator[tuple[OldAccount, BoundField]]:
        """Every old name with the field of what it is here."""
        return ((one, self[f"a-{mark(one.key)}"]) for one in self.accounts)

    def answers(self) -> Answers:
        """What was answered before, with what this page says on top."""
        typed, before = self.cleaned_data, self.plan.answers
        cells, fine, out = dict(before.cells), set(before.fine), set(before.out)
        for one in self.asked:
            place = mark(one.key)
            if value := typed.get(f"v-{place}", "").strip():
                cells[one.key] = value
            elif typed.get(f"q-{place}") == "fine":
                fine.add(one.key)
            elif typed.get(f"q-{place}") == "out":
                out.add(one.row)
        people = {**before.people}
        for person in self.people:
            people[person.key] = typed.get(f"p-{person.key}", "").strip()
        accounts = {**before.accounts}
        for account in self.accounts:
            accounts[account.key] = typed.get(f"a-{mark(account.key)}", "")
        whole = {
            name: typed[name]
            for name in ("numbers", "year", "product", "later", "place", "on_top", "newcomers")
            if name in typed
        }
        return replace(
            before, cells=cells, fine=frozenset(fine), out=frozenset(out),
            people={key: value for key, value in people.items() if value},
            accounts={key: value for key, value in accounts.items() if value},
            control=typed.get("control"), **whole,
        )  # fmt: skip
