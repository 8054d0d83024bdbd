"""The stock's own papers: transfers, counts, blends, recipes; the last acts of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from canting.stock.models import (
    Blend,
    BlendLine,
    BlendRecipe,
    BlendRecipeLine,
    CountLine,
    StockCount,
    StockMove,
    Transfer,
    TransferLine,
    WriteDown,
)
from canting.stock.rules import CountState, PaperState, PlaceKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Place


def state_name(state: str) -> str:
    """The state of a paper as its page says it."""
    names: dict[str, str] = {
        PaperState.POSTED: _("booked"),
        PaperState.REVERSED: _("put right"),
        CountState.OPEN: _("being counted"),
        CountState.BOOKED: _("booked"),
        CountState.DROPPED: _("dropped"),
    }
    return names[state]


def transfers(cooperative: Cooperative) -> QuerySet[Transfer]:
    """Transfers with their places, newest first."""
    return (
        Transfer.objects.filter(cooperative=cooperative)
        .select_related("from_place__party", "to_place__party", "made_by")
        .order_by("-on", "-id")
    )


def transfer_by_number(*, cooperative: Cooperative, number: str) -> Transfer | None:
    """The transfer of this number, or nothing."""
    return transfers(cooperative).filter(number=number).first()


def transfer_lines(paper: Transfer) -> QuerySet[TransferLine]:
    """What a transfer moved, in the order written."""
    return paper.lines.select_related("lot__item").order_by("id")


def counts(cooperative: Cooperative) -> QuerySet[StockCount]:
    """Counts, newest first."""
    return (
        StockCount.objects.filter(cooperative=cooperative)
        .select_related("place__party", "first_by", "second_by", "booked_by", "made_by")
        .order_by("-on", "-id")
    )


def count_by_number(*, cooperative: Cooperative, number: str) -> StockCount | None:
    """The count of this number, or nothing."""
    return counts(cooperative).filter(number=number).first()


def open_count_of(place: Place, kind: str) -> StockCount | None:
    """A count still open that covers any of the same goods, or nothing."""
    found = StockCount.objects.filter(place=place, state=CountState.OPEN)
    return found.filter(kind__in=["", kind]).first() if kind else found.first()


def count_lines(count: StockCount) -> QuerySet[CountLine]:
    """The rows of a count by item, cloth by its code."""
    return count.lines.select_related("lot__item", "batch").order_by(
        "lot__item__kind", "lot__item__name", "lot__code", "batch__expires_on", "batch_id", "id"
    )


def blends(cooperative: Cooperative) -> QuerySet[Blend]:
    """Blends of wax, newest first."""
    return (
        Blend.objects.filter(cooperative=cooperative)
        .select_related("item", "recipe", "made_by")
        .order_by("-on", "-id")
    )


def blend_by_number(*, cooperative: Cooperative, number: str) -> Blend | None:
    """The blend of this number, or nothing."""
    return blends(cooperative).filter(number=number).first()


def blend_lines(paper: Blend) -> QuerySet[BlendLine]:
    """What went into a blend, in the order written."""
    return paper.lines.select_related("item").order_by("id")


def recipes(cooperative: Cooperative) -> QuerySet[BlendRecipe]:
    """The recipes in use, by name."""
    found = BlendRecipe.objects.filter(cooperative=cooperative, active=True)
    return found.select_related("item").order_by("name")


def recipe_by_number(cooperative: Cooperative, number: int) -> BlendRecipe | None:
    """One recipe by its own number, or nothing."""
    return recipes(cooperative).filter(pk=number).first()


def recipe_parts(recipe: BlendRecipe) -> QuerySet[BlendRecipeLine]:
    """The parts of a recipe in the order they go into the pan."""
    return recipe.lines.select_related("item").order_by("id")


def paper_numbers(*, cooperative: Cooperative, series: str) -> list[str]:
    """Every number of a series of the stock that stands on a paper."""
    tables = {"PT": Transfer, "HS": StockCount, "RM": Blend, "TN": WriteDown}
    found = tables[series]._default_manager.filter(cooperative=cooperative)
    return list(found.values_list("number", flat=True))


@dataclass(frozen=True, slots=True)
class LastAct:
    """One paper that moved stock lately, and whether it was put right since."""

    source: str
    paper: str
    on: date
    actor: str
    item: str
    lines: int
    place: str
    is_undone: bool


def last_acts(cooperative: Cooperative, *, most: int = 10) -> list[LastAct]:
    """The papers that moved stock last, the latest first, each with its first material."""
    latest = StockMove.objects.filter(cooperative=cooperative).order_by("-id")[: most * 20]
    moves = list(
        latest.values_list(
            "source", "paper", "on", "actor__full_name", "lot__item__name", "lot__code",
            "place__kind", "place__name", "place__party__name", "undoes_id", "undone_by__id",
        )
    )  # fmt: skip
    found: dict[str, LastAct] = {}
    for source, paper, on, actor, item, code, kind, name, party, undoes, undone in moves:
        if undoes or not paper:
            continue
        before = found.get(source)
        if before is None and len(found) == most:
            break
        found[source] = LastAct(
            source=source,
            paper=paper,
            on=on,
            actor=actor,
            item=f"{item} {code}".strip(),
            lines=(before.lines if before else 0) + 1,
            place=party or name or ("" if kind == PlaceKind.STORE else kind),
            is_undone=undone is not None,
        )
    return list(found.values())
