"""Pages of making; see the modules of this package."""

from canting.production.views.advances import (
    advance_correct,
    advance_detail,
    advance_list,
    advance_new,
)
from canting.production.views.material import (
    cloth_return_correct,
    cloth_return_detail,
    cloth_return_new,
    material_fact_correct,
    material_fact_detail,
    material_fact_list,
    material_fact_new,
)
from canting.production.views.orders import (
    work_order_byproduct,
    work_order_close,
    work_order_detail,
    work_order_finish,
    work_order_finish_correct,
    work_order_list,
    work_order_message,
    work_order_new,
    work_order_split,
    work_order_stages,
)
from canting.production.views.overview import cloth
from canting.production.views.work import (
    member_work,
    my_assignment,
    my_stages,
    my_work,
    report_for,
    report_piece,
)

__all__ = [
    "advance_correct",
    "advance_detail",
    "advance_list",
    "advance_new",
    "cloth",
    "cloth_return_correct",
    "cloth_return_detail",
    "cloth_return_new",
    "material_fact_correct",
    "material_fact_detail",
    "material_fact_list",
    "material_fact_new",
    "member_work",
    "my_assignment",
    "my_stages",
    "my_work",
    "report_for",
    "report_piece",
    "work_order_byproduct",
    "work_order_close",
    "work_order_detail",
    "work_order_finish",
    "work_order_finish_correct",
    "work_order_list",
    "work_order_message",
    "work_order_new",
    "work_order_split",
    "work_order_stages",
]
