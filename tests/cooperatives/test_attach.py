"""Photos and PDFs beside a paper: what is taken, what is left out, what is refused."""

import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from canting.cooperatives import selectors
from canting.cooperatives.errors import BadUpload
from canting.cooperatives.services import attach
from canting.kernel.uploads import media_type, without_whereabouts

PAPER = "KW/2026/11/0001"
PLACE = b"GPSLatitude -7.75"


def exif(turn: int = 6) -> bytes:
    """EXIF of a phone: how to turn the picture, and where it was taken."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, turn, 0)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + PLACE


def jpeg(turn: int = 6) -> bytes:
    body = exif(turn)
    return (
        b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body
        + b"\xff\xdb\x00\x04\x01\x02\xff\xda\x00\x02picture\xff\xd9"
    )  # fmt: skip


def png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"eXIf", PLACE) + pixels + chunk(b"IEND", b"")


def webp() -> bytes:
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x08" + b"\0" * 9
    body += b"VP8 " + struct.pack("<I", 4) + b"pict" + b"EXIF" + struct.pack("<I", len(PLACE) + 1)
    body += PLACE + b" "
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(content: bytes, name: str = "nota.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def kept(cooperative) -> list:
    return list(selectors.attachments(cooperative=cooperative, subjects=[PAPER]))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (jpeg(), "image/jpeg"),
        (png(), "image/png"),
        (webp(), "image/webp"),
        (b"%PDF-1.7\n", "application/pdf"),
    ],
)
def test_a_photo_or_pdf_is_kept_by_its_content(cooperative, actor, files, content, kind):
    made = attach(
        cooperative=cooperative, subject=PAPER, upload=upload(content, "x.exe"), actor=actor
    )
    stored = (files / str(cooperative.pk) / made.digest).read_bytes()
    assert made.media_type == media_type(stored) == kind
    assert made.size_bytes == len(stored)
    assert PLACE not in stored
    assert kept(cooperative) == [made]


def test_the_same_file_again_is_the_first_one(cooperative, actor):
    first = attach(cooperative=cooperative, subject=PAPER, upload=upload(jpeg()), actor=actor)
    again = attach(cooperative=cooperative, subject=PAPER, upload=upload(jpeg()), actor=actor)
    assert again == first
    assert kept(cooperative) == [first]


def test_two_cooperatives_with_one_file_keep_it_apart(cooperative, actor, files):
    from tests.builders import cooperative as another

    other = another()
    for one in (cooperative, other):
        attach(cooperative=one, subject=PAPER, upload=upload(jpeg()), actor=actor)
    assert {path.name for path in files.iterdir()} == {str(cooperative.pk), str(other.pk)}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "kosong|empty"),
        (b"<svg onload='x'/>", "foto|photo"),
        (b"MZ program", "foto|photo"),
        (jpeg()[:12], "rusak|damaged"),
        (b"%PDF-" + b"0" * (8 * 1024 * 1024), "8 MB"),
    ],
)
def test_what_is_no_photo_is_refused_and_leaves_no_trace(cooperative, actor, files, content, why):
    with pytest.raises(BadUpload, match=why):
        attach(cooperative=cooperative, subject=PAPER, upload=upload(content), actor=actor)
    assert kept(cooperative) == []
    assert list(files.iterdir()) == []


def test_a_name_with_a_path_is_only_a_name(cooperative, actor):
    sent = upload(jpeg())
    vars(sent)["_name"] = "../../etc/passwd"
    made = attach(cooperative=cooperative, subject=PAPER, upload=sent, actor=actor)
    assert made.original_name == "passwd"


def test_how_a_photo_must_be_turned_is_kept():
    stored = without_whereabouts(jpeg(turn=6))
    assert b"Exif\0\0MM" in stored
    assert without_whereabouts(stored) == stored
    assert b"Exif" not in without_whereabouts(jpeg(turn=1))


@pytest.mark.parametrize("cut", range(4, len(png()) - 1, 7))
def test_a_picture_cut_short_is_told_as_broken_or_stays_small(cut):
    try:
        assert PLACE not in without_whereabouts(png()[:cut])
    except ValueError as broken:
        assert "picture" in str(broken)
