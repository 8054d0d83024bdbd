"""`canting import members`: JSON, exit status, nothing kept on a dry run."""

import json

import pytest
from django.core.management import CommandError, call_command

from canting.cooperatives.models import PastedSheet
from canting.members.models import Member
from tests.members.sheets import LAYOUTS


def run(capsys, cooperative, file, *options):
    code = 0
    try:
        call_command(
            "import", "members", str(LAYOUTS / file), "--cooperative", cooperative.slug, "--json",
            *options,
        )  # fmt: skip
    except CommandError as ended:
        code = ended.returncode
    return code, json.loads(capsys.readouterr().out or "null")


@pytest.mark.parametrize(
    ("file", "accepted", "refused", "code"),
    [
        ("A1_anggota_nip_divisi.xlsx", [1, 2, 3, 4], [], 0),
        ("A2_template_lengkap.csv", [1], [2, 3, 3], 1),
        ("A3_nip_nama_divisi_hp.csv", [1, 3], [2, 2], 1),
        ("A4_kop_no_nama_tgl.xlsx", [1, 2, 3, 4, 5], [], 0),
        ("A5_kelompok.csv", [1, 2, 3], [], 0),
    ],
)
def test_every_layout_on_a_dry_run(capsys, cooperative, file, accepted, refused, code):
    ended, report = run(capsys, cooperative, file, "--dry-run")
    assert ended == code
    assert [fact["row"] for fact in report["accepted"]] == accepted
    assert [fact["row"] for fact in report["refused"]] == refused
    assert not Member.objects.exists()
    assert not PastedSheet.objects.exists()


def test_values_are_masked_and_columns_named_as_in_the_file(capsys, cooperative):
    _code, report = run(capsys, cooperative, "A2_template_lengkap.csv", "--dry-run")
    first = report["refused"][0]
    assert (first["column"], first["value"]) == ("Nomor Identitas (KTP)", "3,•••••••••")
    assert first["reason"]


def test_a_clean_file_goes_in_and_a_wrong_one_leaves_no_trace(capsys, cooperative):
    code, report = run(capsys, cooperative, "A4_kop_no_nama_tgl.xlsx")
    assert code == 0
    assert [fact["number"] for fact in report["accepted"]][:2] == ["KOP-001", "KOP-002"]
    assert Member.objects.count() == 5
    code, _report = run(capsys, cooperative, "A2_template_lengkap.csv")
    assert code == 1
    assert (Member.objects.count(), PastedSheet.objects.count()) == (5, 1)


def test_a_missing_file_and_an_unknown_cooperative_end_with_2(capsys, cooperative):
    assert run(capsys, cooperative, "no-such.xlsx")[0] == 2
    cooperative.slug = "no-such"
    assert run(capsys, cooperative, "A5_kelompok.csv")[0] == 2
