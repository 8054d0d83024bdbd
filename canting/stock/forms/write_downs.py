"""What goods would bring, as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors as catalogue
from canting.kernel.inputs import RupiahField
from canting.stock import selectors
from canting.stock.forms.goods import CorrectionForm, PaperForm
from canting.stock.services import Price

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Lot


class WriteDownForm(PaperForm):
    """Which goods, what all of them would bring, and where that price comes from."""

    note = None  # type: ignore[assignment]
    goods = forms.CharField(label=_("Code of the goods or the cloth"), max_length=40)
    worth = RupiahField(
        label=_("What all of it would bring"),
        least=0,
        help_text=_("After the cost of selling it."),
    )
    evidence = forms.CharField(
        label=_("Where the price comes from"),
        max_length=200,
        help_text=_("An offer, a market, a sale, with its day."),
    )
    photo = forms.FileField(label=_("Photo of it"), required=False)
    field_order = ("goods", "worth", "evidence", "photo", "on")

    def __init__(self, *args: Any, cooperative: Cooperative, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cooperative = cooperative

    def clean_goods(self) -> Lot:
        """The piece of cloth of this code, or the pool of this material."""
        typed = self.cleaned_data["goods"]
        lot = selectors.lot_by_code(self.cooperative, typed)
        if lot is None:
            item = catalogue.item_by_code(cooperative=self.cooperative, code=typed)
            lot = selectors.pool_lot_of(item) if item else None
        if lot is None:
            raise forms.ValidationError(
                _now("Nothing here has the code %(code)s. Choose one of the list.")
                % {"code": typed}
            )
        return lot

    def price(self) -> Price:
        """What was typed of the price."""
        return Price(self.cleaned_data["worth"], self.cleaned_data["evidence"])


class WriteDownCorrection(CorrectionForm):
    """The right price, or none when it is only taken back, and why."""

    worth = RupiahField(label=_("What all of it would bring"), least=0)
    evidence = forms.CharField(label=_("Where the price comes from"), max_length=200)
    field_order = ("worth", "evidence", "on", "only_cancel", "reason")

    def __init__(self, *args: Any, priced: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not priced:
            for name in ("worth", "evidence", "only_cancel"):
                del self.fields[name]

    def price(self) -> Price | None:
        """What was typed of the price; None when it is only taken back."""
        given = self.cleaned_data
        if "worth" not in given or given.get("only_cancel"):
            return None
        return Price(given["worth"], given["evidence"])
