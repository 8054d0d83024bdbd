"""The worked year's lines as drafts: the raw journal, posted as it stands."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from canting.cooperatives.models import Cooperative, Party, User
from canting.cooperatives.rules import PartyKind
from canting.ledger.rules import BusinessClass, Draft, Line, Side
from canting.ledger.services import post_entries
from tests import builders

FOLDER = Path(__file__).parents[1] / "data" / "worked_year"
YEAR = 2027
LAST_DAY = date(YEAR, 12, 31)


@cache
def read(name: str) -> Any:
    """One of the files of the worked year."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def parties_of(cooperative: Cooperative) -> dict[str, Party]:
    """Its members, suppliers, buyers, financier and staff, by the name the events use."""
    return {
        name: builders.party(cooperative, PartyKind(facts["kind"]), facts["name"], number=name)
        for name, facts in read("events")["parties"].items()
    }


def drafts(parties: dict[str, Party]) -> list[Draft]:
    """Every event that has lines, in date order."""
    return [
        Draft(
            source=f"worked:{event['id']}",
            entry_date=date.fromisoformat(event["date"]),
            kind=event["kind"],
            memo=event["text"],
            lines=[
                Line(
                    line["role"],
                    Side(line["side"]),
                    line["amount"],
                    parties.get(line.get("party", "")),
                    BusinessClass(line.get("tag") or ""),
                )
                for line in event["lines"]
            ],
        )
        for event in read("events")["events"]
        if event["lines"]
    ]


def posted(actor: User) -> Cooperative:
    """A cooperative with the whole year in its books."""
    made = builders.cooperative(actor=actor, cutover=date(YEAR, 1, 1))
    post_entries(cooperative=made, drafts=drafts(parties_of(made)), actor=actor)
    return made
