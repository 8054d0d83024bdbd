"""The border: a row of tumpal triangles with cecek dots; each cooperative has its own edge."""

import hashlib

from markupsafe import Markup

STEP, HEIGHT = 24, 16


def border(seed: str) -> Markup:
    """Draw the edge under the header; the seed (the cooperative's short name) sets slope and dots."""
    code = hashlib.sha256(seed.encode()).digest()
    half = (80 + code[0] % 4 * 5) / 10
    peak = 2 + code[1] % 3
    low, high = (1 + code[2] % 2, code[3] % 2)
    name = f"tumpal-{code.hex()[:4]}"
    left, right = 12 - half, 12 + half
    triangle = f"M{left:g} 14 12 {peak} {right:g} 14h-2.3L12 {peak + 2.8:g} {left + 2.3:g} 14z"
    dots = [(12, 12.4, 1.2), (12 - 1.7 * low - 1, 12.4, 0.9), (12 + 1.7 * low + 1, 12.4, 0.9)]
    if high:
        dots.append((12, 9.2, 1))
    # Between two mountains: one dot, or two above each other.
    dots += [(x, 4.5 + code[4] % 3, 1.1) for x in (0, STEP)]
    if code[5] % 2:
        dots += [(x, 10, 0.8) for x in (0, STEP)]
    circles = "".join(f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}"/>' for x, y, r in dots)
    return Markup(  # noqa: S704 - numbers and a hash only
        f'<svg class="edge" aria-hidden="true" focusable="false" width="100%" height="{HEIGHT}">'
        f'<defs><pattern id="{name}" width="{STEP}" height="{HEIGHT}" '
        f'patternUnits="userSpaceOnUse"><g class="dot"><path d="{triangle}"/>{circles}</g>'
        f'<path class="base" d="M0 15h24v1H0z"/></pattern></defs>'
        f'<rect width="100%" height="{HEIGHT}" fill="url(#{name})"/></svg>'
    )
