"""Sealed text: encrypted at rest, and a keyed fingerprint that finds duplicates without opening.

`settings.SEALING_KEY` is one long secret, or a list of them: the first seals, all of them open.
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError

VERSION = b"\x01"
KEY_ID_LENGTH, NONCE_LENGTH = 4, 12
HEAD_LENGTH = len(VERSION) + KEY_ID_LENGTH
SHORTEST_SECRET = 32


class SealBroken(DomainError):
    """The sealed bytes were changed, cut, or sealed with a key this server does not have."""

    code = "kernel.seal_broken"
    message = _(
        "A protected value cannot be opened: it was damaged, or the server lacks the key it was "
        "sealed with. Ask the person who runs the server to restore the sealing key."
    )


def seal(text: str) -> bytes:
    """The text encrypted with the first key (AES-256-GCM); the same text never looks the same."""
    secret = _secrets()[0]
    head = VERSION + _key_id(secret)
    nonce = os.urandom(NONCE_LENGTH)
    return head + nonce + AESGCM(_derived(secret, "seal")).encrypt(nonce, text.encode(), head)


def unseal(sealed: bytes | memoryview) -> str:
    """The text of sealed bytes, with whichever key sealed it; SealBroken when none opens it."""
    blob = bytes(sealed)
    head, nonce = blob[:HEAD_LENGTH], blob[HEAD_LENGTH : HEAD_LENGTH + NONCE_LENGTH]
    for secret in _secrets():
        if head == VERSION + _key_id(secret):
            try:
                cipher = AESGCM(_derived(secret, "seal"))
                return cipher.decrypt(nonce, blob[HEAD_LENGTH + NONCE_LENGTH :], head).decode()
            except (InvalidTag, ValueError):
                break
    raise SealBroken()


def is_stale(sealed: bytes | memoryview) -> bool:
    """Whether the bytes were sealed with another key than the first, so should be sealed anew."""
    return bytes(sealed)[:HEAD_LENGTH] != VERSION + _key_id(_secrets()[0])


def fingerprint(text: str, *, scope: str) -> str:
    """64 hexadecimal signs, equal for equal text in one scope, worth nothing without the key.

    The scope (a cooperative and a field, say) keeps equal numbers of two places apart. After a
    change of keys, fingerprints are renewed together with the seals.
    """
    return _fingerprint(_secrets()[0], text, scope)


def fingerprints(text: str, *, scope: str) -> list[str]:
    """The fingerprints under every key, newest first: search with these while keys change."""
    return [_fingerprint(secret, text, scope) for secret in _secrets()]


def derived_keys(purpose: str) -> list[bytes]:
    """32 bytes for one purpose from each secret, in their order; the first is for new marks."""
    return [_derived(secret, purpose) for secret in _secrets()]


def _fingerprint(secret: str, text: str, scope: str) -> str:
    message = f"{len(scope)}:{scope}{text}".encode()
    return hmac.new(_derived(secret, "fingerprint"), message, hashlib.sha256).hexdigest()


def _secrets() -> list[str]:
    given = getattr(settings, "SEALING_KEY", "")
    secrets = [given] if isinstance(given, str) else list(given)
    if not secrets or any(len(secret) < SHORTEST_SECRET for secret in secrets):
        raise ImproperlyConfigured(
            f"SEALING_KEY must be a secret of at least {SHORTEST_SECRET} signs, or a list of them."
        )
    return secrets


@lru_cache(maxsize=64)
def _derived(secret: str, purpose: str) -> bytes:
    info = f"canting {purpose} v1".encode()
    return HKDF(hashes.SHA256(), length=32, salt=None, info=info).derive(secret.encode())


def _key_id(secret: str) -> bytes:
    return _derived(secret, "key id")[:KEY_ID_LENGTH]
