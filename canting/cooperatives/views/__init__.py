"""The doors of the house; see the modules of this package."""

from canting.cooperatives.views.links import (
    device_revoke,
    my_device_revoke,
    my_devices,
    sign_in_link_detail,
    sign_in_link_new,
    sign_in_links,
)
from canting.cooperatives.views.sign_in import sign_in, sign_in_by_link, sign_in_demo

__all__ = [
    "device_revoke",
    "my_device_revoke",
    "my_devices",
    "sign_in",
    "sign_in_by_link",
    "sign_in_demo",
    "sign_in_link_detail",
    "sign_in_link_new",
    "sign_in_links",
]
