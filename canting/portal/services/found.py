"""A new cooperative: its name and book, and the first manager who can sign in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.rules import Role
from canting.cooperatives.services import grant_access, open_cooperative
from canting.ledger.services import open_book
from canting.portal.errors import NameMissing
from canting.portal.services.people import person

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

# What every cooperative has in its name says nothing in its address.
_COMMON = frozenset(
    {"koperasi", "produsen", "konsumen", "jasa", "pemasaran", "primer", "kud", "ksu", "batik"}
)
LONGEST_SLUG = 40


def proposed_slug(*, name: str, reserved: frozenset[str]) -> str:
    """A short name made from a full one that is free and not reserved: small letters and dashes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    own = [word for word in words if word not in _COMMON]
    if len("-".join(own)) < 3:
        own = words
    base = "-".join(own)[: LONGEST_SLUG - 3].strip("-") or "koperasi"
    found, count = base, 1
    while len(found) < 2 or found in reserved or cooperatives.cooperative_by_slug(found):
        count += 1
        found = f"{base}-{count}"
    return found


@transaction.atomic
def found_cooperative(
    *,
    name: str,
    kind: str,
    slug: str,
    cutover_date: date,
    full_name: str,
    username: str,
    password: str,
    reserved: frozenset[str],
    actor: User,
    **facts: Any,
) -> Cooperative:
    """Make a cooperative with its book and its first manager; all of it or nothing.

    A manager who signs in here already is taken when the password is hers. Raises BadSlug,
    SlugTaken, NameMissing, UsernameTaken and PasswordWeak.
    """
    if not name.strip() or not full_name.strip() or not username.strip():
        raise NameMissing()
    made = open_cooperative(
        slug=slug,
        name=name.strip(),
        kind=kind,
        cutover_date=cutover_date,
        actor=actor,
        reserved=reserved,
        **facts,
    )
    open_book(cooperative=made, actor=actor)
    manager = person(username=username, full_name=full_name, password=password)
    grant_access(cooperative=made, user=manager, role=Role.MANAGER, actor=actor)
    return made
