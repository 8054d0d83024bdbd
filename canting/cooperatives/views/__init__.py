"""The doors of the house; see the modules of this package."""

from canting.cooperatives.views.house import (
    attachment,
    audit_list,
    house_facts,
    parameter_detail,
    parameter_list,
    parameter_set,
)
from canting.cooperatives.views.links import (
    device_revoke,
    my_device_revoke,
    my_devices,
    sign_in_link_detail,
    sign_in_link_new,
    sign_in_links,
)
from canting.cooperatives.views.people import (
    people_list,
    person_create,
    person_detail,
    person_password,
    person_role,
)
from canting.cooperatives.views.sign_in import sign_in, sign_in_by_link, sign_in_demo

__all__ = [
    "attachment",
    "audit_list",
    "device_revoke",
    "house_facts",
    "my_device_revoke",
    "my_devices",
    "parameter_detail",
    "parameter_list",
    "parameter_set",
    "people_list",
    "person_create",
    "person_detail",
    "person_password",
    "person_role",
    "sign_in",
    "sign_in_by_link",
    "sign_in_demo",
    "sign_in_link_detail",
    "sign_in_link_new",
    "sign_in_links",
]
