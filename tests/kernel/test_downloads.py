"""Files that are sent: shown or saved under a name that fits a disk, kept nowhere on the way."""

from io import BytesIO

import pytest

from canting.kernel import downloads


@pytest.mark.parametrize(("form", "media"), [("pdf", "application/pdf"), ("png", "image/png")])
def test_a_paper_is_shown_under_its_number(form, media):
    answer = downloads.paper(b"content", "KW/2026/11/0042", form)
    assert answer.content == b"content"
    assert answer["Content-Type"] == media
    assert answer["Content-Disposition"] == f'inline; filename="KW-2026-11-0042.{form}"'
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("name", "media"), [("a.xlsx", "openxmlformats"), ("a.csv", "text/csv")])
def test_a_sheet_is_saved_as_what_its_ending_says(name, media):
    answer = downloads.sheet(BytesIO(b"rows"), name)
    assert answer.content == b"rows"
    assert media in answer["Content-Type"]
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
