"""The shape of buyers, orders, deliveries, invoices and returns as typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import GRADES
from canting.kernel.identity import parse_npwp
from canting.kernel.inputs import DayField, RupiahField, propose
from canting.kernel.phones import parse_phone
from canting.sales import selectors
from canting.sales.errors import UnknownBuyer, UnknownProduct
from canting.sales.forms.fields import (
    LIST_BUYERS,
    LIST_PRODUCTS,
    ReadField,
    classes,
    percent_field,
    quantity_field,
)
from canting.sales.rules import OrderItem
from canting.taxes.rules import NILAI_LAIN, STATE_ENTERPRISE, TREASURER

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


class BuyerForm(forms.Form):
    """One buyer."""

    name = forms.CharField(label=_("Name"), max_length=120)
    contact = forms.CharField(label=_("Whom we speak to"), max_length=120, required=False)
    phone = ReadField(
        reader=parse_phone, example="0812-3456-7890", label=_("Phone (WhatsApp)"), required=False
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    tax_number = ReadField(
        reader=parse_npwp, example="01.234.567.8-901.000", label=_("Tax number (NPWP)"),
        required=False,
    )  # fmt: skip
    counterparty_class = forms.ChoiceField(
        label=_("Buys as"), choices=classes, widget=forms.RadioSelect, initial="nonmember"
    )
    withholds_tax = forms.BooleanField(
        label=_("Withholds final tax from what he pays"), required=False
    )
    email = forms.EmailField(label=_("E-mail for tax invoices"), required=False)
    vat_code = forms.ChoiceField(
        label=_("Transaction code of tax invoices"),
        widget=forms.RadioSelect,
        choices=[
            (NILAI_LAIN, _("04: other buyers")),
            (STATE_ENTERPRISE, _("03: a state enterprise that collects VAT")),
            (TREASURER, _("02: a government treasurer that collects VAT")),
        ],
        initial=NILAI_LAIN,
    )

    def __init__(self, *args: Any, vat_payer: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not vat_payer:
            del self.fields["email"], self.fields["vat_code"]


class BuyerRowForm(forms.Form):
    """One row of a pasted list of buyers."""

    name = forms.CharField(label=_("Name"), max_length=120)
    contact = forms.CharField(label=_("Whom we speak to"), max_length=120, required=False)
    phone = ReadField(
        reader=parse_phone, example="0812-3456-7890", label=_("Phone (WhatsApp)"), required=False
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)


BuyerRows = forms.formset_factory(BuyerRowForm, extra=5, max_num=500, validate_max=True)


class OrderForm(forms.Form):
    """The head of an order; buyer and products are typed, the browser's own list helps."""

    buyer = forms.CharField(
        label=_("Buyer"), widget=forms.TextInput(attrs={"list": LIST_BUYERS, "autofocus": True})
    )
    buyer_reference = forms.CharField(label=_("Buyer's PO number"), max_length=60, required=False)
    promised_date = DayField(label=_("Promised for"))
    down_payment_percent = percent_field(_("Down payment (percent)"))
    retention_percent = percent_field(_("Held back (percent)"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(
        self, *args: Any, cooperative: Cooperative, today: date, fixed_buyer: bool = False,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.cooperative = cooperative
        propose(self, "promised_date", today)
        self.fields["promised_date"].initial = None
        if fixed_buyer:
            del self.fields["buyer"]

    def clean_buyer(self) -> Any:
        """The buyer that was meant."""
        typed = self.cleaned_data["buyer"].strip()
        buyer = selectors.buyer_named(cooperative=self.cooperative, typed=typed)
        if buyer is None:
            raise forms.ValidationError(str(UnknownBuyer(buyer=typed)))
        return buyer

    def facts(self) -> dict[str, Any]:
        """What the services take beside the lines."""
        given = self.cleaned_data
        return {
            "promised_date": given["promised_date"],
            "buyer_reference": given["buyer_reference"],
            "down_payment_percent": given["down_payment_percent"] or Decimal(0),
            "retention_percent": given["retention_percent"] or Decimal(0),
            "note": given["note"],
        }


class OrderLineForm(forms.Form):
    """One line of an order."""

    product = forms.CharField(
        label=_("Product"), widget=forms.TextInput(attrs={"list": LIST_PRODUCTS})
    )
    grade = forms.ChoiceField(
        label=_("Grade"), choices=[("", "-"), *((g, g) for g in GRADES)], required=False
    )
    quantity = quantity_field(_("Pieces"))
    price = RupiahField(label=_("Price"), required=False)
    reference_price = RupiahField(label=_("Price seen elsewhere"), required=False)
    reference_place = forms.CharField(label=_("Where"), max_length=80, required=False)

    def __init__(self, *args: Any, cooperative: Cooperative, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cooperative, self.today = cooperative, today

    def clean_product(self) -> Any:
        """The product that was meant, by code or by name."""
        typed = self.cleaned_data["product"].strip()
        found = catalogue.item_by_code(
            cooperative=self.cooperative, code=typed.split(" ", 1)[0]
        ) or catalogue.item_by_name(cooperative=self.cooperative, name=typed)
        if found is None or found.kind != "product":
            raise forms.ValidationError(str(UnknownProduct(product=typed)))
        return found

    def item(self) -> OrderItem:
        """The line as the services take it."""
        given = self.cleaned_data
        return OrderItem(
            product=given["product"],
            quantity=given["quantity"],
            price=given["price"],
            grade=given["grade"],
            reference_price=given["reference_price"],
            reference_place=given["reference_place"] if given["reference_price"] else "",
            reference_date=self.today if given["reference_price"] else None,
        )


class _Lines(forms.BaseFormSet):  # type: ignore[type-arg]  # a set of OrderLineForm
    def items(self) -> list[OrderItem]:
        """The filled lines as the services take them."""
        return [form.item() for form in self.forms if form.has_changed() and form.is_valid()]


OrderLines = forms.formset_factory(
    OrderLineForm, formset=_Lines, extra=3, max_num=200, validate_max=True
)


class ReasonForm(forms.Form):
    """Only a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class DeliveryForm(forms.Form):
    """The head of a delivery note."""

    sent_on = DayField(label=_("Sent on"))
    driver = forms.CharField(label=_("Driver or carrier"), max_length=80, required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "sent_on", today)


class ConfirmForm(forms.Form):
    """What the buyer says of a delivery; the counts per piece are read beside it."""

    outcome = forms.ChoiceField(
        label=_("What was received"),
        widget=forms.RadioSelect,
        initial="complete",
        choices=[("complete", _("Complete, all good")), ("partly", _("Some are missing or bad"))],
    )
    note = forms.CharField(
        label=_("What is wrong"), max_length=300, required=False, widget=forms.Textarea
    )
    photo = forms.FileField(label=_("Photo"), required=False)


class HandoverForm(ConfirmForm):
    """The same by the staff, from a signed handover note (BAST)."""

    confirmed_by = forms.CharField(label=_("Signed by"), max_length=120)
    on = DayField(label=_("Day of the handover (BAST)"))
    own_date = DayField(label=_("Date on the paper, if its month is closed"), required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)
        propose(self, "own_date", today)
        self.fields["own_date"].initial = None


class InvoiceForm(forms.Form):
    """Which accepted deliveries to invoice, and when it is due."""

    on = DayField(label=_("Invoice date"))
    due_on = DayField(label=_("Due on"))
    deliveries = forms.MultipleChoiceField(
        label=_("Deliveries"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, today: date, due: date, numbers: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)
        propose(self, "due_on", today)
        self.fields["due_on"].initial = due
        field = self.fields["deliveries"]
        field.choices = numbers  # type: ignore[attr-defined]  # a MultipleChoiceField
        field.initial = [number for number, _label in numbers]


class CorrectInvoiceForm(forms.Form):
    """The new draft of an invoice."""

    again = forms.ChoiceField(
        label=_("What should stand"),
        widget=forms.RadioSelect,
        initial="again",
        choices=[("again", _("A new invoice")), ("cancel", _("No invoice, only cancel"))],
    )
    on = DayField(label=_("Invoice date"))
    due_on = DayField(label=_("Due on"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)
        propose(self, "due_on", today)


class CreditNoteForm(forms.Form):
    """A piece that came back."""

    piece = forms.ChoiceField(label=_("Which cloth came back"), widget=forms.RadioSelect)
    quantity = quantity_field(_("Pieces"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    cash_place = forms.ChoiceField(
        label=_("Where paid money goes back from"), widget=forms.RadioSelect, required=False
    )
    on = DayField(label=_("Date"))

    def __init__(
        self,
        *args: Any,
        today: date,
        pieces: list[tuple[str, str]],
        places: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        propose(self, "on", today)
        self.fields["piece"].choices = pieces  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["cash_place"].choices = places  # type: ignore[attr-defined]  # the same
        self.fields["quantity"].initial = "1"


class CorrectCreditNoteForm(CreditNoteForm):
    """The new draft of a credit note; an empty quantity only cancels the old one."""

    field_order = ["piece", "quantity", "cash_place", "on", "reason"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        quantity = self.fields["quantity"]
        quantity.label = _("Pieces; empty to only cancel")
        quantity.required = False
