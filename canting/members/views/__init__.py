"""The doors of membership; see the modules of this package."""

from canting.members.views.listing import member_export, member_hints, member_list
from canting.members.views.mine import me, me_sign_out
from canting.members.views.people import (
    member_admit,
    member_delete,
    member_detail,
    member_edit,
    member_new,
    member_nik,
)
from canting.members.views.sheets import (
    import_columns,
    import_drop,
    import_errors,
    import_forget,
    import_review,
    import_start,
    import_take,
    import_undo,
)
from canting.members.views.statements import member_statement, my_statement

__all__ = [
    "import_columns",
    "import_drop",
    "import_errors",
    "import_forget",
    "import_review",
    "import_start",
    "import_take",
    "import_undo",
    "me",
    "me_sign_out",
    "member_admit",
    "member_delete",
    "member_detail",
    "member_edit",
    "member_export",
    "member_hints",
    "member_list",
    "member_new",
    "member_nik",
    "member_statement",
    "my_statement",
]
