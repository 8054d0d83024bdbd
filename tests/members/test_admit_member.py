"""Admission: what it does, what it refuses, what happens the second time."""

import pytest
from django.db import transaction

from canting.cooperatives.errors import PartyTaken
from canting.cooperatives.selectors import audit_trail
from canting.members import selectors
from canting.members.errors import NameNeeded, NikTaken, NotApplicant
from canting.members.models import Member
from canting.members.rules import MemberState
from canting.members.services import admit_applicant, admit_member, register_applicant
from tests.builders import cooperative as another_cooperative

NIK = "3513145708900001"


def admitted(cooperative, actor, today, name="Siti Aminah", **facts):
    return admit_member(cooperative=cooperative, full_name=name, on=today, actor=actor, **facts)


def test_a_member_gets_a_number_a_party_and_her_village_with_postal_code(cooperative, actor, today):
    siti = admitted(
        cooperative, actor, today, called_name="Bu Siti", dusun="Krajan",
        village_code="35.13.15.2017", phone="+6281234567801",
    )  # fmt: skip
    assert (siti.number, siti.status, siti.joined_on) == ("A-0001", MemberState.MEMBER, today)
    assert (siti.village, siti.district, siti.postal_code) == ("Soka'an", "Krejengan", "67284")
    assert (siti.party.number, siti.party.name) == ("A-0001", "Siti Aminah")
    for words in ("siti", "bu siti", "KRAJAN", "a-0001", "567801", "sit amin"):
        assert list(selectors.members(cooperative=cooperative, words=words)) == [siti]
    assert not selectors.members(cooperative=cooperative, words="siti paiton")


def test_an_applicant_is_admitted_once(cooperative, actor, today):
    tutik = register_applicant(cooperative=cooperative, full_name="Tutik", on=today, actor=actor)
    assert tutik.status == MemberState.APPLICANT
    admit_applicant(member=tutik, on=today, actor=actor)
    admit_applicant(member=tutik, on=today, actor=actor)
    acts = [r.action for r in audit_trail(cooperative=cooperative, subject=tutik.number)]
    assert acts == ["members.admitted", "members.registered"]


def test_someone_who_left_is_not_admitted_by_the_same_record(cooperative, actor, today):
    left = admitted(cooperative, actor, today)
    Member.objects.filter(pk=left.pk).update(status=MemberState.LEFT)
    with pytest.raises(NotApplicant, match="Siti Aminah"), transaction.atomic():
        admit_applicant(member=left, on=today, actor=actor)


def test_a_nik_belongs_to_one_member_of_a_cooperative_and_is_never_stored_in_clear(
    cooperative, actor, today
):
    siti = admitted(cooperative, actor, today, nik=NIK)
    with pytest.raises(NikTaken, match=r"Siti Aminah.*A-0001"), transaction.atomic():
        admitted(cooperative, actor, today, name="Orang Lain", nik=NIK)
    assert Member.objects.filter(cooperative=cooperative).count() == 1
    elsewhere = another_cooperative(actor=actor)
    twin = admitted(elsewhere, actor, today, name="Siti Aminah", nik=NIK)
    assert twin.nik_fingerprint != siti.nik_fingerprint
    assert NIK.encode() not in bytes(siti.nik_sealed)
    assert selectors.masked_nik(siti) == "3513••••••••0001"


def test_five_without_a_nik_are_five_members(cooperative, actor, today):
    made = [admitted(cooperative, actor, today, name=f"Nenek {i}", nik=None) for i in range(5)]
    assert len({m.number for m in made}) == 5
    assert selectors.members(cooperative=cooperative).count() == 5


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "'"])
def test_a_name_is_needed(cooperative, actor, today, name):
    with pytest.raises(NameNeeded), transaction.atomic():
        admitted(cooperative, actor, today, name=name)
    assert not Member.objects.exists()


def test_an_old_number_is_kept_and_given_once(cooperative, actor, today):
    old = admitted(cooperative, actor, today, number="KOP-003")
    assert old.number == old.party.number == "KOP-003"
    with pytest.raises(PartyTaken, match="KOP-003"), transaction.atomic():
        admitted(cooperative, actor, today, number="KOP-003")
