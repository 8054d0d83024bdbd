"""What the field macros need to know of a Django form field, without HTML of their own."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.forms import BoundField
from django.utils.safestring import SafeString

# What to echo back beside an error; a password or a file is never repeated on the page.
SILENT = {"password", "file", "checkbox", "radio", "hidden", "select"}


class ErrorParts(NamedTuple):
    """The three parts of a field error: what is wrong, what was typed, what would be right."""

    wrong: list[str]
    typed: str
    example: str


def kind_of(bound: BoundField) -> str:
    """Return how the field is drawn: text, textarea, select, radio, checkbox, file, hidden."""
    widget = bound.field.widget
    name = type(widget).__name__.lower()
    if "checkboxselect" in name or "radioselect" in name:
        return "radio"
    if "textarea" in name:
        return "textarea"
    if "select" in name:
        return "select"
    return str(getattr(widget, "input_type", None) or "text")


def draw(bound: BoundField, css: str = "input", **attributes: object) -> SafeString:
    """Draw the control with our class and with the ids of its hint and error for screen readers."""
    known = str(bound.field.widget.attrs.get("class", ""))
    attrs: dict[str, str | bool] = {"class": f"{css} {known}".strip()}
    hint = attributes.pop("hint", "") or bound.help_text
    parts = (("hint", hint), ("error", bound.errors))
    described = [f"{bound.auto_id}-{part}" for part, there in parts if there]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    attrs.update({key.replace("_", "-"): str(value) for key, value in attributes.items() if value})
    return bound.as_widget(attrs=attrs)


def options(bound: BoundField) -> Iterable[Any]:
    """Return the choices of a radio or checkbox group, each with `tag()` and `choice_label`."""
    return bound.subwidgets


def error_parts(bound: BoundField, example: str = "") -> ErrorParts:
    """Return the parts of the field's error; `example` or the field's own `example` attribute."""
    typed = ""
    if kind_of(bound) not in SILENT:
        typed = str(bound.value() if bound.value() is not None else "").strip()[:60]
    known = str(
        getattr(bound.field, "example", "") or bound.field.widget.attrs.get("data-example", "")
    )
    return ErrorParts([str(error) for error in bound.errors], typed, str(example) or known)
