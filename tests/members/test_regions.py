"""Village and district names as people write them."""

import json
from pathlib import Path

import pytest

from canting.members.rules import find_district, find_regency, find_village, region_names
from canting.members.rules.people import (
    address_parts,
    holds_nik,
    initials,
    paper_name,
    search_text,
    spoken_name,
)

CASES = json.loads(
    (Path(__file__).resolve().parent.parent / "data/vectors/nama_wilayah.json").read_text()
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["input"])
def test_every_way_of_writing_means_what_it_should(case):
    if case.get("tingkat") == 3:
        match = find_district(case["input"], within="35.13")
    else:
        match = find_village(case["input"], within="35.13", district=case.get("kecamatan") or "")
    assert (match.found.code if match.found else None) == case["kode"]
    assert [region.code for region in match.ambiguous] == case.get("ambiguous", [])
    suggested = match.suggested.code if match.suggested else None
    assert suggested == case.get("suggest")


@pytest.mark.parametrize(
    ("written", "code"),
    [("", "35.13"), ("Probolinggo", "35.13"), ("Kab. Probolinggo", "35.13"),
     ("Kota Probolinggo", "35.74"), ("KOTA  Surabaya", "35.78"), ("Tidakada", "")],
)  # fmt: skip
def test_a_regency_is_the_cooperatives_own_unless_another_is_meant(written, code):
    assert find_regency(written, near="35.13") == code


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dsn. Krajan RT 003/RW 002", {"dusun": "Krajan", "rt": "03", "rw": "02"}),
        ("Dusun Gempol, RT.1 RW.12, timur musala",
         {"dusun": "Gempol", "rt": "01", "rw": "12", "landmark": "timur musala"}),
        ("Jl. Raya Panglima Sudirman 12", {"landmark": "Jl. Raya Panglima Sudirman 12"}),
        ("", {}),
    ],
)  # fmt: skip
def test_an_address_falls_into_its_parts(text, parts):
    assert address_parts(text) == parts


def test_names_are_never_split_and_titles_stand_around_them():
    assert paper_name(full_name="Siti", title_before="Hj.", title_after="S.Pd") == "Hj. Siti, S.Pd"
    assert spoken_name(full_name="Siti Aminah", called_name="Bu Siti") == "Bu Siti"
    assert (spoken_name(full_name="Siti"), initials("Bu Siti Aminah"), initials("-")) == (
        "Siti", "SA", "?",
    )  # fmt: skip


def test_what_is_searched_has_no_accents_and_local_phones():
    found = search_text(words=["Soka'an", "Zoë"], phones=["+6281234567801", ""])
    assert found == "sokaan zoe 081234567801"


@pytest.mark.parametrize(
    ("text", "found"),
    [("3513145708900001", True), ("NIK: 3513145708900001.", True), ("198001012010011001", False),
     ("0812345678901234", False), ("6281234567801", False), ("3513149908900001", False)],
)  # fmt: skip
def test_a_nik_in_a_text_is_seen(text, found):
    assert holds_nik(text) is found


def test_a_region_is_named_with_those_above_it():
    assert region_names("35.13").startswith("Kabupaten Probolinggo")
    assert region_names("") == region_names("99.99") == ""
