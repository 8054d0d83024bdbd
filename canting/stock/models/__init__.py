"""Tables of the stock; see the modules of this package."""

from canting.stock.models.ground import Batch, BatchBalance, Lot, Place, StockBalance, StockMove
from canting.stock.models.papers import (
    Blend,
    BlendLine,
    BlendRecipe,
    BlendRecipeLine,
    CountLine,
    StockCount,
    StockPaper,
    Transfer,
    TransferLine,
    WriteDown,
)

__all__ = [
    "Batch",
    "BatchBalance",
    "Blend",
    "BlendLine",
    "BlendRecipe",
    "BlendRecipeLine",
    "CountLine",
    "Lot",
    "Place",
    "StockBalance",
    "StockCount",
    "StockMove",
    "StockPaper",
    "Transfer",
    "TransferLine",
    "WriteDown",
]
