"""Pages of inspection; see the modules of this package."""

from canting.quality.views.papers import (
    cloth_labels,
    cloth_piece,
    inspection_correct,
    inspection_detail,
    inspection_list,
    inspection_slip,
)
from canting.quality.views.receiving import inspection_undo, receive, receive_free

__all__ = [
    "cloth_labels",
    "cloth_piece",
    "inspection_correct",
    "inspection_detail",
    "inspection_list",
    "inspection_slip",
    "inspection_undo",
    "receive",
    "receive_free",
]
