"""What is typed on the papers of the stock; see the modules of this package."""

from canting.stock.forms.blends import (
    BlendCorrection,
    BlendForm,
    RecipeForm,
    RepackForm,
)
from canting.stock.forms.counts import (
    KINDS,
    ROUTES,
    CountCorrection,
    CountForm,
    CountSheet,
    DifferenceForm,
    DropForm,
    FoundForm,
    counted,
)
from canting.stock.forms.goods import (
    CorrectionForm,
    GoodsForm,
    PaperForm,
    PlacesField,
    StoreForm,
    TransferCorrection,
    TransferForm,
    goods_grid,
    is_at_maker,
    is_ready,
    may_track,
)
from canting.stock.forms.write_downs import WriteDownCorrection, WriteDownForm

__all__ = [
    "KINDS",
    "ROUTES",
    "BlendCorrection",
    "BlendForm",
    "CorrectionForm",
    "CountCorrection",
    "CountForm",
    "CountSheet",
    "DifferenceForm",
    "DropForm",
    "FoundForm",
    "GoodsForm",
    "PaperForm",
    "PlacesField",
    "RecipeForm",
    "RepackForm",
    "StoreForm",
    "TransferCorrection",
    "TransferForm",
    "WriteDownCorrection",
    "WriteDownForm",
    "counted",
    "goods_grid",
    "is_at_maker",
    "is_ready",
    "may_track",
]
