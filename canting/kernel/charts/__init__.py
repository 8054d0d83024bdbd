"""Charts drawn on the server as SVG: the same picture on the page, in a message and on paper."""

from canting.kernel.charts.compare import Bar, compare_bars
from canting.kernel.charts.edge import border
from canting.kernel.charts.frame import Chart, Key, Table
from canting.kernel.charts.money import (
    CashWeek,
    PriceParts,
    SavingsMonth,
    Step,
    cash_columns,
    price_share,
    savings_columns,
    waterfall,
)
from canting.kernel.charts.prices import PriceLine, PricePoint, price_history
from canting.kernel.charts.progress import (
    Cover,
    Stage,
    cover_bars,
    progress,
    quorum_bar,
    stacked_progress,
)
from canting.kernel.charts.quality import Lot, quality_run
from canting.kernel.charts.results import (
    ResultMonth,
    Stack,
    StackPart,
    result_columns,
    stacked_bars,
)
from canting.kernel.charts.ways import Part, Stop, both_sides, way

__all__ = [
    "Bar",
    "CashWeek",
    "Chart",
    "Cover",
    "Key",
    "Lot",
    "Part",
    "PriceLine",
    "PriceParts",
    "PricePoint",
    "ResultMonth",
    "SavingsMonth",
    "Stack",
    "StackPart",
    "Stage",
    "Step",
    "Stop",
    "Table",
    "border",
    "both_sides",
    "cash_columns",
    "compare_bars",
    "cover_bars",
    "price_history",
    "price_share",
    "progress",
    "quality_run",
    "quorum_bar",
    "result_columns",
    "savings_columns",
    "stacked_bars",
    "stacked_progress",
    "waterfall",
    "way",
]
