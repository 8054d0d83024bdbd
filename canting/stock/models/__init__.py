"""Tables of the stock; see the modules of this package."""

from canting.stock.models.ground import Batch, BatchBalance, Lot, Place, StockBalance, StockMove

__all__ = ["Batch", "BatchBalance", "Lot", "Place", "StockBalance", "StockMove"]
