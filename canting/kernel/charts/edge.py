"""The border: a row of tumpal triangles with cecek dots; each cooperative has its own edge."""

import hashlib
from functools import lru_cache

from markupsafe import Markup

STEP, HEIGHT = 24, 16


@lru_cache(maxsize=256)
def border(seed: str) -> Markup:
    """Draw the edge under the header; the seed (a cooperative's short name) sets slope and dots."""
    code = hashlib.sha256(seed.encode()).digest()
    name = f"t{code.hex()[:4]}"
    dots = "".join(f"M{x:g} {y:g}h.01" for x, y in _dots(code))
    return Markup(
        f'<svg class="edge" aria-hidden="true" width="100%" height="{HEIGHT}"><pattern id="{name}" '
        f'width="{STEP}" height="{HEIGHT}" patternUnits="userSpaceOnUse">'
        f'<path class="tri" d="{_triangle(code)}"/><path class="dots" d="{dots}"/>'
        f'<path class="base" d="M0 15h24v1H0z"/></pattern>'
        f'<rect width="100%" height="{HEIGHT}" fill="url(#{name})"/></svg>'
    )


def _triangle(code: bytes) -> str:
    """A mountain with an open foot: the outline, then the way back inside it."""
    half, peak = 8 + code[0] % 4 * 0.5, 2 + code[1] % 3
    outside = f"M{12 - half:g} 14 12 {peak}l{half:g} {14 - peak}"
    return f"{outside}h-2.3L12 {peak + 2.8:g} {14.3 - half:g} 14z"


def _dots(code: bytes) -> list[tuple[float, float]]:
    """Where the dots stand (x, y): inside the mountain and between two of them."""
    spread = 2.8 + code[2] % 3 * 0.5
    inside: list[tuple[float, float]] = [(12, 12.2), (12 - spread, 12.2), (12 + spread, 12.2)]
    if code[3] % 2:
        inside.append((12, 9.2))
    high = 4 + code[4] % 3
    between: list[tuple[float, float]] = [(0, high), (STEP, high)]
    if code[5] % 2:
        between += [(0, high + 4.5), (STEP, high + 4.5)]
    return [*inside, *between]
