"""WhatsApp addresses: digits only, country code, no plus and no leading zero."""

from urllib.parse import quote


def wa_address(phone: str, text: str = "") -> str:
    """Return the wa.me address of an Indonesian phone (0812..., +62812...), "" without digits."""
    digits = "".join(sign for sign in phone or "" if sign.isdigit())
    if not digits:
        return ""
    if digits.startswith("0"):
        digits = "62" + digits[1:]
    address = f"https://wa.me/{digits}"
    return f"{address}?text={quote(text)}" if text else address
