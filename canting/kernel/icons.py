"""The icons: our own strokes on a 24 grid, drawn in place so that a fragment brings what it needs.

A sprite that holds only what a page uses would break when htmx swaps in a new icon; the strokes
repeat inside one page and compress away.
"""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

STROKES: dict[str, str] = {
    "alert": '<path d="M12 4 2.5 20h19z"/><path d="M12 10v4.5M12 17.3h.01"/>',
    "ban": '<circle cx="12" cy="12" r="8.5"/><path d="m6.2 6.2 11.6 11.6"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15z"/><path d="M10 20.5h4M12 5V3.5"/>',
    "book": (
        '<path d="M5 5.5A2.5 2.5 0 0 1 7.5 3H19v18H7.5A2.5 2.5 0 0 1 5 18.5z"/>'
        '<path d="M5 18.5A2.5 2.5 0 0 1 7.5 16H19"/>'
    ),
    "box": '<path d="m4 8 8-4 8 4v8l-8 4-8-4z"/><path d="m4 8 8 4 8-4M12 12v8"/>',
    "calendar": (
        '<rect x="4" y="5" width="16" height="15" rx="2"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>'
    ),
    "camera": '<path d="M4 8h3.5L9 5.5h6L16.5 8H20v11H4z"/><circle cx="12" cy="13" r="3.3"/>',
    "cash": (
        '<rect x="3" y="6" width="18" height="12" rx="2"/>'
        '<circle cx="12" cy="12" r="2.5"/>'
        '<path d="M6.5 12h.01M17.5 12h.01"/>'
    ),
    "chart": '<path d="M4 20h16M7 16v-4M12 16V5M17 16V9"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2"/>',
    "cloth": (
        '<path d="M5 4h14v16H5z"/>'
        '<path d="M5 8h14M9 20v-3M12 20v-3M15 20v-3"/>'
        '<path d="m12 10.5 2 2-2 2-2-2z"/>'
    ),
    "copy": '<path d="M8 8h12v12H8z"/><path d="M16 8V4H4v12h4"/>',
    "down": '<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>',
    "drop": '<path d="M12 3.5c4 4.8 6 7.8 6 10.5a6 6 0 0 1-12 0c0-2.7 2-5.7 6-10.5z"/>',
    "edit": '<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19z"/><path d="m14 6.5 3.5 3.5"/>',
    "eye": (
        '<path d="M2.5 12c2.5-4.2 5.7-6.3 9.5-6.3s7 2.1 9.5 6.3c-2.5 4.2-5.7 6.3-9.5 6.3S5'
        ' 16.2 2.5 12z"/>'
        '<circle cx="12" cy="12" r="2.8"/>'
    ),
    "file": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 13h6M9 17h6"/>',
    "filter": '<path d="M4 5h16l-6 7.5V19l-4 1.5v-8z"/>',
    "help": (
        '<path d="M4 20l1.4-4A8 8 0 1 1 8.5 19z"/>'
        '<path d="M12 12v-.5c0-1 1.5-1.2 1.5-2.5a1.6 1.6 0 0 0-3-.5M12 15h.01"/>'
    ),
    "home": '<path d="M4 11 12 4l8 7"/><path d="M6 9.5V20h12V9.5"/><path d="M10 20v-6h4v6"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8h.01"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M16 7.5l3 3"/>',
    "lang": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M3.5 12h17"/>'
        '<path d="M12 3.5c5 5.6 5 11.4 0 17-5-5.6-5-11.4 0-17z"/>'
    ),
    "left": '<path d="m15 6-6 6 6 6"/>',
    "link": (
        '<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3"/>'
        '<path d="M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1"/>'
    ),
    "list": '<path d="M9 6h11M9 12h11M9 18h11"/><path d="M4 6h.01M4 12h.01M4 18h.01"/>',
    "lock": '<path d="M5.5 11h13v9.5h-13z"/><path d="M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11M12 14.8v2"/>',
    "minus": '<path d="M5 12h14"/>',
    "more": '<path d="M5 12h.01M12 12h.01M19 12h.01"/><circle cx="12" cy="12" r="9.5"/>',
    "out": '<path d="M10 4H5v16h5"/><path d="M9.5 12H20M16 8l4 4-4 4"/>',
    "people": (
        '<circle cx="9" cy="8" r="3.5"/>'
        '<path d="M3 20c0-3.5 2.5-6 6-6s6 2.5 6 6"/>'
        '<path d="M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3 2.8 3 5.5"/>'
    ),
    "pin": (
        '<path d="M12 21c4-4.5 6.5-7.5 6.5-11a6.5 6.5 0 0 0-13 0c0 3.5 2.5 6.5 6.5 11z"/>'
        '<circle cx="12" cy="10" r="2.3"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>',
    "qr": (
        '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4z"/>'
        '<path d="M14 14h2.5v2.5H14zM19.5 14v3M14 20h2.5M19.5 20h.5"/>'
    ),
    "right": '<path d="m9 6 6 6-6 6"/>',
    "scale": '<path d="M12 4v16M8 20h8M5 7h14"/><path d="M5 7 2.5 13.5h5zM19 7l-2.5 6.5h5z"/>',
    "scan": '<path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.3-4.3"/>',
    "send": '<path d="M20 4 3 11l7 3 3 7z"/><path d="m10 14 4-4"/>',
    "settings": (
        '<path d="M4 7h9M18 7h2M4 17h2M11 17h9"/>'
        '<circle cx="15.5" cy="7" r="2.5"/>'
        '<circle cx="8.5" cy="17" r="2.5"/>'
    ),
    "shield": (
        '<path d="M12 3.5 5 6v6c0 4.3 2.8 7 7 8.5 4.2-1.5 7-4.2 7-8.5V6z"/>'
        '<path d="m9 12 2.2 2.2L15 10.5"/>'
    ),
    "store": (
        '<path d="M5 11v9h14v-9"/>'
        '<path d="M3 10.5 5 4h14l2 6.5c-1.5 1.6-3 1.6-4.5 0-1.5 1.6-3 1.6-4.5 0-1.5 1.6-3'
        ' 1.6-4.5 0-1.5 1.6-3 1.6-4.5 0z"/>'
        '<path d="M10 20v-5h4v5"/>'
    ),
    "sun": (
        '<circle cx="12" cy="12" r="4"/>'
        '<path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17'
        ' 7l1.4-1.4"/>'
    ),
    "trash": '<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13"/><path d="M10.5 11v5.5M13.5 11v5.5"/>',
    "truck": (
        '<path d="M3 6h11v11H3zM14 10h4l3 3v4h-7z"/>'
        '<circle cx="7" cy="18" r="2"/>'
        '<circle cx="17.5" cy="18" r="2"/>'
    ),
    "undo": '<path d="M8 5 4 9l4 4"/><path d="M4 9h10a5.5 5.5 0 0 1 0 11H9"/>',
    "up": '<path d="M12 20V9M7 13.5l5-5 5 5M5 4h14"/>',
    "upload": '<path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9"/><path d="M4 15v5h16v-5"/>',
    "user": (
        '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4 3.3-6.5 7.5-6.5s7.5 2.5 7.5 6.5"/>'
    ),
    "vote": (
        '<path d="M4 12v8h16v-8"/>'
        '<path d="M8 12V4h8v8M2.5 12h19"/>'
        '<path d="m10 8 1.5 1.5 2.5-2.5"/>'
    ),
    "wa": (
        '<path d="M4 20l1.3-4.3A8.3 8.3 0 1 1 8.4 18.8z"/>'
        '<path d="M9 8.5c0 3.5 2.8 6.5 6.3 6.5l.7-1.8-2-1-1 .9c-1-.4-1.9-1.3-2.3-2.3l.9-1-1-2z"/>'
    ),
    "x": '<path d="m6 6 12 12M18 6 6 18"/>',
}


def icon_svg(name: str, label: str = "") -> SafeString:
    """Draw the icon `name`; hidden from screen readers unless `label` says what it means alone."""
    if not label:
        return _silent(name)
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>',
        label,
        mark_safe(STROKES[name]),
    )


@cache
def _silent(name: str) -> SafeString:
    return mark_safe(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{STROKES[name]}</svg>"
    )
