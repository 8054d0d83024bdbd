"""What an uploaded file really is, by its first bytes, and the same without where it was taken.

A phone writes place and owner into a photo. Nothing is drawn again: only the parts of the file
that carry such facts are left out; how the picture must be turned is kept.
"""

import struct
from collections.abc import Iterator

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
EXTENSIONS = {JPEG: "jpg", PNG: "png", WEBP: "webp", PDF: "pdf"}

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_TOLD = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
WEBP_TOLD = {b"EXIF", b"XMP "}
WEBP_TOLD_FLAGS = 0x0C
JPEG_TOLD = {0xE1, 0xED, 0xFE}  # EXIF and XMP, IPTC, comment
JPEG_SCAN = 0xDA
ORIENTATION = 0x0112
TURNS = range(2, 9)


def media_type(content: bytes) -> str:
    """The kind of a file by its first bytes: JPEG, PNG, WebP or PDF; "" for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(PNG_START):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return PDF if content.startswith(b"%PDF-") else ""


def without_whereabouts(content: bytes) -> bytes:
    """The same file without the facts a camera adds (place, time, owner); a PDF stays as it is.

    A file whose parts cannot be told apart is returned unchanged only when it holds none of them;
    ValueError says that it is broken.
    """
    kind = media_type(content)
    try:
        if kind == JPEG:
            return _jpeg(content)
        if kind == PNG:
            return _png(content)
        return _webp(content) if kind == WEBP else content
    except (struct.error, IndexError) as broken:
        raise ValueError("The picture ends too early.") from broken


def _jpeg_parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment; the picture itself comes last, as one part."""
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            raise ValueError("The picture has no segment where one must begin.")
        marker = content[at + 1]
        if marker == JPEG_SCAN:
            yield marker, content[at:]
            return
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("A segment of the picture is longer than the file.")
        yield marker, content[at:end]
        at = end


def _jpeg(content: bytes) -> bytes:
    kept, turn = [content[:2]], 1
    for marker, part in _jpeg_parts(content):
        if marker not in JPEG_TOLD:
            kept.append(part)
        elif part[4:10] == b"Exif\0\0":
            turn = _orientation(part[10:])
    if turn in TURNS:
        # The smallest EXIF there is: one entry, how to turn the picture.
        tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, ORIENTATION, 3, 1, turn, 0, 0)
        body = b"Exif\0\0" + tiff
        kept.insert(1, b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body)
    return b"".join(kept)


def _orientation(tiff: bytes) -> int:
    """How the picture must be turned, 1 to 8; 1 when the facts cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack(f"{order}I", tiff[4:8])
        (count,) = struct.unpack(f"{order}H", tiff[first : first + 2])
        for number in range(count):
            at = first + 2 + 12 * number
            tag, _kind, _count, value = struct.unpack(f"{order}HHIH", tiff[at : at + 10])
            if tag == ORIENTATION:
                return int(value)
    except struct.error:
        return 1
    return 1


def _png(content: bytes) -> bytes:
    kept, at = [PNG_START], len(PNG_START)
    while at < len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if end > len(content):
            raise ValueError("A part of the picture is longer than the file.")
        if name not in PNG_TOLD:
            kept.append(content[at:end])
        at = end
        if name == b"IEND":
            break
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    kept, at = [], 12
    while at + 8 <= len(content):
        name, length = struct.unpack("<4sI", content[at : at + 8])
        end = at + 8 + length + length % 2
        if end > len(content) + 1:
            raise ValueError("A part of the picture is longer than the file.")
        if name == b"VP8X":
            flags = content[at + 8] & ~WEBP_TOLD_FLAGS
            kept.append(content[at : at + 8] + bytes([flags]) + content[at + 9 : end])
        elif name not in WEBP_TOLD:
            kept.append(content[at:end])
        at = end
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
