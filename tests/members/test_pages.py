"""The pages of members: who gets in, what they do, what they never show."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from canting.cooperatives.models import ImportMapping, PastedSheet, RequestKey
from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import audit_trail
from canting.kernel.tables_in import read_table
from canting.members.models import Member
from canting.members.services import admit_member, register_applicant
from tests.builders import cooperative as another_cooperative
from tests.builders import person_with_role
from tests.members.sheets import csv

NIK = "3513145708900001"


def address(cooperative, view, *parts):
    return reverse(f"members:{view}", args=[cooperative.slug, *parts])


def send(client, url, key="kunci-0001", **values):
    return client.post(url, {"request_key": key, **values})


@pytest.fixture
def siti(cooperative, actor, today):
    return admit_member(
        cooperative=cooperative, full_name="Siti Aminah", on=today, actor=actor, nik=NIK,
        called_name="Bu Siti", dusun="Krajan", phone="+6281234567801",
    )  # fmt: skip


@pytest.fixture
def manager(client_as):
    return client_as(Role.MANAGER)


def test_the_list_shows_one_row_a_member_and_no_nik(cooperative, manager, siti):
    page = manager.get(address(cooperative, "member_list"), {"q": "567801"}).content.decode()
    assert page.count("Siti Aminah") == 1
    assert NIK not in page
    none = manager.get(address(cooperative, "member_list"), {"q": "paiton"}).content.decode()
    assert "paiton" in none
    assert "Siti Aminah" not in none


def test_a_search_by_htmx_answers_with_the_rows_alone(cooperative, manager, siti):
    part = manager.get(
        address(cooperative, "member_list"), {"q": "siti"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Siti Aminah" in part
    assert "<html" not in part
    hints = manager.get(address(cooperative, "member_hints"), {"member": "siti"})
    assert "Siti Aminah · A-0001 · Krajan" in hints.content.decode()


def test_an_empty_list_says_how_to_begin(cooperative, manager):
    page = manager.get(address(cooperative, "member_list")).content.decode()
    assert address(cooperative, "member_new") in page
    assert address(cooperative, "import_start") in page


def test_a_member_is_written_down_with_every_fact(cooperative, manager):
    answer = send(
        manager, address(cooperative, "member_new"), full_name="Tutik Handayani", kind="ordinary",
        phone="0838 9900 1104", nik="3513 1457 0890 0002", village_code="35.13.15.2017",
        rt="2", rw="1", birth_date="17/08/1990",
    )  # fmt: skip
    assert answer.status_code == 302
    made = Member.objects.get()
    assert (made.full_name, made.status, made.phone) == (
        "Tutik Handayani", "member", "+6283899001104",
    )  # fmt: skip
    assert (made.village, made.rt, made.postal_code) == ("Soka'an", "02", "67284")
    detail = manager.get(answer["Location"]).content.decode()
    assert "3513••••••••0002" in detail
    assert "3513145708900002" not in detail


def test_a_wrong_form_says_what_where_and_keeps_what_was_typed(cooperative, manager, siti):
    page = send(
        manager, address(cooperative, "member_new"), full_name="Orang Lain", kind="ordinary",
        phone="0812-3456", nik=NIK,
    )  # fmt: skip
    assert page.status_code == 422
    text = page.content.decode()
    assert "0812-3456" in text
    assert "Orang Lain" in text
    again = send(
        manager, address(cooperative, "member_new"), full_name="Orang Lain", kind="ordinary",
        nik=NIK,
    )  # fmt: skip
    assert again.status_code == 422
    assert "Siti Aminah" in again.content.decode()
    assert Member.objects.count() == 1


def test_an_applicant_is_admitted_on_her_page(cooperative, manager, actor, today):
    send(manager, address(cooperative, "member_new"), full_name="Wulan", kind="ordinary",
         **{"as": "applicant"})  # fmt: skip
    wulan = Member.objects.get()
    assert wulan.status == "applicant"
    send(manager, address(cooperative, "member_admit", wulan.number), key="kunci-0002",
         on="hari ini", decision="Berita acara 4")  # fmt: skip
    wulan.refresh_from_db()
    assert wulan.status == "member"


def test_a_change_keeps_what_was(cooperative, manager, siti):
    send(
        manager, address(cooperative, "member_edit", siti.number), full_name="Siti Aminah",
        kind="ordinary", dusun="Gempol", called_name="Bu Siti",
    )  # fmt: skip
    siti.refresh_from_db()
    assert siti.dusun == "Gempol"
    assert siti.nik_fingerprint
    page = manager.get(address(cooperative, "member_detail", siti.number)).content.decode()
    assert "Krajan → Gempol" in page
    kept = audit_trail(cooperative=cooperative, subject=siti.number)[0]
    assert kept.facts["changes"]["dusun"] == ["Krajan", "Gempol"]


def test_the_full_nik_is_shown_once_for_a_reason_that_is_kept(cooperative, manager, siti):
    url = address(cooperative, "member_nik", siti.number)
    assert send(manager, url).status_code == 422
    answer = send(manager, url, key="kunci-0002", **{"nik-reason": "daftar BPJS"})
    assert NIK in manager.get(answer["Location"]).content.decode()
    assert NIK not in manager.get(answer["Location"]).content.decode()
    kept = audit_trail(cooperative=cooperative, subject=siti.number)[0]
    assert (kept.action, kept.facts["reason"]) == ("members.nik_shown", "daftar BPJS")
    assert NIK not in str(list(RequestKey.objects.values()))


def test_a_wrong_record_is_deleted_and_one_with_papers_is_not(cooperative, manager, siti, actor):
    send(manager, address(cooperative, "member_delete", siti.number))
    assert not Member.objects.exists()
    assert manager.get(address(cooperative, "member_detail", siti.number)).status_code == 404


def test_the_file_has_no_nik_and_keeps_digits(cooperative, manager, siti):
    for form in ("xlsx", "csv"):
        answer = manager.get(address(cooperative, "member_export", form))
        content = b"".join(answer.streaming_content)
        table = read_table(content, filename=f"x.{form}")
        assert NIK.encode() not in content
        row = [str(cell) for cell in table.rows[0].cells]
        assert {"A-0001", "Siti Aminah", "0812-3456-7801"} <= set(row)
    assert manager.get(address(cooperative, "member_export", "pdf")).status_code == 404


def test_a_name_that_looks_like_a_formula_stays_text(cooperative, manager, actor, today):
    name = '=HYPERLINK("http://x","y")'
    admit_member(cooperative=cooperative, full_name=name, on=today, actor=actor)
    answer = manager.get(address(cooperative, "member_export", "csv"))
    assert b"'=HYPERLINK" in b"".join(answer.streaming_content)
    page = manager.get(address(cooperative, "member_list")).content.decode()
    assert "=HYPERLINK(&#34;http://x&#34;" in page


@pytest.mark.parametrize(
    ("view", "parts"),
    [("member_list", ()), ("member_new", ()), ("member_detail", ("A-0001",)),
     ("member_edit", ("A-0001",)), ("member_export", ("xlsx",)), ("import_start", ())],
)  # fmt: skip
def test_a_stranger_finds_nothing_and_a_member_may_not(cooperative, client_as, siti, view, parts):
    elsewhere = another_cooperative()
    stranger = client_as(Role.MANAGER, in_cooperative=elsewhere)
    assert stranger.get(address(cooperative, view, *parts)).status_code == 404
    member = client_as(Role.MEMBER, party=siti.party)
    assert member.get(address(cooperative, view, *parts)).status_code == 403


@pytest.mark.parametrize(
    ("role", "view", "status"),
    [(Role.CASHIER, "member_list", 200), (Role.CASHIER, "member_new", 403),
     (Role.CASHIER, "import_start", 403), (Role.SUPERVISOR, "member_list", 200),
     (Role.SUPERVISOR, "import_start", 403), (Role.MENTOR, "member_list", 200),
     (Role.BOARD, "import_start", 200)],
)  # fmt: skip
def test_who_may_what(cooperative, client_as, role, view, status):
    assert client_as(role).get(address(cooperative, view)).status_code == status


def test_a_member_of_another_cooperative_is_not_found_under_ours(
    cooperative, manager, actor, today
):
    theirs = admit_member(
        cooperative=another_cooperative(actor=actor), full_name="Tono", on=today, actor=actor
    )
    assert manager.get(address(cooperative, "member_detail", theirs.number)).status_code == 404


def test_saya_shows_her_own_record_only(cooperative, client_as, siti, actor, today):
    tono = admit_member(cooperative=cooperative, full_name="Tono", on=today, actor=actor)
    client = client_as(Role.MEMBER, party=siti.party)
    page = client.get(
        address(cooperative, "me"), {"member": tono.number, "user": tono.pk}
    ).content.decode()
    assert "Siti Aminah" in page
    assert "Tono" not in page
    assert NIK not in page


def test_signing_out_elsewhere_ends_other_sessions(cooperative, client_as, siti):
    person = person_with_role(cooperative, Role.MEMBER, party=siti.party)
    first, second = client_as(Role.MANAGER), client_as(Role.MANAGER)
    first.force_login(person)
    second.force_login(person)
    send(first, address(cooperative, "me_sign_out"))
    assert second.get(address(cooperative, "me")).status_code == 302
    assert first.get(address(cooperative, "me")).status_code == 200


def bring(manager, cooperative, content, key="kunci-0001"):
    upload = SimpleUploadedFile("anggota.csv", content)
    return send(manager, address(cooperative, "import_start"), key=key, file=upload)


def test_a_list_comes_in_through_the_pages(cooperative, manager):
    answer = bring(manager, cooperative, csv("Nm anggota;HP;Kode rahasia", "Siti;8.12E+11;x"))
    kept = PastedSheet.objects.get()
    assert answer["Location"] == address(cooperative, "import_columns", kept.reference)
    assert "Nm anggota" in manager.get(answer["Location"]).content.decode()
    answer = send(manager, answer["Location"], key="kunci-0002", c0="full_name", c1="phone", c2="")
    review = address(cooperative, "import_review", kept.reference)
    assert answer["Location"] == review
    page = manager.get(review).content.decode()
    assert "c-2-phone" in page
    assert address(cooperative, "import_take", kept.reference) not in page
    send(manager, address(cooperative, "import_take", kept.reference), key="kunci-0003")
    assert not Member.objects.exists()
    send(manager, review, key="kunci-0004", row="2", **{"c-2-phone": "0812-3456-7801"})
    assert (
        address(cooperative, "import_take", kept.reference) in manager.get(review).content.decode()
    )
    send(manager, address(cooperative, "import_take", kept.reference), key="kunci-0005")
    assert Member.objects.get().phone == "+6281234567801"
    again = bring(manager, cooperative, csv("Nm anggota;HP;Kode rahasia", "Tutik;;"), "kunci-0006")
    assert "kolom" not in again["Location"]
    send(manager, address(cooperative, "import_undo", kept.reference), key="kunci-0007")
    assert not Member.objects.exists()
    mapping = ImportMapping.objects.get()
    send(manager, address(cooperative, "import_forget", mapping.pk), key="kunci-0008")
    assert not ImportMapping.objects.exists()
    send(manager, address(cooperative, "import_drop", kept.reference), key="kunci-0009")
    assert PastedSheet.objects.count() == 1


def test_what_is_no_table_is_refused_with_the_reason(cooperative, manager):
    page = bring(manager, cooperative, b"%PDF-1.7 ...")
    assert page.status_code == 422
    assert "PDF" in page.content.decode()
    assert send(manager, address(cooperative, "import_start")).status_code == 422
    pasted = "Nama\tHP\nSiti\t0812-3456-7801"
    answer = send(manager, address(cooperative, "import_start"), key="kunci-0003", pasted=pasted)
    assert answer.status_code == 302


def test_a_sheet_of_another_cooperative_is_not_found(cooperative, manager, client_as):
    elsewhere = another_cooperative()
    theirs = client_as(Role.MANAGER, in_cooperative=elsewhere)
    bring(theirs, elsewhere, csv("Nama", "Tono"))
    reference = PastedSheet.objects.get().reference
    for view in ("import_review", "import_columns", "import_errors"):
        assert manager.get(address(cooperative, view, reference)).status_code == 404
    assert send(manager, address(cooperative, "import_take", reference)).status_code == 404


def test_the_nik_in_a_grid_is_masked(cooperative, manager):
    bring(manager, cooperative, csv("Nama;NIK", f"Ani;{NIK}", f"Budi;{NIK}", "Cici;351314570890"))
    reference = PastedSheet.objects.get().reference
    send(
        manager, address(cooperative, "import_columns", reference), key="kunci-0002",
        c0="full_name", c1="nik",
    )  # fmt: skip
    page = manager.get(address(cooperative, "import_review", reference)).content.decode()
    columns = manager.get(address(cooperative, "import_columns", reference)).content.decode()
    assert NIK not in page + columns
    assert "Budi" in page
    assert "351314570890" not in page
    errors = manager.get(address(cooperative, "import_errors", reference))
    assert errors.status_code == 200
    assert errors["Content-Disposition"].endswith('anggota-kesalahan.xlsx"')
    registered = audit_trail(cooperative=cooperative).filter(action="members.sheet_downloaded")
    assert registered.count() == 1


def test_an_applicant_form_does_not_take_a_day_of_joining(cooperative, actor, today):
    asks = register_applicant(cooperative=cooperative, full_name="Wulan", on=today, actor=actor)
    assert asks.joined_on is None
