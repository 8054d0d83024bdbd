"""The way to WhatsApp for a page: an address when there is a number that can, nothing otherwise."""

from functools import lru_cache

from canting.kernel.phones import BadPhone, parse_phone, wa_link


@lru_cache(maxsize=1024)
def wa_address(phone: str, text: str = "") -> str:
    """Return the address of a draft to `phone` as typed or stored; "" when it has no WhatsApp."""
    try:
        return wa_link(parse_phone(phone), text).removesuffix("?text=")
    except BadPhone:
        return ""
