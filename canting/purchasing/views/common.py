"""What the doors of buying and handing out share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from canting.cooperatives.services import attach
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from django import forms

    from canting.cooperatives.doors import Request
    from canting.cooperatives.models import Cooperative


def found_or_404(paper: Any) -> Any:
    """The paper, or 404 when this cooperative has none of that number."""
    if paper is None:
        raise Http404
    return paper


def batches_moved(cooperative: Cooperative, *sources: str) -> dict[int, list[str]]:
    """The codes of the batches that a paper moved, by item; empty for what is not kept by batch."""
    found = stock.batches_of_source(cooperative=cooperative, sources=sources)
    by_item: dict[int, list[str]] = {}
    for (_source, item_id), codes in found.items():
        by_item[item_id] = list(dict.fromkeys([*by_item.get(item_id, []), *codes]))
    return by_item


def keep_photo(request: Request, cooperative: Cooperative, subject: str) -> None:
    """Keep the photo that came with a paper, if any."""
    upload = request.FILES.get("photo")
    if upload is not None and not isinstance(upload, list):
        attach(cooperative=cooperative, subject=subject, upload=upload, actor=request.user)


def is_confirmed(form: forms.Form, total: int) -> bool:
    """True when the person has seen this very total; else it is shown first.

    What is confirmed is what is booked: when prices or lines changed since, the new total is
    shown again.
    """
    return form.cleaned_data.get("seen_total") == total


def with_seen_total(form: forms.Form, total: int) -> None:
    """Put the total that is about to be shown into the form, in place of the old one."""
    form.data = {name: form.data[name] for name in form.data} | {"seen_total": str(total)}


def is_ready(form: Any, grid: Any) -> bool:
    """Valid as a whole, or only the reason when the paper is just cancelled."""
    if not form.is_bound:
        return False
    form.is_valid()
    if form.cleaned_data.get("only_cancel"):
        needed = {"on", "reason"} & set(form.errors)
        for name in [name for name in form.errors if name not in needed]:
            del form.errors[name]
        return not needed
    return bool(form.is_valid() and (grid is None or grid.is_valid()))
