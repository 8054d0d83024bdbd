"""What a scanner sends: a code with or without dash, or the address that a QR holds."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from canting.stock.rules import bare_code, is_code


def scanned(text: str) -> str:
    """The six signs of what was scanned or typed; other text as it is, for the sentence."""
    parts = [bare_code(part) for part in text.strip().split("/") if part.strip()]
    found = [part for part in parts if is_code(part)]
    return found[-1] if found else bare_code(text)[:12]


def passport_address(code: str) -> str:
    """The public address of a cloth for its QR, or "" where nobody could open it."""
    if not settings.PUBLIC_URL:
        return ""
    return f"{settings.PUBLIC_URL}{reverse('cloth_passport', args=[code])}"
